package dev.slate.recommend.model;

import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Features;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import java.util.Arrays;

/**
 * Items like those that a user has, by their features alone: needs no other users, and knows new
 * items. Columns are centred and scaled to variance 1, rows to length 1; a user is the weighted sum
 * of the rows of the history.
 */
public final class Content implements ModelKind {
  @Override
  public String name() {
    return "content";
  }

  @Override
  public String description() {
    return "items with the features of those that the user has";
  }

  @Override
  public Retriever train(Training training) {
    return of("content", training);
  }

  static Embeddings of(String name, Training training) {
    Features features = training.itemFeatures();
    if (features == null) {
      throw new TrainingException(
          TrainingException.Data.ITEM_FEATURES, name + " needs features of the items");
    }
    int d = features.width();
    float[] items = vectors(features);
    Interactions history = training.interactions();
    float[] users = new float[history.rows() * d];
    for (int user = 0; user < history.rows(); user++) {
      for (int at = history.start(user); at < history.start(user + 1); at++) {
        addTo(users, user * d, items, history.column(at) * d, history.weight(at), d);
      }
    }
    return new Embeddings(
        name,
        history,
        new Factors(d, users, items, null),
        (request, vector) -> vector(history, items, d, request, vector),
        training.workers());
  }

  private static boolean vector(
      Interactions history, float[] items, int d, Request request, float[] vector) {
    int known = request.user() < 0 ? 0 : history.count(request.user());
    for (int seed : request.seeds()) {
      addTo(vector, 0, items, seed * d, 1, d);
    }
    return known + request.seeds().length > 0;
  }

  private static void addTo(float[] sums, int at, float[] items, int item, float weight, int d) {
    for (int j = 0; j < d; j++) {
      sums[at + j] += weight * items[item + j];
    }
  }

  /** Standardised columns, then rows of length 1; unknown rows stay 0. */
  static float[] vectors(Features features) {
    int d = features.width();
    int rows = features.rows();
    double[] mean = new double[d];
    double[] scale = new double[d];
    int known = 0;
    for (int row = 0; row < rows; row++) {
      if (features.known()[row]) {
        known++;
        for (int j = 0; j < d; j++) {
          mean[j] += features.get(row, j);
          scale[j] += (double) features.get(row, j) * features.get(row, j);
        }
      }
    }
    for (int j = 0; j < d; j++) {
      mean[j] /= Math.max(1, known);
      double variance = scale[j] / Math.max(1, known) - mean[j] * mean[j];
      scale[j] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
    }
    float[] vectors = new float[rows * d];
    double[] x = new double[d];
    for (int row = 0; row < rows; row++) {
      if (!features.known()[row]) {
        continue;
      }
      Arrays.fill(x, 0);
      double length = 0;
      for (int j = 0; j < d; j++) {
        x[j] = (features.get(row, j) - mean[j]) * scale[j];
        length += x[j] * x[j];
      }
      for (int j = 0; j < d && length > 0; j++) {
        vectors[row * d + j] = (float) (x[j] / Math.sqrt(length));
      }
    }
    return vectors;
  }
}

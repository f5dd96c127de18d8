package dev.slate.recommend.model;

import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Matrix factorisation for implicit feedback by alternating least squares (Hu, Koren and Volinsky
 * 2008). It minimises, over all pairs of user u and item i,
 *
 * <pre>
 *   sum c(u, i) (p(u, i) - x(u) . y(i))^2 + lambda (sum |x(u)|^2 + sum |y(i)|^2),
 *   p = 1 with evidence, else 0;  c = 1 + alpha w, w the weight of the evidence.
 * </pre>
 *
 * <p>Given all y, each x(u) is the solution of d equations: (Y'Y + sum over the user's items of (c
 * - 1) y y' + lambda I) x = sum c y. Users are independent of each other, and so are items: the
 * result is the same for every number of threads. One sweep costs O(entries d^2 + (users + items)
 * d^3).
 *
 * <p>Ours, as it is two hundred lines: Spark's comes with a cluster runtime.
 */
public final class Als implements ModelKind {
  private static final int ROWS = 32;

  /** Rows of a Gram matrix of one piece of work: few, so that all threads have some. */
  private static final int GRAM_ROWS = 8;

  @Override
  public String name() {
    return "als";
  }

  @Override
  public String description() {
    return "matrix factorisation for implicit feedback by alternating least squares";
  }

  @Override
  public Retriever train(Training training) {
    Settings settings = training.settings();
    int d = settings.count("factors", 64, 1);
    int sweeps = settings.count("sweeps", 15, 1);
    Interactions users = training.interactions();
    if (users.size() == 0) {
      throw new TrainingException(TrainingException.Data.FEEDBACK, "holds no positive evidence");
    }
    Interactions items = users.transpose();
    double alpha = alpha(settings);
    double lambda = lambda(settings);
    SplittableRandom random = new SplittableRandom(training.seed());
    float[] x = new float[users.rows() * d];
    float[] y = Dense.normal(items.rows() * d, 0.1 / Math.sqrt(d), random);
    for (int sweep = 1; sweep <= sweeps; sweep++) {
      half(users, x, y, d, alpha, lambda, training.workers());
      half(items, y, x, d, alpha, lambda, training.workers());
      training.curve().accept(sweep, loss(users, x, y, d, alpha, lambda, training.workers()));
    }
    return restore(training, new Factors(d, x, y, null));
  }

  private static double alpha(Settings settings) {
    return settings.number("alpha", 5, 0, 1e6);
  }

  private static double lambda(Settings settings) {
    return settings.number("lambda", 30, 1e-9, 1e9);
  }

  @Override
  public Retriever restore(Training training, @Nullable Factors factors) {
    if (factors == null) {
      return train(training);
    }
    training.settings().count("factors", factors.d(), 1);
    training.settings().count("sweeps", 15, 1);
    FoldIn foldIn =
        new FoldIn(
            training,
            factors,
            alpha(training.settings()),
            lambda(training.settings()),
            gram(factors.items(), factors.d(), training.workers()));
    return new Embeddings(
        "als", training.interactions(), foldIn.withNewItems(), foldIn::vector, training.workers());
  }

  /** Solves for the rows of one side, given the other. */
  private static void half(
      Interactions rows,
      float[] x,
      float[] y,
      int d,
      double alpha,
      double lambda,
      Workers workers) {
    double[] gram = gram(y, d, workers);
    int pieces = (rows.rows() + ROWS - 1) / ROWS;
    workers.run(
        pieces,
        () -> {
          NormalEquations equations = new NormalEquations(d, lambda, gram);
          return piece -> {
            int end = Math.min(rows.rows(), (piece + 1) * ROWS);
            for (int row = piece * ROWS; row < end; row++) {
              if (rows.count(row) == 0) { // The right side is 0, and so is the solution.
                Arrays.fill(x, row * d, row * d + d, 0);
                continue;
              }
              equations.start();
              for (int at = rows.start(row); at < rows.start(row + 1); at++) {
                equations.add(y, rows.column(at) * d, alpha * rows.weight(at));
              }
              equations.solve(x, row * d);
            }
          };
        });
  }

  /** Y'Y, its lower triangle, some rows of it by one thread in one pass over the vectors. */
  static double[] gram(float[] y, int d, Workers workers) {
    double[] gram = new double[d * d];
    workers.run(
        (d + GRAM_ROWS - 1) / GRAM_ROWS,
        () ->
            piece -> {
              int end = Math.min(d, (piece + 1) * GRAM_ROWS);
              double[] rows = new double[GRAM_ROWS * d];
              double[] wide = new double[d];
              for (int at = 0; at < y.length; at += d) {
                for (int j = 0; j < end; j++) {
                  wide[j] = y[at + j];
                }
                for (int i = piece * GRAM_ROWS; i < end; i++) {
                  double factor = wide[i];
                  int row = i % GRAM_ROWS * d;
                  for (int j = 0; j <= i; j++) {
                    rows[row + j] += factor * wide[j];
                  }
                }
              }
              for (int i = piece * GRAM_ROWS; i < end; i++) {
                System.arraycopy(rows, i % GRAM_ROWS * d, gram, i * d, i + 1);
              }
            });
    return gram;
  }

  /** The objective divided by the number of entries; all pairs at once by the two Gram matrices. */
  private static double loss(
      Interactions users,
      float[] x,
      float[] y,
      int d,
      double alpha,
      double lambda,
      Workers workers) {
    double[] ofUsers = gram(x, d, workers);
    double[] ofItems = gram(y, d, workers);
    double loss = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        loss += 2 * ofUsers[i * d + j] * ofItems[i * d + j];
      }
      loss += ofUsers[i * d + i] * ofItems[i * d + i];
      loss += lambda * (ofUsers[i * d + i] + ofItems[i * d + i]);
    }
    double[] parts = new double[users.rows()];
    workers.run(
        users.rows(),
        () ->
            user -> {
              for (int at = users.start(user); at < users.start(user + 1); at++) {
                double score = Dense.dot(x, user * d, y, users.column(at) * d, d);
                double confidence = 1 + alpha * users.weight(at);
                parts[user] += confidence * (1 - score) * (1 - score) - score * score;
              }
            });
    for (double part : parts) {
      loss += part;
    }
    return loss / users.size();
  }
}

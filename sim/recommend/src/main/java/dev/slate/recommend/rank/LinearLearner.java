package dev.slate.recommend.rank;

import dev.slate.recommend.RankLearner;
import dev.slate.recommend.Settings;
import java.util.Arrays;

/**
 * A weighted sum of standardised features, by gradient descent with momentum: logistic loss
 * (pointwise), RankNet's (pairwise, Burges et al. 2005) or the cross entropy of the softmax over a
 * list (listwise, ListNet, Cao et al. 2007). Small enough to need no library; trees see more.
 */
public final class LinearLearner implements RankLearner {
  private static final double MOMENTUM = 0.9;

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Scorer learn(Lists lists, Objective objective, Settings settings, long seed) {
    int passes = settings.count("passes", 100, 1);
    double rate = settings.number("rate", 0.1, 1e-6, 10);
    int width = lists.names().size();
    int n = lists.relevant().length;
    double[] mean = new double[width];
    double[] scale = new double[width];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width; j++) {
        double value = lists.rows()[i * width + j];
        mean[j] += value;
        scale[j] += value * value;
      }
    }
    for (int j = 0; j < width; j++) {
      mean[j] /= Math.max(1, n);
      double variance = scale[j] / Math.max(1, n) - mean[j] * mean[j];
      scale[j] = variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
    }
    double[] weights = new double[width];
    double[] speed = new double[width];
    for (int pass = 0; pass < passes; pass++) {
      double[] gradient = new double[width];
      int from = 0;
      int used = 0;
      for (int size : lists.sizes()) {
        used += add(lists, objective, from, size, mean, scale, weights, gradient) ? 1 : 0;
        from += size;
      }
      for (int j = 0; j < width; j++) {
        speed[j] = MOMENTUM * speed[j] - rate * gradient[j] / Math.max(1, used);
        weights[j] += speed[j];
      }
    }
    return (rows, count, scores) -> {
      for (int i = 0; i < count; i++) {
        scores[i] = (float) sum(rows, i * width, mean, scale, weights);
      }
    };
  }

  private static double sum(float[] rows, int at, double[] mean, double[] scale, double[] weights) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      sum += weights[j] * (rows[at + j] - mean[j]) * scale[j];
    }
    return sum;
  }

  /** Adds a list's gradient; a list without a relevant candidate has none. */
  private static boolean add(
      Lists lists,
      Objective objective,
      int from,
      int size,
      double[] mean,
      double[] scale,
      double[] weights,
      double[] gradient) {
    int width = weights.length;
    double[] scores = new double[size];
    int relevant = 0;
    for (int i = 0; i < size; i++) {
      scores[i] = sum(lists.rows(), (from + i) * width, mean, scale, weights);
      relevant += lists.relevant()[from + i] ? 1 : 0;
    }
    if (relevant == 0 || relevant == size) {
      return false;
    }
    double[] slopes =
        switch (objective) {
          case POINTWISE -> pointwise(lists, from, scores);
          case PAIRWISE -> pairwise(lists, from, scores, relevant);
          case LISTWISE -> listwise(lists, from, scores, relevant);
        };
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < width; j++) {
        gradient[j] += slopes[i] * (lists.rows()[(from + i) * width + j] - mean[j]) * scale[j];
      }
    }
    return true;
  }

  private static double[] pointwise(Lists lists, int from, double[] scores) {
    double[] slopes = new double[scores.length];
    for (int i = 0; i < slopes.length; i++) {
      double probability = 1 / (1 + Math.exp(-scores[i]));
      slopes[i] = (probability - (lists.relevant()[from + i] ? 1 : 0)) / slopes.length;
    }
    return slopes;
  }

  private static double[] pairwise(Lists lists, int from, double[] scores, int relevant) {
    double[] slopes = new double[scores.length];
    double pairs = (double) relevant * (scores.length - relevant);
    for (int i = 0; i < slopes.length; i++) {
      for (int j = 0; lists.relevant()[from + i] && j < slopes.length; j++) {
        if (!lists.relevant()[from + j]) {
          double slope = 1 / (1 + Math.exp(scores[i] - scores[j])) / pairs;
          slopes[i] -= slope;
          slopes[j] += slope;
        }
      }
    }
    return slopes;
  }

  private static double[] listwise(Lists lists, int from, double[] scores, int relevant) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] slopes = new double[scores.length];
    double total = 0;
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = Math.exp(scores[i] - most);
      total += slopes[i];
    }
    for (int i = 0; i < slopes.length; i++) {
      slopes[i] = slopes[i] / total - (lists.relevant()[from + i] ? 1.0 / relevant : 0);
    }
    return slopes;
  }
}

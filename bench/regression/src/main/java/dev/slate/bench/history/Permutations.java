package dev.slate.bench.history;

import java.util.SplittableRandom;

/**
 * Does a series have a step, wherever it may be? A permutation test of the largest step.
 *
 * <p>For a split into m and n values, the step is
 *
 * <pre>
 * sqrt(mn / (m + n)) * |mean of the later - mean of the earlier|
 * </pre>
 *
 * and p is the share of orders of the same values whose largest step, over all splits, reaches the
 * one that was seen. If nothing changed, all orders are equally likely, whatever the values are:
 * rounded, of two levels, with outliers. The search for the place is part of each order, so it
 * needs no correction.
 *
 * <p>Orders are drawn with a fixed seed, so equal series give equal p. Drawing ends early where p
 * is clearly too large. Cost: O(n) an order. Source: Good, "Permutation, Parametric and Bootstrap
 * Tests of Hypotheses", 2005; the early end after Besag and Clifford, "Sequential Monte Carlo
 * p-values", 1991.
 */
final class Permutations {
  private static final long SEED = 1;

  /**
   * Orders for each unit of 1 / level: the standard error of p at the level is less than a quarter
   * of it.
   */
  private static final int ORDERS = 20;

  /** Reached this often, before p falls below the level, the rest need not be drawn. */
  private static final int ENOUGH = 20;

  private final double level;

  /**
   * Sets the precision.
   *
   * @param level the significance that matters, above 0
   */
  Permutations(double level) {
    this.level = level;
  }

  /**
   * Tests the step at a split.
   *
   * @param values in order of time, at least two
   * @param split values before the step
   * @return the share of orders with a step at least this large; never 0
   */
  double pValue(double[] values, int split) {
    double[] shuffled = centred(values);
    double seen = step(shuffled, split);
    if (seen == 0) {
      return 1;
    }
    // A rounding error must not make a tie a smaller step.
    double threshold = seen * (1 - 1e-9);
    SplittableRandom random = new SplittableRandom(SEED);
    int orders = (int) Math.ceil(ORDERS / level);
    int reached = 0;
    for (int i = 1; i <= orders; i++) {
      shuffle(shuffled, random);
      if (largestStep(shuffled) >= threshold) {
        reached++;
        double p = (reached + 1.0) / (i + 1);
        if (reached >= ENOUGH && p > 2 * level) {
          return p;
        }
      }
    }
    return (reached + 1.0) / (orders + 1);
  }

  private static double[] centred(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double[] centred = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      centred[i] = values[i] - mean;
    }
    return centred;
  }

  private static double step(double[] centred, int split) {
    double sum = 0;
    for (int i = 0; i < split; i++) {
      sum += centred[i];
    }
    return Math.abs(sum) * scale(split, centred.length);
  }

  private static double largestStep(double[] centred) {
    double largest = 0;
    double sum = 0;
    for (int split = 1; split < centred.length; split++) {
      sum += centred[split - 1];
      largest = Math.max(largest, Math.abs(sum) * scale(split, centred.length));
    }
    return largest;
  }

  /** Turns the sum of the first m of n values about their mean into a step. */
  private static double scale(int m, int n) {
    return Math.sqrt((double) n / m / (n - m));
  }

  private static void shuffle(double[] values, SplittableRandom random) {
    for (int i = values.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      double value = values[i];
      values[i] = values[other];
      values[other] = value;
    }
  }
}

package dev.slate.recommend.evaluate;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.inference.TTest;

/** Intervals by bootstrap over users (Efron 1979), and paired tests. */
public final class Resampling {
  private static final int RESAMPLES = 2000;
  private static final double TAIL = 0.025;

  /** A 95 % interval. */
  public record Interval(double low, double high) {}

  private Resampling() {}

  /**
   * Draws users with replacement, 2,000 times, and takes the 2.5 % and 97.5 % points of the mean.
   *
   * @param values one for each user, not empty
   * @param seed decides the draws: values of the same users are drawn alike under the same seed
   * @return the percentile interval of the mean
   */
  public static Interval mean(double[] values, long seed) {
    return means(new double[][] {values}, seed)[0];
  }

  /**
   * The intervals of several means over the same users. All use the same draws, so each interval
   * equals that of {@link #mean} to the bit.
   *
   * @param values one array for each mean, with one value for each user
   * @param seed decides the draws
   * @return the percentile intervals of the means
   */
  static Interval[] means(double[][] values, long seed) {
    int width = values.length;
    int users = width == 0 ? 0 : values[0].length;
    double[] rows = new double[Math.multiplyExact(users, width)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = values[i % width][i / width];
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[][] means = new double[width][RESAMPLES];
    double[] sums = new double[width];
    for (int i = 0; width > 0 && i < RESAMPLES; i++) {
      Arrays.fill(sums, 0);
      for (int j = 0; j < users; j++) {
        int row = random.nextInt(users) * width;
        for (int at = 0; at < width; at++) {
          sums[at] += rows[row + at];
        }
      }
      for (int at = 0; at < width; at++) {
        means[at][i] = sums[at] / users;
      }
    }
    Interval[] intervals = new Interval[width];
    Arrays.setAll(intervals, at -> percentiles(means[at]));
    return intervals;
  }

  /**
   * The 2.5 % and 97.5 % points of the values of a statistic for resampled users.
   *
   * @param values one for each resample, not empty; sorted by this
   * @return the percentile interval
   */
  public static Interval percentiles(double[] values) {
    Arrays.sort(values);
    int tail = (int) (TAIL * values.length);
    return new Interval(values[tail], values[values.length - 1 - tail]);
  }

  /**
   * Student's paired test that two models are equally good on average.
   *
   * @return the two-sided p-value; 1 where the values are equal for each user or there is one user
   */
  public static double pairedTest(double[] a, double[] b) {
    if (a.length < 2 || Arrays.equals(a, b)) {
      return 1;
    }
    double p = TTest.withDefaults().pairedTest(a, b).getPValue();
    return Double.isNaN(p) ? 1 : p;
  }

  /**
   * Holm's correction (1979): what each p-value becomes as one of several.
   *
   * @param p p-values, in any order
   * @return adjusted p-values, in the same order, at most 1
   */
  public static double[] holm(double[] p) {
    Integer[] order = new Integer[p.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, p[order[i]] * (p.length - i)));
      adjusted[order[i]] = largest;
    }
    return adjusted;
  }
}

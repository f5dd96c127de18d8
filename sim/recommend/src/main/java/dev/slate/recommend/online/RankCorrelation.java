package dev.slate.recommend.online;

import dev.slate.recommend.evaluate.Resampling;
import dev.slate.recommend.evaluate.Resampling.Interval;
import dev.slate.recommend.evaluate.Scores;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How far two orders of merit agree: Kendall's tau-b (1945). */
final class RankCorrelation {
  private static final int RESAMPLES = 1000;

  private RankCorrelation() {}

  /**
   * Kendall's tau-b: pairs in the same order less pairs in opposite orders, divided by the
   * geometric mean of the numbers of pairs that differ on each side.
   *
   * @return from -1 to 1; 0 where one side has equal values only
   */
  static double tau(double[] a, double[] b) {
    long agree = 0;
    long inA = 0;
    long inB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        int ofA = Double.compare(a[i], a[j]);
        int ofB = Double.compare(b[i], b[j]);
        agree += (long) Integer.signum(ofA) * Integer.signum(ofB);
        inA += ofA == 0 ? 0 : 1;
        inB += ofB == 0 ? 0 : 1;
      }
    }
    return inA == 0 || inB == 0 ? 0 : agree / Math.sqrt((double) inA * inB);
  }

  /**
   * A 95 % interval of the tau of two columns of means, by bootstrap over users.
   *
   * @param a for each model one value a user
   * @param b for each model one value a user, users in the same order
   * @param seed decides the draws
   */
  static Interval interval(double[][] a, double[][] b, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int users = a.length == 0 ? 0 : a[0].length;
    double[] taus = new double[RESAMPLES];
    int[] drawn = new int[users];
    for (int i = 0; i < RESAMPLES; i++) {
      Arrays.setAll(drawn, user -> random.nextInt(users));
      taus[i] = tau(means(a, drawn), means(b, drawn));
    }
    return Resampling.percentiles(taus);
  }

  private static double[] means(double[][] values, int[] drawn) {
    double[] means = new double[values.length];
    double[] some = new double[drawn.length];
    for (int model = 0; model < means.length; model++) {
      double[] of = values[model];
      Arrays.setAll(some, i -> of[drawn[i]]);
      means[model] = Scores.mean(some);
    }
    return means;
  }
}

package dev.slate.bench.compare;

import java.util.Arrays;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The two-sided Mann-Whitney U test: do two samples come from one distribution? It asks nothing of
 * the shape of that distribution, which for forks is often two modes, one for each code layout.
 *
 * <p>Small samples get the exact permutation distribution of the rank sum, given the ties: of all
 * ways to deal the pooled ranks into two hands, the share whose rank sum lies at least as far from
 * its mean as the one observed. Ways are counted by rank sum, rank by rank; ranks are doubled, so
 * that the mid-rank of a tie is an integer. For up to {@value #EXACT_LIMIT} values that costs some
 * million additions; above, and only there, the normal approximation of Commons Statistics, with
 * its correction for ties, serves.
 *
 * <p>Source: Mann and Whitney, "On a test of whether one of two random variables is stochastically
 * larger than the other", 1947; the counting is Mann and Whitney's recurrence over mid-ranks, as in
 * Streitberg and Röhmel's shift algorithm, 1986.
 */
final class MannWhitney {
  private static final int EXACT_LIMIT = 60;

  private MannWhitney() {}

  /**
   * Tests two samples.
   *
   * @param a at least one value, all finite
   * @param b at least one value, all finite
   * @return the chance of a difference in ranks at least this large if both have one distribution
   */
  static double pValue(double[] a, double[] b) {
    if (a.length + b.length > EXACT_LIMIT) {
      return MannWhitneyUTest.withDefaults().with(PValueMethod.ASYMPTOTIC).test(a, b).getPValue();
    }
    return a.length <= b.length ? exact(a, b) : exact(b, a);
  }

  /**
   * The smallest p that samples of these sizes can reach: all of one side above all of the other.
   *
   * @param m size of one side, at least 1
   * @param n size of the other, at least 1
   * @return two divided by the ways to choose m of m + n
   */
  static double smallestP(int m, int n) {
    double p = 1;
    for (int i = 1; i <= m; i++) {
      p *= (double) i / (n + i);
    }
    return Math.min(1, 2 * p);
  }

  /**
   * The smallest equal size of both sides at which p can fall below a level.
   *
   * @param level above 0
   * @return forks for each side
   */
  static int forksFor(double level) {
    int n = 1;
    while (smallestP(n, n) >= level) {
      n++;
    }
    return n;
  }

  private static double exact(double[] few, double[] many) {
    int m = few.length;
    int[] ranks = doubledRanks(few, many);
    int observed = 0;
    for (int i = 0; i < m; i++) {
      observed += ranks[i];
    }
    int total = Arrays.stream(ranks).sum();
    double[][] ways = waysBySum(ranks, m, total);
    // The mean of the sum is total * m / size; both sides are multiplied by size to stay integral.
    long size = ranks.length;
    long distance = Math.abs(size * observed - (long) total * m);
    double extreme = 0;
    double all = 0;
    for (int sum = 0; sum <= total; sum++) {
      double count = ways[m][sum];
      all += count;
      if (Math.abs(size * sum - (long) total * m) >= distance) {
        extreme += count;
      }
    }
    return extreme / all;
  }

  /** ways[k][s]: how many sets of k of the ranks have the sum s. */
  private static double[][] waysBySum(int[] ranks, int m, int total) {
    double[][] ways = new double[m + 1][total + 1];
    ways[0][0] = 1;
    for (int rank : ranks) {
      for (int k = m; k >= 1; k--) {
        double[] with = ways[k];
        double[] without = ways[k - 1];
        for (int sum = total; sum >= rank; sum--) {
          with[sum] += without[sum - rank];
        }
      }
    }
    return ways;
  }

  /** Twice the mid-ranks of the pooled values, those of {@code few} first. */
  private static int[] doubledRanks(double[] few, double[] many) {
    double[] pooled = Arrays.copyOf(few, few.length + many.length);
    System.arraycopy(many, 0, pooled, few.length, many.length);
    int[] ranks = new int[pooled.length];
    for (int i = 0; i < ranks.length; i++) {
      int below = 0;
      int equal = 0;
      for (double other : pooled) {
        if (other < pooled[i]) {
          below++;
        } else if (other == pooled[i]) {
          equal++;
        }
      }
      ranks[i] = 2 * below + equal + 1;
    }
    return ranks;
  }
}

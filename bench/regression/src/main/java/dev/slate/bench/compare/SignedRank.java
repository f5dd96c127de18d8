package dev.slate.bench.compare;

import java.util.Arrays;

/**
 * The two-sided Wilcoxon signed-rank test: do pairs differ by nothing, in either direction alike?
 *
 * <p>Where two builds run by turns, forks that are neighbours in time meet the same machine: what
 * makes it slow for a while falls on both and goes from their difference, while it stays in the
 * spread of each side. Under equal code, who ran first was drawn by lot, so each difference is as
 * likely as its negative, and the test asks no more than that: all ways to sign the differences are
 * equally likely, whatever the noise looks like. Drift between rounds and two speeds of a fork are
 * no objection.
 *
 * <p>p is exact: the distribution of the sum of the ranks that got a plus, given the ties. Sums are
 * built up rank by rank; ranks are doubled, so that the mid-rank of a tie is an integer. A
 * difference of nothing keeps its rank, but has no sign. Cost: O(n<sup>3</sup>) additions.
 *
 * <p>Source: Wilcoxon, "Individual comparisons by ranking methods", 1945; the zeros after Pratt,
 * "Remarks on zeros and ties in the Wilcoxon signed rank procedures", 1959; the counting as in
 * Streitberg and Röhmel's shift algorithm, 1986.
 */
public final class SignedRank {
  private SignedRank() {}

  /**
   * Tests pairs.
   *
   * @param differences within each pair, all finite; at least one
   * @return the chance of a sum of ranks at least this far from its mean if signs are arbitrary
   */
  static double pValue(double[] differences) {
    int[] ranks = doubledRanks(differences);
    int observed = 0;
    for (int i = 0; i < ranks.length; i++) {
      if (differences[i] > 0) {
        observed += ranks[i];
      } else if (differences[i] == 0) {
        ranks[i] = 0;
      }
    }
    double[] chances = chances(ranks);
    int total = chances.length - 1;
    int distance = Math.abs(2 * observed - total);
    double p = 0;
    for (int sum = 0; sum <= total; sum++) {
      if (Math.abs(2 * sum - total) >= distance) {
        p += chances[sum];
      }
    }
    return Math.min(1, p);
  }

  /**
   * The smallest p that a number of pairs can reach: all of one sign.
   *
   * @param pairs at least 1
   * @return two divided by the ways to sign them
   */
  static double smallestP(int pairs) {
    return Math.scalb(2.0, -pairs);
  }

  /**
   * The smallest number of pairs at which p can fall below a level.
   *
   * @param level above 0
   * @return forks for each side
   */
  public static int forksFor(double level) {
    int pairs = 1;
    while (smallestP(pairs) >= level) {
      pairs++;
    }
    return pairs;
  }

  /**
   * How many of the smallest sums of ranks are, together, no more likely than a share.
   *
   * @param pairs without ties, at least 1
   * @param share of all ways to sign them
   * @return a count c: the chance of a sum below c is at most the share
   */
  static int lowest(int pairs, double share) {
    int[] ranks = new int[pairs];
    Arrays.setAll(ranks, i -> i + 1);
    double[] chances = chances(ranks);
    int count = 0;
    double sum = chances[0];
    while (sum <= share) {
      sum += chances[++count];
    }
    return count;
  }

  /** The chance of each sum of the ranks that get a plus. */
  private static double[] chances(int[] ranks) {
    double[] chances = new double[Arrays.stream(ranks).sum() + 1];
    chances[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int sum = reached; sum >= 0; sum--) {
        chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
      }
    }
    return chances;
  }

  /** Twice the mid-ranks of the absolute values. */
  private static int[] doubledRanks(double[] differences) {
    int[] ranks = new int[differences.length];
    for (int i = 0; i < ranks.length; i++) {
      double size = Math.abs(differences[i]);
      int below = 0;
      int equal = 0;
      for (double other : differences) {
        if (Math.abs(other) < size) {
          below++;
        } else if (Math.abs(other) == size) {
          equal++;
        }
      }
      ranks[i] = 2 * below + equal + 1;
    }
    return ranks;
  }
}

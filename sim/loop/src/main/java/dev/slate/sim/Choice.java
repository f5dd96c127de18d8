package dev.slate.sim;

/** Which place of a slate a user picks, whatever stands there: the law of position bias. */
@FunctionalInterface
public interface Choice {
  /**
   * The distribution over the ranks of a slate.
   *
   * @param k how many items the slate shows, at least 1
   * @return k numbers, the r-th is the probability of a rank up to r (counted from 0); rising, the
   *     last is 1
   */
  double[] cumulative(int k);
}

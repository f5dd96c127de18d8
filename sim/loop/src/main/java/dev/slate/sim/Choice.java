package dev.slate.sim;

/**
 * The law by which a user picks a place of a slate: its position bias, and the weight of liking.
 */
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

  /**
   * How strongly a pick depends on what the user likes: place r is picked with a probability
   * proportional to {@code P(r) exp(strength x liking)}.
   *
   * @return at least 0; 0, unless overridden, for picks by place alone
   */
  default double strength() {
    return 0;
  }
}

package dev.slate.bench.compare;

/**
 * The rules of a comparison.
 *
 * @param alpha the chance of one false regression or improvement in the whole family, above 0,
 *     below 1
 * @param minEffect the effect floor: the smallest change that matters, as a share of the baseline,
 *     at least 0
 * @param confidence of the intervals, above 0, below 1
 * @param seed of the bootstrap: equal inputs and seeds give equal intervals
 * @param forkSpread the standard deviation between forks of the same code where they are too few to
 *     show it
 */
public record ComparisonRules(
    double alpha, double minEffect, double confidence, long seed, ForkSpread forkSpread) {
  /** One percent, five percent, 95 % intervals; forks that differ by three percent. */
  public static final ComparisonRules DEFAULT =
      new ComparisonRules(0.01, 0.05, 0.95, 1, ForkSpread.stated(0.03));

  /** Checks the ranges. */
  public ComparisonRules {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be above 0 and below 1: " + alpha);
    }
    if (!(minEffect >= 0 && minEffect < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the effect floor must be at least 0: " + minEffect);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence must be above 0 and below 1: " + confidence);
    }
  }
}

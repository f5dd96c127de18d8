package dev.slate.sim;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The user picks rank floor(k X) with X ~ Beta(alpha, beta): mostly the first, seldom the last.
 * Source of the default Beta(0.5, 3): Yao et al. 2021, "Measuring Recommender System Effects with
 * Simulated Users".
 *
 * @param alpha shape of the distribution near the top of the slate, above 0
 * @param beta shape of the distribution near the end of the slate, above 0
 */
public record BetaChoice(double alpha, double beta) implements Choice {
  /** Beta(0.5, 3), whose distribution function is sqrt(x) (15 - 10 x + 3 x^2) / 8. */
  public static final BetaChoice DEFAULT = new BetaChoice(0.5, 3);

  /**
   * Creates a choice.
   *
   * @throws IllegalArgumentException if a shape is not a number above 0
   */
  public BetaChoice {
    if (!(alpha > 0 && beta > 0 && alpha < 1e6 && beta < 1e6)) {
      throw new IllegalArgumentException(
          "alpha and beta must be above 0, but they are " + alpha + " and " + beta);
    }
  }

  @Override
  public double[] cumulative(int k) {
    double[] cumulative = new double[k];
    BetaDistribution law = BetaDistribution.of(alpha, beta);
    for (int rank = 0; rank < k; rank++) {
      cumulative[rank] = rank == k - 1 ? 1 : law.cumulativeProbability((rank + 1.0) / k);
    }
    return cumulative;
  }
}

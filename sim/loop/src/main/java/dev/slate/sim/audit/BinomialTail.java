package dev.slate.sim.audit;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/** The upper tail of a binomial law, however thin. */
final class BinomialTail {
  private static final double THIN = 1e-290;

  private BinomialTail() {}

  /**
   * log10 of P(X >= x), X ~ Binomial(n, p). Where that is beyond double, the Chernoff bound stands
   * in, {@code exp(-n KL(x/n || p))} (Hoeffding 1963), which is never below the truth.
   */
  static double log10(int n, double p, int x) {
    if (x <= n * p) {
      return 0;
    }
    double exact = BinomialDistribution.of(n, p).survivalProbability(x - 1);
    if (exact > THIN) {
      return Math.log10(exact);
    }
    double q = (double) x / n;
    double divergence = q * Math.log(q / p) + (q == 1 ? 0 : (1 - q) * Math.log((1 - q) / (1 - p)));
    return -n * divergence / Math.log(10);
  }
}

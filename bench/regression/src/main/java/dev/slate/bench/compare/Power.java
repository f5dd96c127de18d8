package dev.slate.bench.compare;

import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a comparison of this many forks, this noisy, could have seen.
 *
 * <p>The minimum detectable effect is the smallest true change that these rules would flag {@value
 * #POWER} of the time. Two hurdles stand before a flag. The test: Student's power formula on the
 * logarithms of the forks' medians, or of their ratios within pairs, at the level of Holm's first
 * step, with the spread widened by the asymptotic relative efficiency of both rank tests,
 * Mann-Whitney and signed-rank, against t under a normal distribution, 3/pi (Lehmann,
 * "Nonparametrics", 1975). The floor: the estimate itself must come out above the effect floor, so
 * the true change must stand above it by a margin of the estimate's standard error. The larger
 * hurdle counts.
 */
final class Power {
  static final double POWER = 0.8;
  private static final double EFFICIENCY = 3 / Math.PI;

  private Power() {}

  /**
   * The minimum detectable effect of two samples by Mann-Whitney.
   *
   * @param base the medians of the baseline's forks, positive
   * @param candidate the medians of the candidate's forks, positive
   * @param logError the standard error of the logarithm of the change
   * @param minEffect the effect floor
   * @param level the significance level of the test, after correction, which it can reach
   * @return a share of the baseline
   */
  static double detectable(
      double[] base, double[] candidate, double logError, double minEffect, double level) {
    double variance = pooledVariance(base, candidate);
    double perFork = 1.0 / base.length + 1.0 / candidate.length;
    int freedom = base.length + candidate.length - 2;
    return detectable(Math.sqrt(variance * perFork), freedom, logError, minEffect, level);
  }

  /**
   * The minimum detectable effect of pairs by the signed-rank test.
   *
   * @param logs of the ratio within each pair, at least two
   * @param logError the standard error of the logarithm of the change
   * @param minEffect the effect floor
   * @param level the significance level of the test, after correction, which it can reach
   * @return a share of the baseline
   */
  static double detectable(double[] logs, double logError, double minEffect, double level) {
    double error = StandardDeviation.of(logs).getAsDouble() / Math.sqrt(logs.length);
    return detectable(error, logs.length - 1, logError, minEffect, level);
  }

  private static double detectable(
      double error, int freedom, double logError, double minEffect, double level) {
    TDistribution student = TDistribution.of(freedom);
    double reach = student.inverseCumulativeProbability(POWER);
    double test =
        (student.inverseSurvivalProbability(level / 2) + reach) * error / Math.sqrt(EFFICIENCY);
    double floor = Math.log1p(minEffect) + reach * logError;
    return Math.expm1(Math.max(test, floor));
  }

  private static double pooledVariance(double[] base, double[] candidate) {
    return (squares(base) + squares(candidate)) / (base.length + candidate.length - 2);
  }

  private static double squares(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += Math.log(value) / values.length;
    }
    double squares = 0;
    for (double value : values) {
      double off = Math.log(value) - mean;
      squares += off * off;
    }
    return squares;
  }
}

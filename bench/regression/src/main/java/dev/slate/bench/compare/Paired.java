package dev.slate.bench.compare;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Forks that ran by turns, the n-th of one side beside the n-th of the other, and so, if they were
 * alive at once, did their iterations: the signed-rank test of the logarithms of their ratios, with
 * the estimate and interval that belong to it.
 *
 * <p>The ratio of two forks is the midmean of the ratios of their iterations, their mean without a
 * quarter at either end: a machine that is shared changes between speeds, and what falls on two
 * iterations that follow one another goes from their ratio, while one that was stalled counts for
 * no more than another.
 *
 * <p>The estimate is that of Hodges and Lehmann, the median of the means of every two pairs (each
 * with itself, too), which a third of the pairs would have to be spoilt to spoil. The interval ends
 * at the means that the test would just not reject: exact, as the test is, for any noise that is
 * symmetric within a pair. Few pairs leave the interval as wide as their means reach. Source:
 * Hodges and Lehmann, "Estimates of location based on rank tests", 1963; Hollander, Wolfe and
 * Chicken, "Nonparametric statistical methods", 2014, 3.2 and 3.3.
 *
 * @param logs of the candidate's score over the baseline's, pair by pair
 * @param interval of the change
 * @param p of the signed-rank test
 */
record Paired(double[] logs, Interval interval, double p) implements ForkEvidence {

  /**
   * Compares pairs.
   *
   * @param before the baseline, at least one fork
   * @param after the candidate, at least one fork; forks and iterations beyond the shorter side's
   *     are left out
   * @param rules of the comparison
   * @return the evidence of the pairs
   */
  static Paired of(Series before, Series after, ComparisonRules rules) {
    double[] logs = new double[Math.min(before.forks().size(), after.forks().size())];
    Arrays.setAll(logs, i -> logRatio(before.forks().get(i), after.forks().get(i)));
    return new Paired(logs, interval(logs, rules.confidence()), SignedRank.pValue(logs));
  }

  private static double logRatio(double[] base, double[] candidate) {
    double[] logs = new double[Math.min(base.length, candidate.length)];
    Arrays.setAll(logs, i -> Math.log(candidate[i] / base[i]));
    return midmean(logs);
  }

  /** The mean without a quarter at either end, rounded up; the median of up to six. */
  private static double midmean(double[] values) {
    Arrays.sort(values);
    int n = values.length;
    int out = Math.min((n + 3) / 4, (n - 1) / 2);
    return Arrays.stream(values, out, n - out).average().orElse(Double.NaN);
  }

  private static Interval interval(double[] logs, double confidence) {
    double[] means = meansOfTwo(logs);
    double tail = (1 - confidence) / 2;
    int out = Math.max(0, SignedRank.lowest(logs.length, tail) - 1);
    double low = means[out];
    double high = means[means.length - 1 - out];
    double error = (high - low) / 2 / NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
    double middle = Quantile.withDefaults().evaluate(means, 0.5);
    return new Interval(Math.expm1(middle), Math.expm1(low), Math.expm1(high), error);
  }

  /** Walsh's averages, sorted. */
  private static double[] meansOfTwo(double[] logs) {
    double[] means = new double[logs.length * (logs.length + 1) / 2];
    int next = 0;
    for (int i = 0; i < logs.length; i++) {
      for (int j = 0; j <= i; j++) {
        means[next++] = (logs[i] + logs[j]) / 2;
      }
    }
    Arrays.sort(means);
    return means;
  }

  @Override
  public double smallestP() {
    return SignedRank.smallestP(logs.length);
  }

  @Override
  public int forksFor(double level) {
    return SignedRank.forksFor(level);
  }

  @Override
  public double detectable(double minEffect, double level) {
    return smallestP() >= level
        ? Double.POSITIVE_INFINITY
        : Power.detectable(logs, interval.logError(), minEffect, level);
  }
}

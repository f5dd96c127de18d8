package dev.slate.bench.compare;

import dev.slate.bench.results.Series;

/**
 * Two samples of forks, run at any time: Mann-Whitney and a hierarchical bootstrap.
 *
 * @param base the medians of the baseline's forks
 * @param candidate the medians of the candidate's forks
 * @param interval of the change of the median
 * @param p of the Mann-Whitney test
 */
record Unpaired(double[] base, double[] candidate, Interval interval, double p)
    implements ForkEvidence {

  static Unpaired of(Series before, Series after, ComparisonRules rules) {
    long seed = rules.seed() * 0x9E3779B97F4A7C15L + before.key().toString().hashCode();
    double[] base = before.forkMedians();
    double[] candidate = after.forkMedians();
    return new Unpaired(
        base,
        candidate,
        new Bootstrap(rules.confidence(), seed).change(before, after),
        MannWhitney.pValue(base, candidate));
  }

  @Override
  public double smallestP() {
    return MannWhitney.smallestP(base.length, candidate.length);
  }

  @Override
  public int forksFor(double level) {
    return MannWhitney.forksFor(level);
  }

  @Override
  public double detectable(double minEffect, double level) {
    return smallestP() >= level
        ? Double.POSITIVE_INFINITY
        : Power.detectable(base, candidate, interval.logError(), minEffect, level);
  }
}

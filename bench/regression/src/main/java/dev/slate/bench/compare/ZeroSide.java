package dev.slate.bench.compare;

import dev.slate.bench.results.Series;

/**
 * A counter that is zero in all forks of one side and above zero in all of the other: Mann-Whitney
 * tells whether that is chance; a ratio, and so an interval, does not exist.
 *
 * @param change from nothing, infinite; to nothing, all of it
 * @param baseForks in the sample
 * @param candidateForks in the sample
 * @param p of the Mann-Whitney test
 */
record ZeroSide(double change, int baseForks, int candidateForks, double p)
    implements ForkEvidence {

  /**
   * Tells the rows of this kind.
   *
   * @param before the baseline
   * @param after the candidate
   * @return whether one side is zero and the other nowhere
   */
  static boolean isOne(Series before, Series after) {
    return (Comparison.highest(before) == 0 && Comparison.lowest(after) > 0)
        || (Comparison.highest(after) == 0 && Comparison.lowest(before) > 0);
  }

  static ZeroSide of(Series before, Series after) {
    double[] base = before.forkMedians();
    double[] candidate = after.forkMedians();
    return new ZeroSide(
        before.median() == 0 ? Double.POSITIVE_INFINITY : -1,
        base.length,
        candidate.length,
        MannWhitney.pValue(base, candidate));
  }

  @Override
  public Interval interval() {
    return new Interval(change, change, change, 0);
  }

  @Override
  public double smallestP() {
    return MannWhitney.smallestP(baseForks, candidateForks);
  }

  @Override
  public int forksFor(double level) {
    return MannWhitney.forksFor(level);
  }

  @Override
  public double detectable(double minEffect, double level) {
    return Double.NaN;
  }
}

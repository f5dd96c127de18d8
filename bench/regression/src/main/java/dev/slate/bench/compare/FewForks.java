package dev.slate.bench.compare;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two samples of forks that are too few for ranks to tell anything: a moderated t-test of the
 * logarithms of the forks' medians, with the {@linkplain ForkVariance variance of forks} of all
 * rows. Ranks keep a say: where the forks of both sides overlap, p is 1, so a fork that strayed
 * cannot make a change.
 *
 * <p>The two sides ran one after the other, and a machine that changed its speed in between moves
 * all forks of a side alike. Their own variance does not show that, so a difference of {@value
 * #RUN_SHARE} of the {@linkplain ForkSpread spread of forks} is added to the error. Where a history
 * shows that spread, it is the prior of the row's variance.
 *
 * <p>With one fork a side its variance is that spread, not seen, and the weight of its tails is
 * chosen: Student's t with {@value #ONE_FORK_FREEDOM} degrees of freedom. The spread of the
 * iterations adds to it.
 *
 * @param base medians of the baseline's forks
 * @param candidate medians of the candidate's forks
 * @param error the standard error of the logarithm of the change
 * @param freedom degrees of freedom of that error
 * @param confidence of the interval
 */
record FewForks(double[] base, double[] candidate, double error, double freedom, double confidence)
    implements ForkEvidence {
  private static final int ONE_FORK_FREEDOM = 5;
  private static final double RUN_SHARE = 0.4;

  /**
   * Compares two sides.
   *
   * @param before the baseline
   * @param after the candidate
   * @param variance of the forks of all rows, for a row that no history tells of
   * @param rules of the comparison
   * @return the evidence of the forks
   */
  static FewForks of(Series before, Series after, ForkVariance variance, ComparisonRules rules) {
    double[] base = before.forkMedians();
    double[] candidate = after.forkMedians();
    double perFork = 1.0 / base.length + 1.0 / candidate.length;
    double spread = rules.forkSpread().of(before.key());
    ForkVariance.Sample own = ForkVariance.Sample.of(base, candidate);
    if (own.freedom() == 0) {
      double known = spread * spread * perFork;
      double error = Math.sqrt(known + withinFork(before) + withinFork(after));
      return new FewForks(base, candidate, error, ONE_FORK_FREEDOM, rules.confidence());
    }
    ForkVariance prior =
        rules.forkSpread().isSeen(before.key()) ? ForkVariance.stated(spread) : variance;
    double run = RUN_SHARE * spread;
    double error = Math.sqrt(prior.moderated(own) * perFork + run * run);
    double freedom = prior.freedom() + own.freedom();
    return new FewForks(base, candidate, error, freedom, rules.confidence());
  }

  /** The squared standard error of the logarithm of the median of a fork's iterations. */
  private static double withinFork(Series series) {
    double[] logs = Arrays.stream(series.forks().get(0)).map(Math::log).toArray();
    double middle = Series.median(logs);
    double[] off = Arrays.stream(logs).map(log -> Math.abs(log - middle)).toArray();
    double deviation = 1.4826 * Series.median(off);
    return Math.PI / 2 * deviation * deviation / logs.length;
  }

  /** The difference of the means of the logarithms. */
  private double difference() {
    return mean(candidate) - mean(base);
  }

  private static double mean(double[] scores) {
    return Arrays.stream(scores).map(Math::log).average().orElse(Double.NaN);
  }

  private boolean overlaps() {
    return min(candidate) <= max(base) && min(base) <= max(candidate);
  }

  private static double min(double[] scores) {
    return Arrays.stream(scores).min().orElseThrow();
  }

  private static double max(double[] scores) {
    return Arrays.stream(scores).max().orElseThrow();
  }

  private TDistribution student() {
    return TDistribution.of(freedom);
  }

  @Override
  public Interval interval() {
    double reach = student().inverseSurvivalProbability((1 - confidence) / 2) * error;
    double middle = difference();
    return new Interval(
        Math.expm1(middle), Math.expm1(middle - reach), Math.expm1(middle + reach), error);
  }

  @Override
  public double p() {
    return overlaps() ? 1 : 2 * student().survivalProbability(Math.abs(difference()) / error);
  }

  /** A large enough change is seen with any number of forks. */
  @Override
  public double smallestP() {
    return 0;
  }

  @Override
  public int forksFor(double level) {
    return MannWhitney.forksFor(level);
  }

  @Override
  public double detectable(double minEffect, double level) {
    double reach = student().inverseCumulativeProbability(Power.POWER);
    double test = (student().inverseSurvivalProbability(level / 2) + reach) * error;
    return Math.expm1(Math.max(test, Math.log1p(minEffect) + reach * error));
  }
}

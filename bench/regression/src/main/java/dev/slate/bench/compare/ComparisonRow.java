package dev.slate.bench.compare;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;

/**
 * One row of a comparison. Numbers that do not apply are NaN.
 *
 * @param key which row
 * @param metric the metric
 * @param verdict the verdict
 * @param reason why, in a few words; empty where the numbers say it
 * @param base the baseline's median
 * @param candidate the candidate's median
 * @param change of the median as a share of the baseline's; positive is more, not worse
 * @param low the lower end of the interval of the change
 * @param high its upper end
 * @param p of the test over the forks, before correction
 * @param adjustedP after Holm's correction over the family
 * @param detectable the minimum detectable effect, as a share of the baseline
 * @param baseForks in the sample
 * @param candidateForks in the sample
 * @param forksNeeded on each side for a firm answer; 0 where the answer is firm or more forks would
 *     not help
 * @param noise how much two runs of the baseline differed, as a share; NaN unless that was measured
 */
public record ComparisonRow(
    RowKey key,
    BenchmarkMetric metric,
    Verdict verdict,
    String reason,
    double base,
    double candidate,
    double change,
    double low,
    double high,
    double p,
    double adjustedP,
    double detectable,
    int baseForks,
    int candidateForks,
    int forksNeeded,
    double noise) {

  /**
   * A row that could not be compared.
   *
   * @param key which row
   * @param metric the metric
   * @param verdict the verdict
   * @param reason why
   * @param base the baseline's median, or NaN
   * @param candidate the candidate's median, or NaN
   * @return a row without statistics
   */
  static ComparisonRow bare(
      RowKey key,
      BenchmarkMetric metric,
      Verdict verdict,
      String reason,
      double base,
      double candidate) {
    double none = Double.NaN;
    return new ComparisonRow(
        key, metric, verdict, reason, base, candidate, none, none, none, none, none, none, 0, 0, 0,
        none);
  }

  /**
   * A row whose metric has no direction.
   *
   * @param before the baseline
   * @param after the candidate
   * @return both medians and their change
   */
  static ComparisonRow unjudged(Series before, Series after) {
    double base = before.median();
    double candidate = after.median();
    double change = base == candidate ? 0 : candidate / base - 1;
    return bare(before.key(), before.metric(), Verdict.UNJUDGED, "", base, candidate)
        .changed(change);
  }

  /** The same row with no change. */
  ComparisonRow unchanged() {
    return changed(0);
  }

  private ComparisonRow changed(double share) {
    return new ComparisonRow(
        key,
        metric,
        verdict,
        reason,
        base,
        candidate,
        share,
        low,
        high,
        p,
        adjustedP,
        detectable,
        baseForks,
        candidateForks,
        forksNeeded,
        noise);
  }

  /**
   * The same numbers, concluded otherwise.
   *
   * @param verdict the new conclusion
   * @param reason why
   * @return a row that differs in these two
   */
  public ComparisonRow concluded(Verdict verdict, String reason) {
    return with(verdict, reason, forksNeeded, noise);
  }

  /**
   * The same row beside what identical code showed.
   *
   * @param share how much two runs of the baseline differed
   * @return a row that differs in this
   */
  public ComparisonRow withNoise(double share) {
    return with(verdict, reason, forksNeeded, share);
  }

  /**
   * The same numbers, for want of forks without a conclusion.
   *
   * @param why in a few words
   * @param needed forks on each side; 0 if forks are not what is lacking
   * @return an inconclusive row
   */
  ComparisonRow lacking(String why, int needed) {
    return with(Verdict.INCONCLUSIVE, why, needed, noise);
  }

  private ComparisonRow with(Verdict verdict, String reason, int forksNeeded, double noise) {
    return new ComparisonRow(
        key,
        metric,
        verdict,
        reason,
        base,
        candidate,
        change,
        low,
        high,
        p,
        adjustedP,
        detectable,
        baseForks,
        candidateForks,
        forksNeeded,
        noise);
  }

  /**
   * A row of one side only, or one that was not measured on both.
   *
   * @param key which row
   * @param metric the metric
   * @param verdict the verdict
   * @param reason why
   * @return a row without numbers
   */
  public static ComparisonRow unmeasured(
      RowKey key, BenchmarkMetric metric, Verdict verdict, String reason) {
    return bare(key, metric, verdict, reason, Double.NaN, Double.NaN);
  }

  /**
   * How much worse the candidate is.
   *
   * @return the change in the bad direction, as a share of the baseline; negative where better
   */
  public double worsening() {
    return metric.direction().worsening(change);
  }

  /**
   * How much worse the candidate may be, at the interval's bad end.
   *
   * @return as a share of the baseline
   */
  public double worstCase() {
    return Math.max(metric.direction().worsening(low), metric.direction().worsening(high));
  }

  /**
   * How much worse the candidate is at least, at the interval's good end.
   *
   * @return as a share of the baseline; negative where it may be better
   */
  public double bestCase() {
    return Math.min(metric.direction().worsening(low), metric.direction().worsening(high));
  }
}

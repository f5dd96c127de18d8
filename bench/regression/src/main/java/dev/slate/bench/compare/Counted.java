package dev.slate.bench.compare;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.Arrays;

/**
 * Judges a deterministic metric: bytes allocated per operation, items scored, recall.
 *
 * <p>No test is needed: any change beyond the allowance counts. The allowance covers what the
 * harness itself adds. It is the largest of half a byte or one percent for allocation, a millionth
 * for other counts, and three standard deviations of the iterations within a fork, estimated by
 * their median absolute deviation. For allocation it grows by the difference between the two sides
 * in JMH's own bytes per operation: slower operations share them among fewer.
 *
 * <p>Allocation differs between JVMs if escape analysis succeeds only in some. So one fork a side
 * cannot tell a change of the code from one of the compiler. A change beyond the allowance is
 * inconclusive unless all forks of one side lie beyond all of the other; where a side has fewer
 * than {@value #FEW_FORKS}, the gap must exceed the spread of the forks of either side.
 */
final class Counted {
  private static final double ALLOCATION_BYTES = 0.5;
  private static final double ALLOCATION_SHARE = 0.01;
  private static final double COUNT_SHARE = 1e-6;
  private static final double DEVIATIONS = 3 * 1.4826;

  private static final int FEW_FORKS = 4;
  private static final String ONE_FORK =
      "allocation can differ between forks of the same code; a second fork a side (-f 2) would tell";

  private Counted() {}

  /**
   * Judges one row.
   *
   * @param before the baseline, at least one fork
   * @param after the candidate, at least one fork
   * @return a row without p and interval
   */
  static ComparisonRow judge(Series before, Series after) {
    RowKey key = before.key();
    BenchmarkMetric metric = before.metric();
    double base = before.median();
    double candidate = after.median();
    double allowance =
        Math.max(allowance(metric, base), Math.max(wobble(before), wobble(after)))
            + Math.abs(after.harness() - before.harness());
    double worse = metric.direction().worsening(candidate - base);
    Verdict verdict = Verdict.PASS;
    String reason = "";
    if (Math.abs(worse) > allowance) {
      if (metric.isAllocation() && Math.min(before.forks().size(), after.forks().size()) < 2) {
        verdict = Verdict.INCONCLUSIVE;
        reason = ONE_FORK;
      } else if (gap(before, after) > Math.max(allowance, disagreement(before, after))) {
        verdict = worse > 0 ? Verdict.REGRESSED : Verdict.IMPROVED;
      } else {
        verdict = Verdict.INCONCLUSIVE;
        reason = "forks of one side disagree: " + range(before) + " against " + range(after);
      }
    }
    double change = base == candidate ? 0 : candidate / base - 1;
    double none = Double.NaN;
    return new ComparisonRow(
        key,
        metric,
        verdict,
        reason,
        base,
        candidate,
        change,
        none,
        none,
        none,
        none,
        none,
        before.forks().size(),
        after.forks().size(),
        0,
        none);
  }

  private static double allowance(BenchmarkMetric metric, double base) {
    return metric.isAllocation()
        ? Math.max(ALLOCATION_BYTES, ALLOCATION_SHARE * Math.abs(base))
        : COUNT_SHARE * Math.abs(base);
  }

  /** How far apart the forks of a side lie, where they are too few to show it otherwise. */
  private static double disagreement(Series before, Series after) {
    return Math.min(before.forks().size(), after.forks().size()) < FEW_FORKS
        ? Math.max(spread(before), spread(after))
        : 0;
  }

  private static double spread(Series series) {
    double[] sorted = sorted(series);
    return sorted[sorted.length - 1] - sorted[0];
  }

  private static double wobble(Series series) {
    double[] deviations = series.forks().stream().mapToDouble(Counted::deviation).toArray();
    return DEVIATIONS * Series.median(deviations);
  }

  private static double deviation(double[] iterations) {
    double median = Series.median(iterations);
    return Series.median(Arrays.stream(iterations).map(x -> Math.abs(x - median)).toArray());
  }

  /** The empty space between the forks of one side and those of the other; negative if they mix. */
  private static double gap(Series before, Series after) {
    double[] a = sorted(before);
    double[] b = sorted(after);
    return Math.max(b[0] - a[a.length - 1], a[0] - b[b.length - 1]);
  }

  private static double[] sorted(Series series) {
    double[] medians = series.forkMedians();
    Arrays.sort(medians);
    return medians;
  }

  private static String range(Series series) {
    double[] sorted = sorted(series);
    return Numbers.value(sorted[0]) + " to " + Numbers.value(sorted[sorted.length - 1]);
  }
}

package dev.slate.bench.compare;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Series;

/**
 * Judges a noisy metric, such as time per operation, from the forks of both sides. Each row is
 * tested alone; then Holm's correction, which needs all p values, is applied to the family.
 *
 * @param before the baseline
 * @param after the candidate
 * @param evidence of a change
 */
record Measured(Series before, Series after, ForkEvidence evidence) {
  private static final int MANY_FORKS = 200;

  /**
   * Concludes.
   *
   * @param adjustedP of this row
   * @param family how many rows are tested together
   * @param rules of the comparison
   * @return the row
   */
  ComparisonRow judge(double adjustedP, int family, ComparisonRules rules) {
    Interval interval = evidence.interval();
    double level = rules.alpha() / family;
    ComparisonRow row =
        new ComparisonRow(
            before.key(),
            before.metric(),
            Verdict.PASS,
            "",
            before.median(),
            after.median(),
            interval.change(),
            interval.low(),
            interval.high(),
            evidence.p(),
            adjustedP,
            evidence.detectable(rules.minEffect(), level),
            before.forks().size(),
            after.forks().size(),
            0,
            Double.NaN);
    boolean significant = adjustedP < rules.alpha();
    String within = isWithinOneFork() ? "within one fork" : "";
    if (significant && row.worsening() > rules.minEffect() && row.bestCase() > 0) {
      return row.concluded(Verdict.REGRESSED, within);
    }
    if (significant && row.worsening() < -rules.minEffect() && row.worstCase() < 0) {
      return row.concluded(Verdict.IMPROVED, within);
    }
    if (evidence.smallestP() >= level) {
      return tooFew(row, family, rules);
    }
    if (row.worstCase() <= rules.minEffect()) {
      return row.concluded(Verdict.PASS, within);
    }
    return evidence instanceof FewForks
        ? row.lacking(within, evidence.forksFor(level))
        : tooWide(row, rules);
  }

  /** Whether no second fork of either side says what forks differ by. */
  boolean isWithinOneFork() {
    return evidence instanceof FewForks && before.forks().size() == 1 && after.forks().size() == 1;
  }

  private ComparisonRow tooFew(ComparisonRow row, int family, ComparisonRules rules) {
    int needed = evidence.forksFor(rules.alpha() / family);
    String reason =
        "%s cannot reach p < %s%s; %d would"
            .formatted(
                forks(row),
                Numbers.plain(rules.alpha()),
                family == 1 ? "" : " over " + family + " rows",
                needed);
    return row.lacking(reason, needed);
  }

  private static ComparisonRow tooWide(ComparisonRow row, ComparisonRules rules) {
    double worst = row.worstCase();
    String reach =
        BenchmarkMetric.PRIMARY.equals(row.metric().name()) ? "a slowdown of " : "a worsening of ";
    String reason = reach + Numbers.percent(worst) + " cannot be excluded";
    double room = rules.minEffect() - row.worsening();
    if (room <= 0) {
      return row.lacking(reason + "; the median is above the floor, but p is not small", 0);
    }
    double shrink = (worst - row.worsening()) / room;
    double needed = Math.ceil(Math.max(row.baseForks(), row.candidateForks()) * shrink * shrink);
    return needed <= MANY_FORKS
        ? row.lacking(reason + "; about " + (int) needed + " forks would tell", (int) needed)
        : row.lacking(reason + "; more than " + MANY_FORKS + " forks would be needed", MANY_FORKS);
  }

  private static String forks(ComparisonRow row) {
    return row.baseForks() == row.candidateForks()
        ? row.baseForks() + (row.baseForks() == 1 ? " fork a side" : " forks a side")
        : row.baseForks() + " against " + row.candidateForks() + " forks";
  }
}

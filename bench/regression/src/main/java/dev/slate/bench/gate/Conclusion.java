package dev.slate.bench.gate;

import dev.slate.bench.compare.Comparison;
import dev.slate.bench.compare.ComparisonRow;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.Numbers;
import dev.slate.bench.compare.Verdict;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verdicts on all forks of a whole run.
 *
 * <p>Three rules change the verdict of a plain comparison of all forks. The control: a change no
 * larger than the difference of two runs of the baseline is noise, and if those two runs differ as
 * a regression would, no verdict on the row is given. The second round: a regression of a measured
 * row counts only if fresh forks, run after it was suspected, show it again on their own; otherwise
 * looking at the first round while it grows would raise false alarms. The budget: a row for which
 * no fork was left is inconclusive. One for whose second round no time was left is, too, unless the
 * test for few forks shows, from {@value #LEAST_TURNS} turns on, a change that is above the floor
 * with its whole interval.
 *
 * <p>Counted rows, such as bytes per operation, need neither control nor second round.
 */
final class Conclusion {

  /**
   * A benchmark whose forks have two speeds may show the faster one in each fork of the baseline
   * and the control, and the slower one in each of the candidate: once in 32 comparisons of two
   * turns, once in 256 of three, once in 1024 of four.
   */
  private static final int LEAST_TURNS = 4;

  private final ComparisonRules rules;
  private final Samples first;
  private final Samples second;

  Conclusion(ComparisonRules rules, Samples first, Samples second) {
    this.rules = rules;
    this.first = first;
    this.second = second;
  }

  /**
   * The first round alone: what there is to confirm, and what is still unsure.
   *
   * @return rows of both sides; regressions are suspicions
   */
  Comparison screening() {
    return pairs(first, Arm.CANDIDATE);
  }

  /**
   * The second round alone.
   *
   * @param suspects the rows that the screening saw regress
   * @return those of them that have fresh forks of both sides, tested as a family of their own
   */
  Comparison confirming(List<ComparisonRow> suspects) {
    Set<RowKey> suspected = keys(suspects);
    Results base = second.of(Arm.BASELINE, Arm.CANDIDATE);
    Results candidate = second.of(Arm.CANDIDATE, Arm.BASELINE).inUnitsOf(base);
    return Comparison.paired(
        base.where(series -> suspected.contains(series.key())),
        candidate.where(series -> suspected.contains(series.key())),
        rules);
  }

  /**
   * Everything.
   *
   * @param suspects the rows that the screening saw regress
   * @param dryRun what there was to measure
   * @param whyUnmeasured concludes a row that has no forks; incomparable where it failed, which
   *     stands even if some forks succeeded
   * @return one row for each key of either side
   */
  Comparison all(
      List<ComparisonRow> suspects, DryRun dryRun, UnaryOperator<ComparisonRow> whyUnmeasured) {
    Comparison pooled = pairs(first.plus(second), Arm.CANDIDATE);
    Map<RowKey, ComparisonRow> control = byKey(control());
    Map<RowKey, ComparisonRow> noise = byKey(pairs(first, Arm.CONTROL));
    Set<RowKey> suspected = keys(suspects);
    Map<RowKey, ComparisonRow> again = byKey(confirming(suspects));
    Map<RowKey, ComparisonRow> few = byKey(fewForks());
    Map<RowKey, ComparisonRow> rows = new TreeMap<>();
    dryRun.unmeasured().forEach(row -> rows.put(row.key(), row));
    dryRun
        .comparable()
        .forEach(
            (key, metric) ->
                rows.put(
                    key,
                    whyUnmeasured.apply(
                        ComparisonRow.unmeasured(key, metric, Verdict.INCONCLUSIVE, ""))));
    for (ComparisonRow row : pooled.rows()) {
      RowKey key = row.key();
      boolean failed = rows.containsKey(key) && rows.get(key).verdict() == Verdict.INCOMPARABLE;
      if (row.baseForks() > 0 && row.candidateForks() > 0 && !failed) {
        rows.put(
            key,
            row.metric().deterministic()
                ? row
                : tempered(
                    beside(row, noise.get(key)),
                    control.get(key),
                    suspected.contains(key),
                    again.get(key),
                    few.get(key)));
      }
    }
    return new Comparison(rules, List.copyOf(rows.values()), pooled.notes());
  }

  private Comparison pairs(Samples samples, Arm other) {
    return Comparison.paired(
        samples.of(Arm.BASELINE, other), samples.of(other, Arm.BASELINE), rules);
  }

  /** All forks of the baseline against the control's, which are too few to be tested in pairs. */
  private Comparison control() {
    return Comparison.byRanks(
        first.of(Arm.BASELINE, Arm.BASELINE), first.of(Arm.CONTROL, Arm.CONTROL), rules);
  }

  /** All forks by the test for few, the control's as forks of the baseline, which they are. */
  private Comparison fewForks() {
    Samples all = first.plus(second);
    Results base = all.of(Arm.BASELINE, Arm.CANDIDATE);
    return Comparison.byFewForks(
        base.plus(all.of(Arm.CONTROL, Arm.CONTROL)), all.of(Arm.CANDIDATE, Arm.BASELINE), rules);
  }

  private static ComparisonRow beside(ComparisonRow row, @Nullable ComparisonRow noise) {
    return noise == null ? row : row.withNoise(Math.abs(noise.change()));
  }

  private ComparisonRow tempered(
      ComparisonRow seen,
      @Nullable ComparisonRow control,
      boolean suspected,
      @Nullable ComparisonRow again,
      @Nullable ComparisonRow few) {
    if (control != null && isChange(control)) {
      return seen.concluded(
          Verdict.INCONCLUSIVE,
          "two runs of the baseline differ by "
              + Numbers.change(control.change())
              + ": this machine cannot measure it");
    }
    if (isChange(seen) && Math.abs(seen.change()) <= seen.noise()) {
      return seen.concluded(
          Verdict.INCONCLUSIVE,
          "no more than two runs of the baseline differ by, " + Numbers.percent(seen.noise()));
    }
    if (suspected && again != null && !isTooFew(again)) {
      return confirmed(seen, again);
    }
    if (suspected || isTooFew(seen)) {
      return withoutSecondRound(seen, suspected, few);
    }
    return seen.verdict() == Verdict.REGRESSED
        ? seen.concluded(
            Verdict.INCONCLUSIVE, "regressed, but was not suspected in the first round")
        : seen;
  }

  /** Whether the turns of a row are fewer than the test over turns needs. */
  private static boolean isTooFew(ComparisonRow row) {
    return Double.isInfinite(row.detectable());
  }

  /** What all turns show without a second round: a large change, or nothing. */
  private ComparisonRow withoutSecondRound(
      ComparisonRow seen, boolean suspected, @Nullable ComparisonRow few) {
    if (few != null && isLarge(few) && !(Math.abs(few.change()) <= seen.noise())) {
      return few.withNoise(seen.noise())
          .concluded(
              few.verdict(), "in %d turns, without a second round".formatted(few.candidateForks()));
    }
    return suspected
        ? seen.concluded(
            Verdict.INCONCLUSIVE,
            Numbers.change(seen.change())
                + " in the first round, but no time to confirm it in a second")
        : seen;
  }

  private boolean isLarge(ComparisonRow few) {
    return isChange(few)
        && few.candidateForks() >= LEAST_TURNS
        && Math.max(few.bestCase(), -few.worstCase()) > rules.minEffect();
  }

  private static ComparisonRow confirmed(ComparisonRow row, ComparisonRow second) {
    if (second.verdict() == Verdict.REGRESSED) {
      return row.concluded(
          Verdict.REGRESSED,
          "%s again in a second round of %d forks a side"
              .formatted(
                  Numbers.change(second.change()),
                  Math.min(second.baseForks(), second.candidateForks())));
    }
    return row.verdict() == Verdict.REGRESSED
        ? row.concluded(
            Verdict.INCONCLUSIVE,
            "a second round did not confirm it: " + Numbers.change(second.change()))
        : row;
  }

  private static Map<RowKey, ComparisonRow> byKey(Comparison comparison) {
    return comparison.rows().stream()
        .filter(row -> row.baseForks() > 0 && row.candidateForks() > 0)
        .collect(Collectors.toMap(ComparisonRow::key, row -> row));
  }

  private static Set<RowKey> keys(List<ComparisonRow> rows) {
    return rows.stream().map(ComparisonRow::key).collect(Collectors.toSet());
  }

  private static boolean isChange(ComparisonRow row) {
    return row.verdict() == Verdict.REGRESSED || row.verdict() == Verdict.IMPROVED;
  }
}

package dev.slate.bench.gate;

import dev.slate.bench.compare.ComparisonRow;
import dev.slate.bench.compare.Verdict;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rows to measure, found by running each benchmark of both sides once: those that both sides
 * have under the same JVM and flags. The other rows cannot be compared, and are not measured.
 *
 * @param comparable the rows to measure
 * @param unmeasured missing, new and incomparable rows
 * @param paces of the units that have a row of time
 * @param iterations the mean number of measured iterations of a fork
 */
record DryRun(
    SortedMap<RowKey, BenchmarkMetric> comparable,
    List<ComparisonRow> unmeasured,
    Map<Unit, BenchmarkTiming> paces,
    double iterations) {
  static final DryRun NONE = new DryRun(new TreeMap<>(), List.of(), Map.of(), 1);

  /**
   * Compares the dry runs of two sides.
   *
   * @param base chosen rows of the baseline
   * @param other chosen rows of the candidate
   * @return what to do
   */
  static DryRun of(Results base, Results other) {
    Results candidate = other.inUnitsOf(base);
    SortedMap<RowKey, BenchmarkMetric> comparable = new TreeMap<>();
    List<ComparisonRow> unmeasured = new ArrayList<>();
    Map<Unit, BenchmarkTiming> paces = new HashMap<>();
    double iterations = 0;
    for (Series before : base.rows().values()) {
      Series after = candidate.get(before.key());
      if (after == null) {
        unmeasured.add(
            ComparisonRow.unmeasured(before.key(), before.metric(), Verdict.MISSING, ""));
        continue;
      }
      List<String> differences = before.environment().differences(after.environment());
      if (differences.isEmpty()) {
        comparable.put(before.key(), before.metric());
        if (!before.metric().deterministic()) {
          BenchmarkTiming pace = BenchmarkTiming.of(before).slower(BenchmarkTiming.of(after));
          paces.merge(Unit.of(before.key()), pace, BenchmarkTiming::slower);
        }
        iterations += before.forks().stream().mapToInt(fork -> fork.length).sum();
      } else {
        String obstacle = String.join("; ", differences);
        unmeasured.add(
            ComparisonRow.unmeasured(
                before.key(), before.metric(), Verdict.INCOMPARABLE, obstacle));
      }
    }
    for (Series after : candidate.rows().values()) {
      if (base.get(after.key()) == null) {
        unmeasured.add(ComparisonRow.unmeasured(after.key(), after.metric(), Verdict.NEW, ""));
      }
    }
    double perFork = comparable.isEmpty() ? 1 : Math.max(1, iterations / comparable.size());
    return new DryRun(comparable, unmeasured, paces, perFork);
  }

  /**
   * The units that measure these rows.
   *
   * @return in the order of the rows, each once
   */
  List<Unit> units() {
    return comparable.keySet().stream().map(Unit::of).distinct().toList();
  }

  /**
   * The iterations of a unit.
   *
   * @param unit one of these
   * @param planned for all units
   * @return those, cut to pieces where the benchmark is fast enough
   */
  Iterations cut(Unit unit, Iterations planned) {
    BenchmarkTiming pace = paces.get(unit);
    return pace == null ? planned : planned.cut(pace);
  }

  /**
   * The size of the family that alpha is kept over.
   *
   * @return the comparable rows that noise takes part in
   */
  int family() {
    return (int) comparable.values().stream().filter(metric -> !metric.deterministic()).count();
  }
}

package dev.slate.bench.compare;

import dev.slate.bench.results.BadInputException;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two sides, row by row.
 *
 * <p>Each row is judged by its own nature: what noise takes part in by {@link Measured statistics
 * over forks}, what it has no part in by {@link Counted plain difference}. The measured rows form
 * one family, over which alpha is kept.
 *
 * @param rules that were applied
 * @param rows in the order of their keys
 * @param notes remarks on the whole, such as two releases of JMH; may be empty
 */
public record Comparison(Rules rules, List<Row> rows, List<String> notes) {
  private static final int REGRESSION = 3;
  private static final int UNDECIDED = 4;

  /** What the forks of a row say. */
  private interface Weighing {
    Evidence of(Series before, Series after, Rules rules);
  }

  /** Copies the lists. */
  public Comparison {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  /**
   * Compares two sides that must have been measured under one JVM with one set of flags.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @return one row for each key of either side
   * @throws BadInputException if the sides give one row in two units
   */
  public static Comparison of(Results base, Results candidate, Rules rules) {
    return of(base, candidate, rules, false);
  }

  /**
   * Compares two sides that ran by turns: the n-th fork of a row on one side is compared with the
   * n-th on the other, which met the same machine.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @return one row for each key of either side
   * @throws BadInputException if the sides give one row in two units
   */
  public static Comparison paired(Results base, Results candidate, Rules rules) {
    return of(base, candidate, rules, false, Paired::of);
  }

  /**
   * Compares two sides.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @param acrossJvms whether another JVM or other flags are what is compared, not an obstacle
   * @return one row for each key of either side
   * @throws BadInputException if the sides give one row in two units
   */
  public static Comparison of(Results base, Results candidate, Rules rules, boolean acrossJvms) {
    return of(base, candidate, rules, acrossJvms, Unpaired::of);
  }

  private static Comparison of(
      Results base, Results candidate, Rules rules, boolean acrossJvms, Weighing weighing) {
    requireSameUnits(base, candidate);
    List<Row> rows = new ArrayList<>();
    List<Measured> family = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    for (Map.Entry<RowKey, Series> entry : both(base, candidate).entrySet()) {
      RowKey key = entry.getKey();
      Series before = base.get(key);
      Series after = candidate.get(key);
      if (before == null || after == null) {
        Series only = entry.getValue();
        Verdict verdict = before == null ? Verdict.NEW : Verdict.MISSING;
        double none = Double.NaN;
        rows.add(
            Row.bare(
                key,
                only.metric(),
                verdict,
                "",
                before == null ? none : only.median(),
                after == null ? none : only.median()));
        continue;
      }
      String harness = before.environment().harnessDifference(after.environment());
      if (!harness.isEmpty()) {
        notes.add(harness);
      }
      String obstacle = obstacle(before, after, acrossJvms);
      if (!obstacle.isEmpty()) {
        rows.add(
            Row.bare(
                key,
                before.metric(),
                Verdict.INCOMPARABLE,
                obstacle,
                before.median(),
                after.median()));
      } else if (before.metric().deterministic()) {
        rows.add(Counted.judge(before, after));
      } else {
        family.add(new Measured(before, after, weighing.of(before, after, rules)));
      }
    }
    double[] adjusted =
        Holm.adjust(family.stream().mapToDouble(row -> row.evidence().p()).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      rows.add(family.get(i).judge(adjusted[i], adjusted.length, rules));
    }
    rows.sort((one, other) -> one.key().compareTo(other.key()));
    return new Comparison(rules, rows, List.copyOf(notes));
  }

  /**
   * Adds a remark.
   *
   * @param note in a few words
   * @return the same rows with one more note
   */
  public Comparison noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Comparison(rules, rows, more);
  }

  /**
   * Counts the rows of one verdict.
   *
   * @param verdict which
   * @return how many
   */
  public long count(Verdict verdict) {
    return rows.stream().filter(row -> row.verdict() == verdict).count();
  }

  /**
   * What the command ends with.
   *
   * @return 3 if a row regressed, else 4 if one is undecided, else 0
   */
  public int exitCode() {
    if (count(Verdict.REGRESSED) > 0) {
      return REGRESSION;
    }
    return rows.stream().anyMatch(row -> row.verdict().isUndecided()) ? UNDECIDED : 0;
  }

  private static SortedMap<RowKey, Series> both(Results base, Results candidate) {
    SortedMap<RowKey, Series> all = new TreeMap<>(candidate.rows());
    all.putAll(base.rows());
    return all;
  }

  private static void requireSameUnits(Results base, Results candidate) {
    Map<RowKey, RowKey> units = new TreeMap<>();
    base.rows().keySet().forEach(key -> units.put(key.withoutUnit(), key));
    for (RowKey key : candidate.rows().keySet()) {
      RowKey before = units.get(key.withoutUnit());
      if (before != null && !before.equals(key)) {
        throw new BadInputException(
            candidate.source(),
            "mixed units: " + key + ", but " + before.unit() + " in " + base.source());
      }
    }
  }

  private static String obstacle(Series before, Series after, boolean acrossJvms) {
    if (before.forks().isEmpty() || after.forks().isEmpty()) {
      String side = before.forks().isEmpty() ? "baseline" : "candidate";
      return "the " + side + " has no finite score";
    }
    if (!before.metric().deterministic() && (lowest(before) <= 0 || lowest(after) <= 0)) {
      return "a score is not above 0, so there is no relative change";
    }
    return acrossJvms
        ? ""
        : String.join("; ", before.environment().differences(after.environment()));
  }

  private static double lowest(Series series) {
    double lowest = Double.POSITIVE_INFINITY;
    for (double[] fork : series.forks()) {
      for (double score : fork) {
        lowest = Math.min(lowest, score);
      }
    }
    return lowest;
  }
}

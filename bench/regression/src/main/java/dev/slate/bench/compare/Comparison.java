package dev.slate.bench.compare;

import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Two sides, row by row.
 *
 * <p>A row of a noisy metric is judged by {@link Measured statistics over forks}, a row of a
 * deterministic one by {@link Counted plain difference}. The noisy rows form one family, whose
 * chance of a false alarm is alpha.
 *
 * @param rules that were applied
 * @param rows in the order of their keys
 * @param notes remarks on the whole, such as two releases of JMH; may be empty
 */
public record Comparison(ComparisonRules rules, List<ComparisonRow> rows, List<String> notes) {
  private static final int REGRESSION = 3;
  private static final int UNDECIDED = 4;

  /** What the forks of the measured rows say, for all rows at once. */
  private interface Weighing {
    List<ForkEvidence> of(List<Series> before, List<Series> after, ComparisonRules rules);
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
   */
  public static Comparison of(Results base, Results candidate, ComparisonRules rules) {
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
   */
  public static Comparison paired(Results base, Results candidate, ComparisonRules rules) {
    return of(
        base,
        candidate,
        rules,
        false,
        (before, after, any) -> each(before, after, any, Paired::of));
  }

  /**
   * Compares two sides.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @param acrossJvms whether another JVM or other flags are what is compared, not an obstacle
   * @return one row for each key of either side
   */
  public static Comparison of(
      Results base, Results candidate, ComparisonRules rules, boolean acrossJvms) {
    return of(base, candidate, rules, acrossJvms, Comparison::byRanksOrFew);
  }

  /**
   * Compares two sides by ranks alone: a row of few forks is never decided.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @return one row for each key of either side
   */
  public static Comparison byRanks(Results base, Results candidate, ComparisonRules rules) {
    return of(
        base,
        candidate,
        rules,
        false,
        (before, after, any) -> each(before, after, any, Unpaired::of));
  }

  /** One row's forks at a time. */
  private interface RowWeighing {
    ForkEvidence of(Series before, Series after, ComparisonRules rules);
  }

  private static List<ForkEvidence> each(
      List<Series> before, List<Series> after, ComparisonRules rules, RowWeighing weighing) {
    List<ForkEvidence> evidence = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      evidence.add(
          ZeroSide.isOne(before.get(i), after.get(i))
              ? ZeroSide.of(before.get(i), after.get(i))
              : weighing.of(before.get(i), after.get(i), rules));
    }
    return evidence;
  }

  /**
   * Compares two sides by the test for {@linkplain FewForks few forks}, however many a row has: it
   * shows only changes that are large beside the stated spread of forks.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @param rules to apply
   * @return one row for each key of either side
   */
  public static Comparison byFewForks(Results base, Results candidate, ComparisonRules rules) {
    return of(
        base,
        candidate,
        rules,
        false,
        (before, after, any) -> {
          ForkVariance variance = variance(before, after, any);
          return each(
              before, after, any, (one, other, all) -> FewForks.of(one, other, variance, all));
        });
  }

  /** Ranks where the forks are enough for them, else a test that borrows from the other rows. */
  private static List<ForkEvidence> byRanksOrFew(
      List<Series> before, List<Series> after, ComparisonRules rules) {
    double level = rules.alpha() / before.size();
    ForkVariance variance = variance(before, after, rules);
    return each(
        before,
        after,
        rules,
        (one, other, any) ->
            MannWhitney.smallestP(one.forks().size(), other.forks().size()) < level
                ? Unpaired.of(one, other, any)
                : FewForks.of(one, other, variance, any));
  }

  /** How much the forks of all rows vary. */
  private static ForkVariance variance(
      List<Series> before, List<Series> after, ComparisonRules rules) {
    List<ForkVariance.Sample> samples = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (!ZeroSide.isOne(before.get(i), after.get(i))) {
        samples.add(
            ForkVariance.Sample.of(before.get(i).forkMedians(), after.get(i).forkMedians()));
      }
    }
    return ForkVariance.of(samples, rules.forkSpread().stated());
  }

  private static Comparison of(
      Results base, Results other, ComparisonRules rules, boolean acrossJvms, Weighing weighing) {
    Results candidate = other.inUnitsOf(base);
    List<ComparisonRow> rows = new ArrayList<>();
    List<Series> befores = new ArrayList<>();
    List<Series> afters = new ArrayList<>();
    Set<String> notes = new LinkedHashSet<>();
    SortedSet<String> undirected = new TreeSet<>();
    for (Map.Entry<RowKey, Series> entry : both(base, candidate).entrySet()) {
      RowKey key = entry.getKey();
      Series before = base.get(key);
      Series after = candidate.get(key);
      if (before == null || after == null) {
        Series only = entry.getValue();
        Verdict verdict = before == null ? Verdict.NEW : Verdict.MISSING;
        double none = Double.NaN;
        rows.add(
            ComparisonRow.bare(
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
      String obstacle =
          Stream.of(
                  base.conflict(key), candidate.conflict(key), obstacle(before, after, acrossJvms))
              .filter(text -> !text.isEmpty())
              .findFirst()
              .orElse("");
      if (before.metric().direction() == Direction.UNKNOWN) {
        undirected.add(before.metric().name());
        rows.add(ComparisonRow.unjudged(before, after));
      } else if (!obstacle.isEmpty()) {
        rows.add(
            ComparisonRow.bare(
                key,
                before.metric(),
                Verdict.INCOMPARABLE,
                obstacle,
                before.median(),
                after.median()));
      } else if (before.metric().deterministic()) {
        rows.add(Counted.judge(before, after));
      } else if (highest(before) == 0 && highest(after) == 0) {
        rows.add(ComparisonRow.bare(key, before.metric(), Verdict.PASS, "", 0, 0).unchanged());
      } else {
        befores.add(before);
        afters.add(after);
      }
    }
    List<Measured> family = family(befores, afters, weighing.of(befores, afters, rules));
    double[] adjusted =
        Holm.adjust(family.stream().mapToDouble(row -> row.evidence().p()).toArray());
    for (int i = 0; i < adjusted.length; i++) {
      rows.add(family.get(i).judge(adjusted[i], adjusted.length, rules));
    }
    fewForks(family, rules).ifPresent(notes::add);
    if (!undirected.isEmpty()) {
      notes.add(undirected(undirected));
    }
    rows.sort((one, second) -> one.key().compareTo(second.key()));
    return new Comparison(rules, rows, List.copyOf(notes));
  }

  private static List<Measured> family(
      List<Series> before, List<Series> after, List<ForkEvidence> evidence) {
    List<Measured> family = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      family.add(new Measured(before.get(i), after.get(i), evidence.get(i)));
    }
    return family;
  }

  /** Says once what few forks mean for the rows that have them. */
  private static Optional<String> fewForks(List<Measured> family, ComparisonRules rules) {
    List<Measured> few = family.stream().filter(row -> row.evidence() instanceof FewForks).toList();
    if (few.isEmpty()) {
      return Optional.empty();
    }
    boolean one = few.stream().anyMatch(Measured::isWithinOneFork);
    return Optional.of(
        (one
                ? "one fork a side shows only changes larger than forks differ by"
                : "few forks a side show only large changes")
            + "; -f 10, an option of JMH, shows small ones"
            + spreads(few, rules));
  }

  /** Where the spread between forks comes from, if a history was given. */
  private static String spreads(List<Measured> few, ComparisonRules rules) {
    long seen = few.stream().filter(row -> rules.forkSpread().isSeen(row.before().key())).count();
    return rules.forkSpread().seen().isEmpty()
        ? ""
        : "; how far forks differ is that of the history for " + seen + " of " + few.size();
  }

  private static String undirected(SortedSet<String> names) {
    return String.join(", ", names)
        + (names.size() == 1 ? " is" : " are")
        + " not judged: which way is better is not known";
  }

  /**
   * Adds the rows whose metric has no direction, which decide nothing.
   *
   * @param base the baseline
   * @param candidate the candidate
   * @return the same rows, and one for each such metric of both sides
   */
  public Comparison showing(Results base, Results candidate) {
    List<ComparisonRow> all = new ArrayList<>(rows);
    SortedSet<String> names = new TreeSet<>();
    for (Series before : base.rows().values()) {
      Series after = candidate.get(before.key());
      if (before.metric().direction() == Direction.UNKNOWN && after != null) {
        names.add(before.metric().name());
        all.add(ComparisonRow.unjudged(before, after));
      }
    }
    all.sort((one, second) -> one.key().compareTo(second.key()));
    Comparison shown = new Comparison(rules, all, notes);
    return names.isEmpty() ? shown : shown.noting(undirected(names));
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
   * Says the remarks in other words.
   *
   * @param words from a note to what is said in its place
   * @return the same rows
   */
  public Comparison worded(UnaryOperator<String> words) {
    return new Comparison(rules, rows, notes.stream().map(words).toList());
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

  private static String obstacle(Series before, Series after, boolean acrossJvms) {
    if (before.forks().isEmpty() || after.forks().isEmpty()) {
      String side = before.forks().isEmpty() ? "baseline" : "candidate";
      return "the " + side + " has no finite score";
    }
    if (!before.metric().deterministic()
        && (lowest(before) <= 0 || lowest(after) <= 0)
        && !(highest(before) == 0 && highest(after) == 0)
        && !ZeroSide.isOne(before, after)) {
      return "a score is not above 0, so there is no relative change";
    }
    return acrossJvms
        ? ""
        : String.join("; ", before.environment().differences(after.environment()));
  }

  /** The lowest score. */
  static double lowest(Series series) {
    return scores(series).min().orElse(Double.NaN);
  }

  /** The highest score, which is 0 for a counter that never counted. */
  static double highest(Series series) {
    return scores(series).map(Math::abs).max().orElse(Double.NaN);
  }

  private static DoubleStream scores(Series series) {
    return series.forks().stream().flatMapToDouble(Arrays::stream);
  }
}

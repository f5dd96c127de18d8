package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.ComparisonRow;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.Verdict;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Environment;
import dev.slate.bench.results.Results;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What tempers a comparison of all forks, each rule alone. */
class ConclusionTest {
  private static final BenchmarkMetric TIME =
      new BenchmarkMetric(BenchmarkMetric.PRIMARY, "us/op", Direction.LOWER_IS_BETTER, false);
  private static final RowKey KEY = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(TIME);

  @Test
  void aConfirmedRegressionStands() {
    ComparisonRow row = conclude(turns(1.2, 1), turns(1.2, 1), true);
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertTrue(row.reason().endsWith("again in a second round of 12 forks a side"), row::reason);
  }

  /** The control is too noisy to be a change of its own, and yet as far off. */
  @Test
  void aChangeThatTwoRunsOfTheBaselineShowIsNone() {
    ComparisonRow row = conclude(turns(1.07, 1.08), turns(1.07, 1.08), true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().startsWith("two runs of the baseline differ by"), row::reason);
    ComparisonRow few = conclude(fewControls(1.07, 1.08), turns(1.07, 1), true);
    assertEquals(Verdict.INCONCLUSIVE, few.verdict());
    assertTrue(few.reason().startsWith("no more than two runs of the baseline"), few::reason);
  }

  /** However large a change is, a machine that shows one without a change has not measured it. */
  @Test
  void whereTheControlChangesNothingIsConcluded() {
    for (double control : new double[] {1.08, 0.92}) {
      ComparisonRow row = conclude(turns(1.3, control), turns(1.3, control), true);
      assertEquals(Verdict.INCONCLUSIVE, row.verdict());
      assertTrue(row.reason().startsWith("two runs of the baseline differ by"), row::reason);
    }
  }

  @Test
  void aRegressionThatASecondRoundDoesNotShowIsNone() {
    ComparisonRow row = conclude(turns(1.2, 1), turns(1.0, 1), true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().startsWith("a second round did not confirm it"), row::reason);
  }

  @Test
  void aRegressionWithoutASecondRoundIsNone() {
    ComparisonRow row = conclude(turns(1.07, 1), new Samples(), true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertEquals("+7.1% in the first round, but no time to confirm it in a second", row.reason());
  }

  /** As large as it takes to see it in few forks. */
  @Test
  void aLargeRegressionStandsWithoutASecondRound() {
    ComparisonRow row = conclude(turns(1.2, 1), new Samples(), true);
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertEquals("in 12 turns, without a second round", row.reason());
    assertTrue(row.bestCase() > 0.05, row::toString);
    assertEquals(0, row.noise(), 1e-9);
  }

  /** The first turns of a round that the budget cut short. */
  @Test
  void fewTurnsShowALargeChange() {
    assertEquals(Verdict.INCONCLUSIVE, ofFew(3, 2, 1).verdict());
    assertEquals("3 forks a side cannot reach p < 0.01; 8 would", ofFew(3, 2, 1).reason());
    ComparisonRow doubled = ofFew(4, 2, 1);
    assertEquals(Verdict.REGRESSED, doubled.verdict());
    assertEquals("in 4 turns, without a second round", doubled.reason());
    assertEquals(Verdict.IMPROVED, ofFew(4, 0.5, 1).verdict());
    assertEquals(Verdict.INCONCLUSIVE, ofFew(4, 1.08, 1).verdict());
  }

  /** Forks of two speeds: the control, which is the baseline, has that of the candidate. */
  @Test
  void fewTurnsShowNoChangeThatTheControlShows() {
    Samples first = new Samples();
    for (int i = 0; i < 4; i++) {
      first.add(turn(fork(100), fork(200), i % 2 == 0 ? fork(i == 0 ? 100 : 200) : null));
    }
    assertEquals(Verdict.INCONCLUSIVE, conclude(first, new Samples(), false).verdict());
    assertEquals(Verdict.INCONCLUSIVE, ofFew(4, 2, 2).verdict());
  }

  private static ComparisonRow ofFew(int turns, double candidate, double control) {
    Samples first = new Samples();
    for (int i = 0; i < turns; i++) {
      double level = 100 + 0.1 * i;
      first.add(
          turn(fork(level), fork(level * candidate), i % 2 == 0 ? fork(level * control) : null));
    }
    return conclude(first, new Samples(), false);
  }

  @Test
  void whatWasNotSuspectedIsNone() {
    ComparisonRow row = conclude(turns(1.2, 1), turns(1.2, 1), false);
    assertEquals("regressed, but was not suspected in the first round", row.reason());
  }

  /** What got better is tempered by the control like what got worse, and needs no second round. */
  @Test
  void anImprovementStandsWithoutASecondRound() {
    ComparisonRow row = conclude(turns(0.8, 1), new Samples(), true);
    assertEquals(Verdict.IMPROVED, row.verdict());
    assertEquals(0, row.noise(), 1e-9);
    ComparisonRow few = conclude(fewControls(0.93, 0.92), new Samples(), true);
    assertEquals(Verdict.INCONCLUSIVE, few.verdict());
    assertEquals("no more than two runs of the baseline differ by, 8%", few.reason());
    assertEquals(0.08, few.noise(), 1e-9);
  }

  /** As much as two runs of the baseline differ by is no more than that. */
  @Test
  void aChangeOfTheSizeOfTheNoiseIsNone() {
    for (double ratio : new double[] {1.25, 0.75}) {
      Samples same = new Samples();
      for (int i = 0; i < 12; i++) {
        same.add(turn(fork(128), fork(128 * ratio), i < 2 ? fork(128 * ratio) : null));
      }
      ComparisonRow row = conclude(same, same, true);
      assertEquals(Verdict.INCONCLUSIVE, row.verdict());
      assertEquals("no more than two runs of the baseline differ by, 25%", row.reason());
    }
  }

  /** Fresh forks that are too few to tell confirm nothing. */
  @Test
  void aSecondRoundOfFewForksIsNone() {
    Samples second = new Samples();
    for (int i = 0; i < 3; i++) {
      second.add(turn(fork(100), fork(107), null));
    }
    ComparisonRow row = conclude(turns(1.07, 1), second, true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().endsWith("no time to confirm it in a second"), row::reason);
  }

  /** The smaller side counts: the forks that confirm it are pairs. */
  @Test
  void theForksOfASecondRoundAreCounted() {
    Samples second = new Samples();
    for (int i = 0; i < 20; i++) {
      double level = 100 + 0.1 * i;
      second.add(turn(fork(level), fork(level * 1.3), null));
    }
    ComparisonRow row = conclude(turns(1.2, 1), second, true);
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertEquals("+30.0% again in a second round of 20 forks a side", row.reason());
  }

  /** What all forks do not show, a second round need not confirm. */
  @Test
  void aSuspicionThatAllForksClearIsCleared() {
    Samples second = new Samples();
    for (int i = 0; i < 60; i++) {
      double level = 100 + 0.1 * i;
      second.add(turn(fork(level), fork(level * (1 + 1e-4 * i)), null));
    }
    ComparisonRow row = conclude(turns(1.2, 1), second, true);
    assertEquals(Verdict.PASS, row.verdict(), row::reason);
  }

  /** Bytes do not depend on the machine: neither control nor second round. */
  @Test
  void whatIsCountedStandsAtOnce() {
    BenchmarkMetric bytes =
        new BenchmarkMetric("gc.alloc.rate.norm", "B/op", Direction.LOWER_IS_BETTER, true);
    RowKey key = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(bytes);
    Samples first = new Samples();
    for (int i = 0; i < 6; i++) {
      first.add(turn(fork(key, bytes, 24), fork(key, bytes, 48), fork(key, bytes, 96)));
    }
    ComparisonRow row = conclude(first, new Samples(), false);
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertEquals("", row.reason());
    assertEquals(Double.NaN, row.noise());
  }

  /** A row without forks of both sides is what its unit says; one that failed stays so. */
  @Test
  void rowsWithoutForksAreConcludedByTheirUnit() {
    RowKey other = RowKey.run("a.B.d", "avgt", 1, Map.of()).of(TIME);
    RowKey gone = RowKey.run("a.B.e", "avgt", 1, Map.of()).of(TIME);
    Results both = Results.of("both", List.of(series(KEY, 100), series(other, 100)));
    Results base = both.plus(Results.of("more", List.of(series(gone, 100))));
    Samples first = turns(1.0, 1);
    Samples oneSided = new Samples();
    oneSided.add(turn(fork(100).plus(fork(other, TIME, 100)), fork(100), null));
    Conclusion conclusion =
        new Conclusion(ComparisonRules.DEFAULT, first.plus(oneSided), new Samples());
    List<ComparisonRow> rows =
        conclusion
            .all(
                List.of(),
                DryRun.of(base, both),
                row -> row.concluded(Verdict.INCONCLUSIVE, "no time for " + row.key().shortName()))
            .rows();
    assertEquals(List.of(KEY, other, gone), rows.stream().map(ComparisonRow::key).toList());
    assertEquals(Verdict.PASS, rows.get(0).verdict());
    assertEquals("no time for B.d", rows.get(1).reason());
    assertEquals(Verdict.MISSING, rows.get(2).verdict());
    List<ComparisonRow> failed =
        conclusion
            .all(
                List.of(),
                DryRun.of(both, both),
                row -> row.concluded(Verdict.INCOMPARABLE, "failed"))
            .rows();
    assertEquals("failed", failed.get(0).reason(), "although some forks succeeded");
  }

  /** Without a control there is no noise to compare with. */
  @Test
  void aConfirmedRegressionStandsWithoutAControl() {
    ComparisonRow row = conclude(turns(1.2, 1, 0), turns(1.2, 1, 0), true);
    assertEquals(Verdict.REGRESSED, row.verdict());
    assertEquals(Double.NaN, row.noise());
  }

  /** What is no change needs no excuse. */
  @Test
  void noChangeIsNoneBesideMoreNoise() {
    ComparisonRow row = conclude(fewControls(1.01, 1.08), new Samples(), true);
    assertEquals(Verdict.PASS, row.verdict());
    assertEquals("", row.reason());
    assertEquals(0.08, row.noise(), 1e-9);
  }

  /** A second round in which the candidate failed confirms nothing. */
  @Test
  void aSecondRoundOfOneSideIsNone() {
    RowKey other = RowKey.run("a.B.d", "avgt", 1, Map.of()).of(TIME);
    Samples second = new Samples();
    for (int i = 0; i < 12; i++) {
      second.add(turn(fork(100), fork(other, TIME, 100), null));
    }
    ComparisonRow row = conclude(turns(1.07, 1), second, true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().endsWith("no time to confirm it in a second"), row::reason);
  }

  /** A row that the dry run did not meet is concluded from its forks. */
  @Test
  void aRowThatTheDryRunMissedIsKept() {
    Conclusion conclusion = new Conclusion(ComparisonRules.DEFAULT, turns(1, 1), new Samples());
    List<ComparisonRow> rows = conclusion.all(List.of(), DryRun.NONE, row -> row).rows();
    assertEquals(List.of(KEY), rows.stream().map(ComparisonRow::key).toList());
    assertEquals(Verdict.PASS, rows.get(0).verdict());
  }

  /** Only suspects are confirmed, as a family of their own, in the baseline's unit. */
  @Test
  void onlySuspectsAreConfirmed() {
    RowKey other = RowKey.run("a.B.d", "avgt", 1, Map.of()).of(TIME);
    BenchmarkMetric nanos =
        new BenchmarkMetric(BenchmarkMetric.PRIMARY, "ns/op", Direction.LOWER_IS_BETTER, false);
    RowKey inNanos = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(nanos);
    Samples second = new Samples();
    for (int i = 0; i < 12; i++) {
      double level = 100 + 0.1 * i;
      second.add(
          turn(
              fork(level).plus(fork(other, TIME, level)),
              fork(inNanos, nanos, level * 1500).plus(fork(other, TIME, level)),
              null));
    }
    Samples first = turns(1.2, 1);
    Conclusion conclusion = new Conclusion(ComparisonRules.DEFAULT, first, second);
    List<ComparisonRow> again = conclusion.confirming(conclusion.screening().rows()).rows();
    assertEquals(List.of(KEY), again.stream().map(ComparisonRow::key).toList());
    assertEquals(0.5, again.get(0).change(), 1e-9);
    assertEquals(again.get(0).p(), again.get(0).adjustedP());
    assertEquals(List.of(), conclusion.confirming(List.of()).rows());
  }

  private static Map<Arm, Results> turn(
      Results base, Results candidate, @Nullable Results control) {
    Map<Arm, Results> turn = new EnumMap<>(Arm.class);
    turn.put(Arm.BASELINE, base);
    turn.put(Arm.CANDIDATE, candidate);
    if (control != null) {
      turn.put(Arm.CONTROL, control);
    }
    return turn;
  }

  private static ComparisonRow conclude(Samples first, Samples second, boolean suspected) {
    Conclusion conclusion = new Conclusion(ComparisonRules.DEFAULT, first, second);
    List<ComparisonRow> suspects =
        conclusion.screening().rows().stream()
            .filter(row -> suspected && row.verdict() == Verdict.REGRESSED)
            .toList();
    Results base = first.of(Arm.BASELINE, Arm.BASELINE);
    return conclusion.all(suspects, DryRun.of(base, base), row -> row).rows().get(0);
  }

  private static Samples turns(double candidate, double control) {
    return turns(candidate, control, 12);
  }

  private static Samples fewControls(double candidate, double control) {
    return turns(candidate, control, 2);
  }

  /** Twelve turns; the control takes part in the first of them. */
  private static Samples turns(double candidate, double control, int controls) {
    Samples samples = new Samples();
    for (int i = 0; i < 12; i++) {
      Map<Arm, Results> turn = new EnumMap<>(Arm.class);
      double level = 100 + 0.1 * i;
      turn.put(Arm.BASELINE, fork(level));
      turn.put(Arm.CANDIDATE, fork(level * candidate * (1 + 1e-4 * i)));
      if (i < controls) {
        turn.put(Arm.CONTROL, fork(level * control));
      }
      samples.add(turn);
    }
    return samples;
  }

  private static Results fork(double score) {
    return fork(KEY, TIME, score);
  }

  private static Results fork(RowKey key, BenchmarkMetric metric, double score) {
    return Results.of("fork", List.of(series(key, metric, score)));
  }

  private static Series series(RowKey key, double score) {
    return series(key, TIME, score);
  }

  private static Series series(RowKey key, BenchmarkMetric metric, double score) {
    Environment environment = new Environment("", "", "", "", List.of(), 0, 1);
    return new Series(key, metric, environment, List.of(new double[] {score}));
  }
}

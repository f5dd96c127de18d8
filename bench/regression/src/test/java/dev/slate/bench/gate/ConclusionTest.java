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
    ComparisonRow row = conclude(turns(1.2, 1), new Samples(), true);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().endsWith("no time to confirm it in a second"), row::reason);
  }

  @Test
  void whatWasNotSuspectedIsNone() {
    ComparisonRow row = conclude(turns(1.2, 1), turns(1.2, 1), false);
    assertEquals("regressed, but was not suspected in the first round", row.reason());
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
    Environment environment = new Environment("", "", "", "", List.of(), 0, 1);
    return Results.of(
        "fork", List.of(new Series(KEY, TIME, environment, List.of(new double[] {score}))));
  }
}

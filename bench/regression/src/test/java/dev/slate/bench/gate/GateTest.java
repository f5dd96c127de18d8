package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.ComparisonRow;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The gate on a machine of paper, in seconds of its own clock. */
class GateTest {
  private static final Duration BUDGET = Duration.ofMinutes(10);
  private final StringWriter err = new StringWriter();

  @Test
  void equalCodePassesWithinTheBudget() {
    SyntheticHarness harness = new SyntheticHarness(1, "a.B.c", "a.B.d", "a.B.e");
    GateOutcome outcome = run(harness, BUDGET);
    assertEquals(0, outcome.comparison().exitCode(), () -> "" + outcome.comparison().rows());
    assertTrue(harness.nanos() <= BUDGET.toNanos());
    assertTrue(err.toString().contains("gate: 3 benchmarks, 10 forks a side first"), err::toString);
    assertTrue(outcome.comparison().notes().getLast().startsWith("A/A: "));
  }

  @Test
  void aSlowdownIsConfirmedByASecondRound() {
    SyntheticHarness harness = new SyntheticHarness(2, "a.B.c", "a.B.d");
    harness.slowdown.put("a.B.d", 1.15);
    GateOutcome outcome = run(harness, BUDGET);
    ComparisonRow slow = time(outcome, "a.B.d");
    assertEquals(Verdict.REGRESSED, slow.verdict());
    assertTrue(
        slow.reason().matches("\\+1\\d\\.\\d% again in a second round of 10 forks a side"),
        slow::reason);
    assertEquals(Verdict.PASS, time(outcome, "a.B.c").verdict());
    assertEquals(3, outcome.comparison().exitCode());
  }

  @Test
  void allocationAloneIsARegression() {
    SyntheticHarness harness = new SyntheticHarness(3, "a.B.c");
    harness.bytes.put("a.B.c", 16.0);
    GateOutcome outcome = run(harness, BUDGET);
    assertEquals(Verdict.PASS, time(outcome, "a.B.c").verdict());
    assertEquals(1, outcome.comparison().count(Verdict.REGRESSED));
    assertEquals(3, outcome.comparison().exitCode());
  }

  /** Run after one another these sides would differ; in turns they do not. */
  @Test
  void aMachineThatDriftsDoesNotLookLikeARegression() {
    long alarms =
        LongStream.range(0, 60)
            .parallel()
            .mapToObj(
                seed -> {
                  SyntheticHarness harness = new SyntheticHarness(seed, "a.B.c", "a.B.d");
                  harness.driftAnHour = 1.2;
                  return run(harness, BUDGET);
                })
            .filter(outcome -> outcome.comparison().exitCode() == 3)
            .count();
    assertEquals(0, alarms);
  }

  @Test
  void theBudgetGoesWhereItDecides() {
    SyntheticHarness harness = new SyntheticHarness(4, "a.B.quiet", "a.B.noisy");
    harness.noise.put("a.B.noisy", 0.12);
    run(harness, BUDGET);
    int quiet = harness.forks.get("a.B.quiet");
    int noisy = harness.forks.get("a.B.noisy");
    assertTrue(noisy > 2 * quiet, harness.forks::toString);
  }

  @Test
  void aBudgetTooSmallIsInconclusiveAndSaysWhy() {
    SyntheticHarness harness = new SyntheticHarness(5, "a.B.c", "a.B.d", "a.B.e");
    GateOutcome outcome = run(harness, Duration.ofSeconds(40));
    assertEquals(4, outcome.comparison().exitCode());
    assertFalse(outcome.interrupted());
    assertTrue(harness.nanos() <= Duration.ofSeconds(40).toNanos());
    assertTrue(time(outcome, "a.B.c").reason().contains("would"), time(outcome, "a.B.c")::reason);
    assertTrue(outcome.comparison().notes().getFirst().contains("more than the budget"));
  }

  @Test
  void withoutTimeForAForkTheRowIsStillThere() {
    GateOutcome outcome = run(new SyntheticHarness(6, "a.B.c"), Duration.ofSeconds(2));
    assertEquals("no time was left for it", time(outcome, "a.B.c").reason());
    assertEquals(4, outcome.comparison().exitCode());
  }

  /** Suspected when the budget is all but spent: not a regression, and not a pass. */
  @Test
  void aSuspicionWithoutTimeToConfirmIsInconclusive() {
    SyntheticHarness harness = new SyntheticHarness(7, "a.B.c");
    harness.slowdown.put("a.B.c", 1.06);
    ComparisonRow row = time(run(harness, Duration.ofSeconds(44)), "a.B.c");
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(
        row.reason().endsWith("in the first round, but no time to confirm it in a second"),
        row::reason);
  }

  /** Four turns or more of a first round of eight. */
  @Test
  void aDoublingNeedsNoSecondRound() {
    for (int seconds : new int[] {22, 30, 44}) {
      SyntheticHarness harness = new SyntheticHarness(7, "a.B.c");
      harness.slowdown.put("a.B.c", 2.0);
      ComparisonRow row = time(run(harness, Duration.ofSeconds(seconds)), "a.B.c");
      assertEquals(Verdict.REGRESSED, row.verdict(), row::reason);
      assertTrue(row.reason().endsWith("turns, without a second round"), row::reason);
    }
  }

  @Test
  void anInterruptKeepsWhatThereIs() {
    SyntheticHarness harness = new SyntheticHarness(8, "a.B.c", "a.B.d");
    harness.stopAfter = 12;
    GateOutcome outcome = run(harness, BUDGET);
    assertTrue(outcome.interrupted());
    assertEquals(4, outcome.comparison().rows().size());
    assertTrue(time(outcome, "a.B.c").candidateForks() >= 1);
  }

  @Test
  void otherFlagsAreRefusedBeforeAnyForkRuns() {
    SyntheticHarness harness = new SyntheticHarness(9, "a.B.c");
    harness.flags.put(Arm.CANDIDATE, List.of("-XX:UseAVX=2"));
    GateOutcome outcome = run(harness, BUDGET);
    assertEquals(2, outcome.comparison().count(Verdict.INCOMPARABLE));
    assertEquals("JVM flags: none against -XX:UseAVX=2", time(outcome, "a.B.c").reason());
    assertEquals(0, harness.forks.size());
    assertEquals(4, outcome.comparison().exitCode());
  }

  @Test
  void aBenchmarkThatFailsIsIncomparable() {
    SyntheticHarness harness = new SyntheticHarness(10, "a.B.c", "a.B.d");
    harness.failing = "a.B.d";
    GateOutcome outcome = run(harness, BUDGET);
    assertEquals("it failed on the candidate", time(outcome, "a.B.d").reason());
    assertEquals(Verdict.PASS, time(outcome, "a.B.c").verdict());
  }

  /** Where identical code differs as much as a regression would, nothing can be said. */
  @Test
  void aControlThatDiffersTakesTheVerdictBack() {
    SyntheticHarness harness = new SyntheticHarness(11, "a.B.c");
    harness.slowdown.put("a.B.c", 1.3);
    harness.controlShift = 1.3;
    ComparisonRow row = time(run(harness, Duration.ofMinutes(20)), "a.B.c");
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().contains("two runs of the baseline differ by +"), row::reason);
  }

  private GateOutcome run(SyntheticHarness harness, Duration budget) {
    Clock clock = new Clock(budget, harness::nanos);
    GateProgress progress = new GateProgress(new PrintWriter(err, true), false, clock);
    return new Gate(
            harness, ComparisonRules.DEFAULT, rows -> rows, IterationTime.AUTO, clock, progress)
        .run();
  }

  private static ComparisonRow time(GateOutcome outcome, String benchmark) {
    return outcome.comparison().rows().stream()
        .filter(row -> row.key().benchmark().equals(benchmark) && !row.metric().deterministic())
        .findFirst()
        .orElseThrow();
  }
}

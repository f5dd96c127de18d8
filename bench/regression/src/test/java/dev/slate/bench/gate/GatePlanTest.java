package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.compare.ComparisonRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long forks are that take some time to get ready, of a benchmark of five iterations. */
class GatePlanTest {
  private static final DryRun ONE =
      DryRun.of(
          new SyntheticHarness(1, "a.B.c").dryRun(Arm.BASELINE),
          new SyntheticHarness(1, "a.B.c").dryRun(Arm.CANDIDATE));

  private static GatePlan plan(Duration dryRunTime, Duration budget, IterationTime asked) {
    return GatePlan.of(ONE, ComparisonRules.DEFAULT, asked, dryRunTime, budget);
  }

  /** A fork that takes long to get ready measures for as long, where there is time for it. */
  @ParameterizedTest
  @CsvSource({
    " 700,  4, 380,  380",
    " 700, 60, 500,  500",
    "4000,  2, 100,  100",
    "4000, 10, 500,  800",
    "6000, 10, 500,  550",
    "6000, 60, 500, 1200",
    "6000,  8, 300,  300"
  })
  void theBudgetAndTheOverheadDecide(long overhead, long minutes, long warmup, long length) {
    GatePlan plan =
        plan(Duration.ofMillis(overhead), Duration.ofMinutes(minutes), IterationTime.AUTO);
    assertEquals(8, plan.turns());
    assertEquals(
        new Iterations(Duration.ofMillis(warmup), Duration.ofMillis(length), 0), plan.iterations());
  }

  /** 20 forks of the first round, and 20 that confirm. */
  @Test
  void theExpectedTimeIsThatOfTheForks() {
    GatePlan plan = plan(Duration.ofSeconds(4), Duration.ofMinutes(10), IterationTime.AUTO);
    assertEquals(Duration.ofMillis(40 * (4000 + 5 * (500 + 800))), plan.expected());
    assertTrue(plan.expected().compareTo(Duration.ofMinutes(10)) < 0);
  }

  @Test
  void whatTheUserSaysStands() {
    Duration second = Duration.ofSeconds(1);
    assertEquals(
        Iterations.of(Duration.ofMillis(70)),
        plan(second, Duration.ofMinutes(10), IterationTime.of("70ms")).iterations());
    assertNull(plan(second, Duration.ofMinutes(10), IterationTime.ANNOTATED).iterations());
  }
}

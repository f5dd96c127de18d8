package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.Results;
import dev.slate.bench.results.Series;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The promises of the verdicts, over thousands of {@link Forks synthetic pairs} of known truth. */
class ErrorRateTest {
  private static final int PAIRS = 2000;

  @Test
  void falseAlarmsOnEqualSidesStayUnderTwoPercent() {
    Map<Verdict, Long> verdicts = verdicts(10, 1.0);
    long alarms =
        verdicts.getOrDefault(Verdict.REGRESSED, 0L) + verdicts.getOrDefault(Verdict.IMPROVED, 0L);
    assertTrue(alarms <= 0.02 * PAIRS, verdicts::toString);
    assertTrue(verdicts.get(Verdict.PASS) >= 0.9 * PAIRS, verdicts::toString);
  }

  @Test
  void aSlowdownOfTenPercentIsSeenWithTenForks() {
    Map<Verdict, Long> verdicts = verdicts(10, 1.1);
    assertTrue(verdicts.get(Verdict.REGRESSED) >= 0.95 * PAIRS, verdicts::toString);
  }

  @Test
  void aSpeedupOfTenPercentIsSeenWithTenForks() {
    Map<Verdict, Long> verdicts = verdicts(10, 1 / 1.12, PAIRS / 10);
    assertTrue(verdicts.get(Verdict.IMPROVED) >= 0.95 * PAIRS / 10, verdicts::toString);
  }

  @Test
  void ranksOfFiveForksOfTwoRowsCanNeverTell() {
    Forks forks = new Forks(1);
    Results base = Results.of("a", forks.pair(Forks.key("a"), 5, 2).subList(0, 1));
    Results slow = Results.of("b", forks.pair(Forks.key("a"), 5, 2).subList(1, 2));
    Results more = Results.of("a", forks.pair(Forks.key("b"), 5, 2).subList(0, 1));
    Comparison comparison =
        Comparison.byRanks(base.plus(more), slow.plus(more), ComparisonRules.DEFAULT);
    for (ComparisonRow row : comparison.rows()) {
      assertEquals(Verdict.INCONCLUSIVE, row.verdict());
      assertEquals(6, row.forksNeeded());
      assertTrue(
          row.reason().contains("5 forks a side cannot reach p < 0.01 over 2 rows; 6 would"));
      assertEquals(Double.POSITIVE_INFINITY, row.detectable());
    }
    assertEquals(4, comparison.exitCode());
  }

  /** What is printed beside a verdict holds: a change of that size is flagged 4 times in 5. */
  @Test
  void theMinimumDetectableEffectIsDetected() {
    double detectable = 0;
    int pairs = 200;
    for (int i = 0; i < pairs; i++) {
      List<Series> equal = new Forks(i).pair(Forks.key("a"), 10, 1);
      detectable +=
          Forks.compare(List.of(equal), ComparisonRules.DEFAULT).rows().getFirst().detectable();
    }
    Map<Verdict, Long> verdicts = verdicts(10, 1 + detectable / pairs, PAIRS / 2);
    double power = verdicts.get(Verdict.REGRESSED) / (PAIRS / 2.0);
    assertEquals(Power.POWER, power, 0.12, verdicts::toString);
  }

  private static Map<Verdict, Long> verdicts(int forks, double slowdown) {
    return verdicts(forks, slowdown, PAIRS);
  }

  private static Map<Verdict, Long> verdicts(int forks, double slowdown, int pairs) {
    return LongStream.range(0, pairs)
        .parallel()
        .mapToObj(seed -> new Forks(seed).pair(Forks.key("a"), forks, slowdown))
        .map(
            pair ->
                Forks.compare(List.of(pair), ComparisonRules.DEFAULT).rows().getFirst().verdict())
        .collect(
            Collectors.groupingBy(
                verdict -> verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
  }
}

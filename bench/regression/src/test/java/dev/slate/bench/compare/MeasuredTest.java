package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.Series;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conclusions from evidence that is made by hand; the floor is a sixteenth. */
class MeasuredTest {
  private static final double FLOOR = 0.0625;
  private static final ComparisonRules RULES = rules(0.01);

  private static ComparisonRules rules(double alpha) {
    return new ComparisonRules(alpha, FLOOR, 0.95, 1, ForkSpread.stated(0.03));
  }

  private static Series series(int forks) {
    double[][] scores = new double[forks][];
    Arrays.setAll(scores, fork -> new double[] {100 + fork});
    return Forks.series(Forks.key("a"), scores);
  }

  private static Measured measured(int base, int candidate, double... changeLowHigh) {
    Interval interval = new Interval(changeLowHigh[0], changeLowHigh[1], changeLowHigh[2], 0.01);
    ForkEvidence evidence = new Unpaired(new double[base], new double[candidate], interval, 0.5);
    return new Measured(series(base), series(candidate), evidence);
  }

  @ParameterizedTest
  @CsvSource({
    "0.07, 0.01, 0.1, 0.0099, REGRESSED",
    "0.07, 0.01, 0.1, 0.01, INCONCLUSIVE",
    "0.07, 0, 0.1, 0.0099, INCONCLUSIVE",
    "0.0625, 0.01, 0.0625, 0.0099, PASS",
    "0.0625, 0.01, 0.063, 0.0099, INCONCLUSIVE",
    "-0.07, -0.1, -0.01, 0.0099, IMPROVED",
    "-0.07, -0.1, -0.01, 0.01, PASS",
    "-0.07, -0.1, 0, 0.0099, PASS",
    "-0.0625, -0.1, -0.01, 0.0099, PASS",
    "0.01, -0.1, 0.0625, 0.5, PASS",
    "0.01, -0.1, 0.063, 0.5, INCONCLUSIVE",
  })
  void aChangeIsSureAndLarge(double change, double low, double high, double p, Verdict verdict) {
    ComparisonRow row = measured(10, 10, change, low, high).judge(p, 1, RULES);
    assertEquals(verdict, row.verdict());
    assertEquals(List.of(change, low, high), List.of(row.change(), row.low(), row.high()));
    assertEquals(p, row.adjustedP());
    assertEquals(0.5, row.p());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 4, 1, '4 forks a side cannot reach p < 0.01; 5 would', 5",
    "5, 5, 2, '5 forks a side cannot reach p < 0.01 over 2 rows; 6 would', 6",
    "1, 1, 1, '1 fork a side cannot reach p < 0.01; 5 would', 5",
    "4, 3, 1, '4 against 3 forks cannot reach p < 0.01; 5 would', 5",
  })
  void fewForksSayHowManyWouldTell(int base, int candidate, int family, String reason, int needed) {
    ComparisonRow row = measured(base, candidate, 0, -0.1, 0.01).judge(1, family, RULES);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertEquals(reason, row.reason());
    assertEquals(needed, row.forksNeeded());
    assertEquals(Double.POSITIVE_INFINITY, row.detectable());
  }

  /** A p that can reach the level, and not fall below it, is not small enough. */
  @Test
  void theSmallestPMustFallBelowTheLevel() {
    Measured three = measured(3, 3, 0, -0.1, 0.01);
    double smallest = MannWhitney.smallestP(3, 3);
    assertEquals(Verdict.INCONCLUSIVE, three.judge(1, 1, rules(smallest)).verdict());
    assertEquals(Verdict.PASS, three.judge(1, 1, rules(Math.nextUp(smallest))).verdict());
    assertEquals(Verdict.INCONCLUSIVE, three.judge(1, 3, rules(0.2)).verdict());
  }

  /** The interval shrinks with the root of the forks: half as wide takes four times as many. */
  @ParameterizedTest
  @CsvSource({
    "10, 10, 'a slowdown of 9.4% cannot be excluded; about 40 forks would tell', 40",
    "50, 40, 'a slowdown of 9.4% cannot be excluded; about 200 forks would tell', 200",
    "40, 50, 'a slowdown of 9.4% cannot be excluded; about 200 forks would tell', 200",
    "51, 51, 'a slowdown of 9.4% cannot be excluded; more than 200 forks would be needed', 200",
  })
  void aWideIntervalSaysHowManyForksWouldTell(int base, int candidate, String reason, int needed) {
    ComparisonRow row = measured(base, candidate, 0.03125, -0.1, 0.09375).judge(1, 1, RULES);
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertEquals(reason, row.reason());
    assertEquals(needed, row.forksNeeded());
  }

  @Test
  void forksDoNotHelpWhereTheMedianIsAboveTheFloor() {
    ComparisonRow row = measured(10, 10, FLOOR, -0.1, 0.1).judge(1, 1, RULES);
    assertEquals(
        "a slowdown of 10% cannot be excluded; the median is above the floor, but p is not small",
        row.reason());
    assertEquals(0, row.forksNeeded());
  }

  @Test
  void whatIsNoTimeGetsWorseNotSlower() {
    BenchmarkMetric metric = new BenchmarkMetric("gc.time", "ms", Direction.LOWER_IS_BETTER, false);
    Series time = series(10);
    Series other = new Series(time.key(), metric, time.environment(), time.forks());
    Measured measured = new Measured(other, other, measured(10, 10, 0.01, -0.1, 0.1).evidence());
    assertTrue(measured.judge(1, 1, RULES).reason().startsWith("a worsening of 10%"));
  }

  /** Only of one fork on each side nothing is known of others. */
  @Test
  void withinOneFork() {
    for (int base = 1; base <= 2; base++) {
      for (int candidate = 1; candidate <= 2; candidate++) {
        Series before = series(base);
        Series after = series(candidate);
        ForkEvidence few = FewForks.of(before, after, ForkVariance.stated(0.03), RULES);
        Measured measured = new Measured(before, after, few);
        assertEquals(base == 1 && candidate == 1, measured.isWithinOneFork());
        assertEquals(
            base == 1 && candidate == 1 ? "within one fork" : "",
            measured.judge(1, 1, rules(0.01)).reason());
      }
    }
    assertFalse(measured(1, 1, 0, 0, 0).isWithinOneFork());
  }
}

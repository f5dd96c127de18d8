package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Series;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountedTest {
  private static final BenchmarkMetric BYTES =
      new BenchmarkMetric("gc.alloc.rate.norm", "B/op", Direction.LOWER_IS_BETTER, true);
  private static final BenchmarkMetric RECALL =
      new BenchmarkMetric("recall", "", Direction.HIGHER_IS_BETTER, true);

  @Test
  void oneObjectMoreIsARegressionWithTwoForksThatAgree() {
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(0.001, 0.001), forks(16.001, 16.001)));
    assertEquals(Verdict.IMPROVED, verdict(BYTES, forks(40, 40), forks(24, 24)));
  }

  /** Escape analysis may have succeeded in one JVM and not in the other. */
  @Test
  void oneForkCannotTellAllocation() {
    ComparisonRow row = Counted.judge(series(BYTES, forks(168)), series(BYTES, forks(198)));
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertTrue(row.reason().endsWith("a second fork a side (-f 2) would tell"), row::reason);
    assertEquals(Verdict.INCONCLUSIVE, verdict(BYTES, forks(24, 24), forks(4000)));
    assertEquals(Verdict.PASS, verdict(BYTES, forks(168), forks(169)));
  }

  @Test
  void theSecondForkHasToAgreeWithTheFirst() {
    assertEquals(Verdict.INCONCLUSIVE, verdict(BYTES, forks(168, 190), forks(198, 220)));
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(168, 172), forks(198, 203)));
  }

  /** Half a byte is the harness's; five are an object's field that came to life. */
  @Test
  void fiveBytesAreSeen() {
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(24, 24), forks(29, 29)));
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(24, 24), forks(24.6, 24.6)));
    assertEquals(Verdict.PASS, verdict(BYTES, forks(24, 24), forks(24.4, 24.4)));
    assertEquals(Verdict.PASS, verdict(BYTES, forks(1000, 1000), forks(1009, 1009)));
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(1000, 1000), forks(1011, 1011)));
  }

  @Test
  void whatTheHarnessAllocatesIsNoChange() {
    assertEquals(Verdict.PASS, verdict(BYTES, forks(0.0001), forks(0.3)));
    assertEquals(Verdict.PASS, verdict(BYTES, forks(10_000), forks(10_050)));
  }

  /** Few operations fit into an iteration, so JMH's share of the bytes varies. */
  @Test
  void iterationsThatWobbleAllowAsMuch() {
    double[][] slow = {{300, 420, 510, 380, 450}, {300, 420, 510, 380, 450}};
    double[][] slower = {{390, 520, 400, 610, 450}, {390, 520, 400, 610, 450}};
    assertEquals(Verdict.PASS, verdict(BYTES, slow, slower));
  }

  /** Operations that take 20 % longer, of which fewer fit into an iteration; and an object. */
  @Test
  void whatTheHarnessAllocatesIsSharedByFewerOperations() {
    Series base = series(forks(4.97, 4.99), 6.05);
    assertEquals(Verdict.PASS, Counted.judge(base, series(forks(5.88, 5.91), 7.26)).verdict());
    assertEquals(Verdict.PASS, Counted.judge(series(forks(5.9, 5.9), 7.26), base).verdict());
    assertEquals(Verdict.REGRESSED, Counted.judge(base, series(forks(22, 22), 7.26)).verdict());
    assertEquals(Verdict.REGRESSED, Counted.judge(base, series(forks(6, 6), 6.05)).verdict());
  }

  /** One iteration that compiled late does not hide an object. */
  @Test
  void anOutlierAllowsNothing() {
    double[][] clean = {{0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}};
    double[][] dirty = {{4800, 24, 24, 24, 24}, {24, 24, 24, 24, 24}};
    assertEquals(Verdict.REGRESSED, verdict(BYTES, clean, dirty));
  }

  @Test
  void forksThatDisagreeAreInconclusive() {
    ComparisonRow row =
        Counted.judge(
            series(BYTES, forks(0, 0, 24, 0, 0)), series(BYTES, forks(24, 24, 0, 24, 24)));
    assertEquals(Verdict.INCONCLUSIVE, row.verdict());
    assertEquals("forks of one side disagree: 0 to 24 against 0 to 24", row.reason());
  }

  @Test
  void recallIsBetterHigherAndExact() {
    assertEquals(Verdict.REGRESSED, verdict(RECALL, forks(1), forks(0.999)));
    assertEquals(Verdict.PASS, verdict(RECALL, forks(1), forks(1)));
    assertEquals(Verdict.IMPROVED, verdict(RECALL, forks(0.9), forks(0.95)));
  }

  /**
   * What is allowed is no change; a gap counts if it exceeds the spread of fewer than four forks.
   */
  @Test
  void onTheBounds() {
    assertEquals(Verdict.PASS, verdict(BYTES, forks(24, 24), forks(24.5, 24.5)));
    assertEquals(Verdict.PASS, verdict(BYTES, forks(100, 100), forks(101, 101)));
    assertEquals(Verdict.PASS, verdict(RECALL, forks(1), forks(1 - 0.9e-6)));
    assertEquals(Verdict.REGRESSED, verdict(RECALL, forks(1), forks(1 - 1.1e-6)));
    assertEquals(Verdict.PASS, verdict(RECALL, forks(1e-3), forks(1e-3 - 0.9e-9)));
    assertEquals(Verdict.REGRESSED, verdict(RECALL, forks(1e-3), forks(1e-3 - 1.1e-9)));
    assertEquals(Verdict.INCONCLUSIVE, verdict(BYTES, forks(168, 172), forks(176, 180)));
    assertEquals(Verdict.REGRESSED, verdict(BYTES, forks(168, 172), forks(177, 180)));
    double[][] three = forks(160, 166, 172);
    double[][] four = forks(160, 164, 168, 172);
    assertEquals(Verdict.INCONCLUSIVE, verdict(BYTES, three, forks(180, 190, 200)));
    assertEquals(Verdict.INCONCLUSIVE, verdict(BYTES, four, forks(180, 190, 200)));
    assertEquals(Verdict.REGRESSED, verdict(BYTES, four, forks(180, 190, 200, 210)));
    assertEquals(Verdict.IMPROVED, verdict(BYTES, forks(180, 190, 200, 210), four));
  }

  @Test
  void theChangeIsAShareOfTheBaseline() {
    assertEquals(0.25, change(forks(16, 16), forks(20, 20)));
    assertEquals(-0.25, change(forks(16, 16), forks(12, 12)));
    assertEquals(0, change(forks(0, 0), forks(0, 0)));
    assertEquals(Double.POSITIVE_INFINITY, change(forks(0, 0), forks(20, 20)));
    ComparisonRow shown =
        ComparisonRow.unjudged(series(BYTES, forks(16)), series(BYTES, forks(20)));
    assertEquals(0.25, shown.change());
    assertEquals(Verdict.UNJUDGED, shown.verdict());
    assertEquals(
        0, ComparisonRow.unjudged(series(BYTES, forks(0)), series(BYTES, forks(0))).change());
  }

  private static double change(double[][] base, double[][] candidate) {
    return Counted.judge(series(BYTES, base), series(BYTES, candidate)).change();
  }

  private static Verdict verdict(BenchmarkMetric metric, double[][] base, double[][] candidate) {
    return Counted.judge(series(metric, base), series(metric, candidate)).verdict();
  }

  private static Series series(double[][] forks, double harness) {
    Series plain = series(BYTES, forks);
    return new Series(plain.key(), BYTES, plain.environment(), plain.forks(), harness);
  }

  private static Series series(BenchmarkMetric metric, double[][] forks) {
    RowKey key = RowKey.run("a.B.c", "avgt", 1, Map.of()).of(metric);
    return new Series(key, metric, Forks.ENVIRONMENT, List.of(forks));
  }

  private static double[][] forks(double... medians) {
    double[][] forks = new double[medians.length][];
    for (int i = 0; i < forks.length; i++) {
      forks[i] = new double[] {medians[i]};
    }
    return forks;
  }
}

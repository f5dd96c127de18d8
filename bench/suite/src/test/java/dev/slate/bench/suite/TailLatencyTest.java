package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** On a clock that only operations move. */
class TailLatencyTest {
  private long now;
  private int runs;

  private double p99(int slowEvery, long slowNanos) {
    return TailLatency.p99(
        () -> now += ++runs % slowEvery == 0 ? slowNanos : 5_000, 5_000, () -> now);
  }

  @Test
  void everyOperationCountsOnce() {
    assertEquals(5, p99(500, 40_000), "one in 500 is slow: the 99th percentile is not");
    assertEquals(40, p99(50, 40_000), "one in 50 is slow: the 99th percentile is, too");
  }

  /** Between one in 100 and one in 20: a 95th percentile would not see it, nor a 99.9th miss it. */
  @Test
  void itIsTheNinetyNinth() {
    assertEquals(40, p99(40, 40_000));
    assertEquals(5, p99(150, 40_000));
  }

  @Test
  void slowOperationsAreLeftToJmh() {
    assertEquals(Double.NaN, TailLatency.p99(() -> runs++, 50_001, () -> now));
    assertEquals(0, runs, "at no cost");
  }
}

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

  private Runnable taking(long nanos) {
    return () -> {
      runs++;
      now += nanos;
    };
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

  /** Ten milliseconds for the caches, then fifty, or 10,000 operations. */
  @Test
  void itTakesItsTimeAndNoMore() {
    TailLatency.p99(taking(10_000), 10_000, () -> now);
    assertEquals(1_000 + 5_000, runs);
    runs = 0;
    TailLatency.p99(taking(1_000), 1_000, () -> now);
    assertEquals(10_000 + 10_000, runs);
    runs = 0;
    assertEquals(50, TailLatency.p99(taking(50_000), 50_000, () -> now));
    assertEquals(200 + 1_000, runs, "50 µs are not slow");
  }

  /** Of 10,000 operations the 9,900th, from the fastest on. */
  @Test
  void itsRankIsExact() {
    assertEquals(1, slowOnes(100));
    assertEquals(9, slowOnes(101));
  }

  private double slowOnes(int slow) {
    runs = 0;
    return TailLatency.p99(
        () -> now += ++runs > 10_000 && runs <= 10_000 + slow ? 9_000 : 1_000, 1_000, () -> now);
  }

  @Test
  void slowOperationsAreLeftToJmh() {
    assertEquals(Double.NaN, TailLatency.p99(() -> runs++, 50_001, () -> now));
    assertEquals(0, runs, "at no cost");
  }
}

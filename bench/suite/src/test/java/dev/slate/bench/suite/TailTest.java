package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TailTest {
  private int runs;

  @Test
  void everyOperationCountsOnce() {
    double rare = Tail.p99(() -> spin(runs++ % 500 == 0 ? 2_000 : 5), 5_000);
    assertTrue(rare < 1_000, "one in 500 is slow, but the 99th percentile is " + rare);
    double common = Tail.p99(() -> spin(runs++ % 50 == 0 ? 2_000 : 5), 5_000);
    assertTrue(common >= 2_000, "one in 50 is slow, but the 99th percentile is " + common);
  }

  @Test
  void slowOperationsAreLeftToJmh() {
    assertEquals(Double.NaN, Tail.p99(() -> spin(200), 200_000));
  }

  private static void spin(long micros) {
    long end = System.nanoTime() + 1_000 * micros;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}

package dev.slate.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.ScalarResult;

/** Fast operations are timed with their own caches, slow ones beside the ceilings. */
class RooflineTest {
  private static final int STREAMED = 1 << 20;

  private int operations;

  @Test
  void aFastOperationRunsBetweenStreamAndIteration() {
    Roofline roofline = Roofline.start(STREAMED, 1, false);
    Roofline.watch(() -> operations++, 1);
    assertTrue(roofline.measure(1).length > 0);
    assertTrue(operations > 1, "operations: " + operations);
    Roofline.beside();
    assertEquals(0, roofline.drain().times().length);
  }

  @Test
  void aSlowOperationTakesTurnsWithTheCeilings() {
    Roofline roofline = Roofline.start(STREAMED, 1, false);
    Roofline.watch(() -> operations++, 1e12);
    assertTrue(roofline.interleaved());
    Roofline.beside();
    Roofline.beside();
    Roofline.Taken taken = roofline.drain();
    assertEquals(2, taken.times().length);
    assertEquals(2, taken.rates().length);
    for (double rate : taken.rates()) {
      assertTrue(rate > 0, "rate: " + rate);
    }
    assertEquals(0, roofline.drain().rates().length);
    assertEquals(0, operations);
  }

  /** From a quarter of the stream's time on, the stream empties no more than the operation does. */
  @Test
  void whatIsSlowTakesTurns() {
    assertFalse(Roofline.takesTurns(249, 1000));
    assertTrue(Roofline.takesTurns(251, 1000));
    assertTrue(Roofline.takesTurns(1e6, 1000));
  }

  @Test
  void ceilingsAreTimesInMicroseconds() {
    List<ScalarResult> results = RooflineProfiler.results(1_000_000, 250_000, 20);
    assertEquals("roofline.stream", results.get(0).getLabel());
    assertEquals(250, results.get(0).getScore(), "250,000 ns");
    assertEquals("roofline.peak", results.get(1).getLabel());
    assertEquals(50, results.get(1).getScore(), "a million attributes at 20 a nanosecond");
    assertEquals("us", results.get(1).getScoreUnit());
  }

  @Test
  void bothKindsOfArithmeticAreRates() {
    ArithmeticPeak peak = new ArithmeticPeak(1);
    assertTrue(peak.fma(1) > 0);
    assertTrue(peak.subtractFma(1) > 0);
  }
}

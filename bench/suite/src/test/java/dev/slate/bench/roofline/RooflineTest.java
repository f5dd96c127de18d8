package dev.slate.bench.roofline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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
}

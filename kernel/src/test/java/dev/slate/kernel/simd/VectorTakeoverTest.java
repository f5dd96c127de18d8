package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class VectorTakeoverTest {
  private final VectorTakeover takeover = new VectorTakeover();

  @Test
  void plainLoopsComeFirst() {
    assertFalse(takeover.due());
    assertFalse(takeover.over());
  }

  @Test
  void vectorsHaveAsMuchTimeAsPlainLoops() {
    takeover.took(false, 10, 1);
    assertTrue(takeover.due());
    takeover.took(true, 1_000, 1);
    int served = 0;
    while (!takeover.due()) {
      takeover.took(false, 10, 1);
      served++;
    }
    assertEquals(101, served);
    assertFalse(takeover.over());
  }

  @Test
  void vectorsTakeOverOnceTheyAreFasterAndNotBefore() {
    takeover.took(false, 100, 10);
    for (int trial = 0; trial < 50; trial++) {
      takeover.took(true, 1_000, 10);
      assertFalse(takeover.over());
    }
    int trials = 0;
    while (!takeover.over()) {
      takeover.took(true, 50, 10);
      trials++;
    }
    // the average of the last ones halves its distance from 5 a unit: 52, 28, 16, 10.9, 7.97
    assertEquals(5, trials);
  }

  /** As when the thread loses its processor: that is not the speed of plain loops. */
  @Test
  void aPauseInPlainLoopsIsNoReasonForVectors() {
    for (int call = 0; call < 100; call++) {
      takeover.took(false, 100, 10);
    }
    takeover.took(true, 10_000, 10);
    takeover.took(false, 10_000_000, 10);
    assertTrue(takeover.due());
    takeover.took(true, 10_000, 10);
    assertFalse(takeover.over());
  }

  @Test
  void countsTimeForEachUnitOfWork() {
    takeover.took(false, 100, 10);
    takeover.took(true, 110, 10);
    assertFalse(takeover.over());
    takeover.took(true, 110, 20);
    assertTrue(takeover.over());
  }
}

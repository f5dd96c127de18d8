package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  private final WarmUp warmUp = new WarmUp();

  @Test
  void plainLoopsComeFirst() {
    assertFalse(warmUp.due());
    assertFalse(warmUp.over());
  }

  @Test
  void vectorsHaveAsMuchTimeAsPlainLoops() {
    warmUp.took(false, 10, 1);
    assertTrue(warmUp.due());
    warmUp.took(true, 1_000, 1);
    int served = 0;
    while (!warmUp.due()) {
      warmUp.took(false, 10, 1);
      served++;
    }
    assertEquals(101, served);
    assertFalse(warmUp.over());
  }

  @Test
  void vectorsTakeOverOnceTheyAreFasterAndNotBefore() {
    warmUp.took(false, 100, 10);
    for (int trial = 0; trial < 50; trial++) {
      warmUp.took(true, 1_000, 10);
      assertFalse(warmUp.over());
    }
    int trials = 0;
    while (!warmUp.over()) {
      warmUp.took(true, 50, 10);
      trials++;
    }
    // the average of the last ones halves its distance from 5 a unit: 52, 28, 16, 10.9, 7.97
    assertEquals(5, trials);
  }

  /** As when the thread loses its processor: that is not the speed of plain loops. */
  @Test
  void aPauseInPlainLoopsIsNoReasonForVectors() {
    for (int call = 0; call < 100; call++) {
      warmUp.took(false, 100, 10);
    }
    warmUp.took(true, 10_000, 10);
    warmUp.took(false, 10_000_000, 10);
    assertTrue(warmUp.due());
    warmUp.took(true, 10_000, 10);
    assertFalse(warmUp.over());
  }

  @Test
  void countsTimeForEachUnitOfWork() {
    warmUp.took(false, 100, 10);
    warmUp.took(true, 110, 10);
    assertFalse(warmUp.over());
    warmUp.took(true, 110, 20);
    assertTrue(warmUp.over());
  }
}

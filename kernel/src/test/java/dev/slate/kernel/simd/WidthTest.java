package dev.slate.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fails where the wanted width is not the one that computes. */
@Tag("width")
class WidthTest {
  private static final String WANTED = System.getProperty(Simd.PROPERTY, "");

  @Test
  void theWantedWidthServes() {
    boolean absent = ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty();
    assertEquals(System.getProperty("slate.test.module", "present").equals("absent"), absent);
    if (absent) {
      assertEquals("scalar", Simd.width());
      assertTrue(Simd.reason().contains("--add-modules jdk.incubator.vector"), Simd.reason());
      return;
    }
    int preferred = Machine.preferredBits();
    if (WANTED.isEmpty()) {
      assertEquals(Integer.toString(preferred), Simd.width());
      return;
    }
    assumeTrue(
        WANTED.equals("scalar") || Integer.parseInt(WANTED) <= preferred,
        "this machine has no vectors of " + WANTED + " bits");
    assertEquals(WANTED, Simd.width());
    assertEquals(
        WANTED.equals("scalar") ? 1 : Integer.parseInt(WANTED) / 32, Simd.kernel().lanes());
  }

  /** Loaded only where the module is. */
  private static final class Machine {
    static int preferredBits() {
      return Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize());
    }
  }
}

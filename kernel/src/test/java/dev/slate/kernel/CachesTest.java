package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CachesTest {
  @Test
  void aCoreHasSomeAndNoneHoldsHundredsOfMegabytes() {
    assertTrue(Caches.hold(0));
    assertTrue(Caches.hold(1 << 20));
    assertFalse(Caches.hold(1 << 28));
    assertFalse(Caches.hold(1L << 40));
  }

  @Test
  void anAnswerIsGivenOnce() {
    boolean held = Caches.hold(5 << 20);
    assertEquals(held, Caches.hold(5 << 20));
    assertEquals(held, Caches.hold(8 << 20), "the same power of two");
  }

  /** Of the size of the few, they are the same stream. */
  @Test
  void aStreamIsComparedWithOneOfTheCoresOwn() {
    double same = Caches.slowdown(1 << 17);
    assertTrue(same > 0.4 && same < 2.5, same + " times");
  }
}

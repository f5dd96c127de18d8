package dev.slate.kernel.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdSetTest {
  @Test
  void holdsTheLastIdsOnly() {
    Random r = new Random(1);
    IdSet ids = new IdSet();
    assertFalse(ids.contains(0));
    for (int round = 0; round < 20; round++) {
      int size = new int[] {0, 1, 10, 20_000}[r.nextInt(4)];
      long[] some = r.longs(size, 0, 40_000).toArray();
      Set<Long> expected = new HashSet<>();
      LongStream.of(some).forEach(expected::add);
      ids.fill(some);
      for (long id = 0; id < 40_000; id++) {
        assertEquals(expected.contains(id), ids.contains(id), "round " + round + " id " + id);
      }
    }
  }

  /** One search that denies a million ids does not slow those that deny a few later. */
  @Test
  void aLargeTableIsNotClearedForAFewIds() {
    IdSet ids = new IdSet();
    ids.fill(LongStream.range(0, 1_000_000).toArray());
    assertTrue(ids.most() >= 1_000_000);
    ids.fill(new long[] {7});
    assertEquals(1, ids.most());
    ids.fill(LongStream.range(0, 10_000).toArray());
    ids.fill(new long[] {7});
    assertEquals(10_000, ids.most(), "a small table stays");
  }
}

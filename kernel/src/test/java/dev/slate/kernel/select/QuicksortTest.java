package dev.slate.kernel.select;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.kernel.Allocation;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuicksortTest {
  @Test
  void theSmallestComeFirst() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random r = new Random(seed);
      long[] a = longs(r, 1 + r.nextInt(700));
      long[] sorted = a.clone();
      int from = r.nextInt(a.length);
      int to = r.nextInt(from, a.length) + 1;
      Arrays.sort(sorted, from, to);
      int nth = r.nextInt(from, to);
      Quicksort.select(a, from, to, nth);
      assertEquals(sorted[nth], a[nth], "seed " + seed);
      Arrays.sort(a, from, nth);
      Arrays.sort(a, nth, to);
      assertArrayEquals(sorted, a, "seed " + seed);
    }
  }

  @Test
  void allAreSorted() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random r = new Random(seed);
      long[] a = longs(r, 1 + r.nextInt(1_000));
      int from = r.nextInt(a.length);
      int to = r.nextInt(from, a.length + 1);
      long[] sorted = a.clone();
      Arrays.sort(sorted, from, to);
      Quicksort.sort(a, from, to);
      assertArrayEquals(sorted, a, "seed " + seed);
    }
  }

  @Test
  void aSortedRangeAllocatesNothing() {
    long[] ascending = new long[1_000];
    Arrays.setAll(ascending, i -> i % 500);
    long[] a = ascending.clone();
    long allocated = 0;
    for (int i = 0; i < 100; i++) { // the first calls load classes
      System.arraycopy(ascending, 0, a, 0, a.length);
      long before = Allocation.bytes();
      Quicksort.sort(a, 0, a.length);
      allocated = Allocation.bytes() - before;
    }
    assertEquals(0, allocated);
  }

  @Test
  void hardOrdersAreSorted() {
    int n = 5_000;
    long[][] orders = new long[5][n];
    Arrays.setAll(orders[0], i -> i);
    Arrays.setAll(orders[1], i -> n - i);
    Arrays.setAll(orders[2], i -> Math.min(i, n - i));
    Arrays.setAll(orders[3], i -> Math.max(i, n - i));
    Arrays.setAll(orders[4], i -> i % 2 == 0 ? i : i / 2); // slow for a median of three
    for (long[] a : orders) {
      long[] sorted = a.clone();
      Arrays.sort(sorted);
      Quicksort.sort(a, 0, n);
      assertArrayEquals(sorted, a);
    }
  }

  /** Many equal ones, few, or the extremes. */
  private static long[] longs(Random r, int count) {
    long[] a = new long[count];
    int distinct = 1 + r.nextInt(3 * count);
    for (int i = 0; i < count; i++) {
      a[i] =
          switch (r.nextInt(40)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            default -> r.nextInt(distinct);
          };
    }
    return a;
  }
}

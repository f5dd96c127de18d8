package dev.slate.kernel.select;

/**
 * Hoare's quicksort and selection (1961, 1962) with Lomuto's partition (Bentley, Programming
 * Pearls, 1986) and pivots from the median of three, or of medians of three, at pseudo-random
 * places.
 *
 * <p>Where a long goes is computed, not branched upon: of random longs such a branch would be
 * mispredicted half the time, which costs more than all else (Edelkamp and Weiss, BlockQuicksort,
 * ESA 2016).
 */
public final class Quicksort {
  private static final int SMALL = 12;
  private static final int LARGE = 400;

  /** 2^64 over the golden ratio: its multiples spread evenly. */
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Quicksort() {}

  /**
   * Moves the smallest longs of a range to its front.
   *
   * @param a holds the range
   * @param from its start
   * @param to its end, exclusive
   * @param nth afterwards {@code a[from..nth) <= a[nth] <= a(nth..to)}
   */
  public static void select(long[] a, int from, int to, int nth) {
    int lo = from;
    int hi = to - 1;
    while (hi - lo >= SMALL) {
      long pivot = pivot(a, lo, hi);
      int middle = partition(a, lo, hi, pivot);
      if (middle > hi) {
        middle = partitionBelow(a, lo, hi, pivot);
        if (nth >= middle) {
          return;
        }
      }
      if (nth < middle) {
        hi = middle - 1;
      } else {
        lo = middle;
      }
    }
    insert(a, lo, hi);
  }

  /**
   * Sorts a range in place.
   *
   * @param a holds the range
   * @param from its start
   * @param to its end, exclusive
   */
  public static void sort(long[] a, int from, int to) {
    int lo = from;
    int hi = to - 1;
    while (hi - lo >= SMALL) {
      long pivot = pivot(a, lo, hi);
      int middle = partition(a, lo, hi, pivot);
      if (middle > hi) {
        hi = partitionBelow(a, lo, hi, pivot) - 1;
      } else if (middle - lo < hi - middle) {
        sort(a, lo, middle);
        lo = middle;
      } else {
        sort(a, middle, hi + 1);
        hi = middle - 1;
      }
    }
    insert(a, lo, hi);
  }

  /**
   * Moves the longs that are at most the pivot to the front.
   *
   * @return where the others start
   */
  private static int partition(long[] a, int lo, int hi, long pivot) {
    int middle = lo;
    for (int i = lo; i <= hi; i++) {
      long x = a[i];
      a[i] = a[middle];
      a[middle] = x;
      middle += x <= pivot ? 1 : 0;
    }
    return middle;
  }

  /**
   * Moves the longs below the pivot, the largest long of the range, to the front.
   *
   * @return where those that equal the pivot start: one or more
   */
  private static int partitionBelow(long[] a, int lo, int hi, long pivot) {
    return pivot == Long.MIN_VALUE ? lo : partition(a, lo, hi, pivot - 1);
  }

  private static long pivot(long[] a, int lo, int hi) {
    if (hi - lo < LARGE) {
      return median(a, lo, hi, 0);
    }
    return median(median(a, lo, hi, 0), median(a, lo, hi, 3), median(a, lo, hi, 6));
  }

  /** The median of three from places that no order is likely to have prepared. */
  private static long median(long[] a, int lo, int hi, int first) {
    return median(
        a[place(lo, hi, first)], a[place(lo, hi, first + 1)], a[place(lo, hi, first + 2)]);
  }

  private static int place(int lo, int hi, int i) {
    long size = hi - lo + 1L;
    return lo + (int) (((((size + i) * GOLDEN) >>> 32) * size) >>> 32);
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void insert(long[] a, int lo, int hi) {
    for (int i = lo + 1; i <= hi; i++) {
      a[i] = insert(a, lo, i, a[i]);
    }
  }

  /**
   * Inserts into a sorted range, without a branch that depends on the place.
   *
   * @param a holds the range
   * @param from its start
   * @param to its end, exclusive
   * @param x the long to insert
   * @return the largest of all, for which the range has no place
   */
  static long insert(long[] a, int from, int to, long x) {
    long later = x;
    for (int i = from; i < to; i++) {
      long held = a[i];
      a[i] = Math.min(held, later);
      later = Math.max(held, later);
    }
    return later;
  }
}

package dev.slate.kernel.select;

/** Hoare's selection (1961) with pivots from the median of three, or of medians of three. */
public final class Quickselect {
  private static final int SMALL = 12;
  private static final int LARGE = 400;

  private Quickselect() {}

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
      int i = lo;
      int j = hi;
      while (i <= j) {
        while (a[i] < pivot) {
          i++;
        }
        while (a[j] > pivot) {
          j--;
        }
        if (i <= j) {
          long swap = a[i];
          a[i++] = a[j];
          a[j--] = swap;
        }
      }
      if (nth <= j) {
        hi = j;
      } else if (nth >= i) {
        lo = i;
      } else {
        return;
      }
    }
    sort(a, lo, hi);
  }

  private static long pivot(long[] a, int lo, int hi) {
    int mid = (lo + hi) >>> 1;
    if (hi - lo < LARGE) {
      return median(a[lo], a[mid], a[hi]);
    }
    int step = (hi - lo) >>> 3;
    return median(
        median(a[lo], a[lo + step], a[lo + 2 * step]),
        median(a[mid - step], a[mid], a[mid + step]),
        median(a[hi - 2 * step], a[hi - step], a[hi]));
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void sort(long[] a, int lo, int hi) {
    for (int i = lo + 1; i <= hi; i++) {
      long x = a[i];
      int j = i - 1;
      while (j >= lo && a[j] > x) {
        a[j + 1] = a[j--];
      }
      a[j + 1] = x;
    }
  }
}

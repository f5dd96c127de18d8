package dev.slate.kernel.tree;

import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Quicksort;

/** Divides ranges of rows across a column (Bentley 1975), equal values by row number. */
final class Partitioner {
  /** Rows of a range that are looked at to find its widest column. */
  private static final int GLANCE = 64;

  private final float[] rows;
  private final int width;
  private final long[] items;

  /**
   * Divides rows.
   *
   * @param rows the rows, row-major; they stay where they are
   * @param width floats of a row
   * @param count number of rows
   * @param items scratch for count longs; receives the order, row numbers in the low 32 bits
   */
  Partitioner(float[] rows, int width, int count, long[] items) {
    this.rows = rows;
    this.width = width;
    this.items = items;
    for (int i = 0; i < count; i++) {
      items[i] = i;
    }
  }

  /** The row number at a position of the order. */
  int row(int position) {
    return (int) items[position];
  }

  /** An attribute of the row at a position of the order. */
  float value(int position, int column) {
    return rows[row(position) * width + column];
  }

  /** Reorders a range by a column so that nothing before the cut comes after it. */
  void divide(int from, int to, int cut, int column) {
    for (int i = from; i < to; i++) {
      int row = (int) items[i];
      int bits = Float.floatToRawIntBits(rows[row * width + column] + 0f);
      items[i] = ((long) Candidate.sortable(bits) << 32) | row;
    }
    Quicksort.select(items, from, to, cut);
  }

  /**
   * Where the run of values equal to the one at a cut starts, in the range {@link #divide}d last.
   */
  int runStart(int from, int cut) {
    int equal = 0;
    for (int i = from; i < cut; i++) {
      equal += items[i] >> 32 == items[cut] >> 32 ? 1 : 0;
    }
    return cut - equal;
  }

  /** Where the run of values equal to the one at a cut ends, in the range {@link #divide}d last. */
  int runEnd(int cut, int to) {
    int equal = 0;
    for (int i = cut; i < to; i++) {
      equal += items[i] >> 32 == items[cut] >> 32 ? 1 : 0;
    }
    return cut + equal;
  }

  /** The column of the widest spread among some rows of a range. */
  int widest(int from, int to) {
    int widest = 0;
    float most = -1f;
    for (int j = 0; j < width; j++) {
      float spread = spread(from, to, j);
      if (spread > most) {
        most = spread;
        widest = j;
      }
    }
    return widest;
  }

  private float spread(int from, int to, int column) {
    int step = Math.max(1, (to - from) / GLANCE);
    float lo = Float.POSITIVE_INFINITY;
    float hi = Float.NEGATIVE_INFINITY;
    for (int i = from; i < to; i += step) {
      float x = value(i, column);
      lo = Math.min(lo, x);
      hi = Math.max(hi, x);
    }
    return hi - lo;
  }
}

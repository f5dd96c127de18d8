package dev.slate.kernel.tree;

import dev.slate.kernel.select.Candidate;
import java.util.Arrays;

/**
 * A binary tree of planes that assigns rows to buckets. A plane is a column, a value and an
 * ordinal: a row goes right if its (value, ordinal) is not below the plane's, so that equal values
 * can be divided by ordinal and no data is too degenerate to split.
 */
final class Splits {
  private final int[] column;
  private final long[] place;
  private final int[] weight;
  private final int[] child;
  private final int[] level;
  private int planes;
  private int depth;

  /**
   * Creates planes to be set.
   *
   * @param most number of planes, at most
   */
  Splits(int most) {
    this.column = new int[most];
    this.place = new long[most];
    this.weight = new int[most];
    this.child = new int[2 * most];
    this.level = new int[most];
  }

  /** Adds a plane whose halves are to be linked; the first is the root. */
  int add(int column, float value, int ordinal, int weight) {
    this.column[planes] = column;
    this.place[planes] = place(value, ordinal);
    this.weight[planes] = weight;
    depth = Math.max(depth, 1);
    return planes++;
  }

  /** Sets a half of a plane: a plane, or {@code ~bucket}. */
  void link(int plane, int half, int ref) {
    child[2 * plane + half] = ref;
    if (ref >= 0) {
      level[ref] = level[plane] + 1;
      depth = Math.max(depth, level[ref] + 1);
    }
  }

  /** A half of a plane: a plane, or {@code ~bucket}. */
  int half(int plane, int half) {
    return child[2 * plane + half];
  }

  /** How much of the sample a plane divides. */
  int weight(int plane) {
    return weight[plane];
  }

  int buckets() {
    return planes + 1;
  }

  /** The root: plane 0, or {@code ~bucket 0} where nothing is divided. */
  int root() {
    return planes == 0 ? ~0 : 0;
  }

  /**
   * Finds the buckets of consecutive rows. All go down together, a plane at a time: none waits for
   * the one before it, and no branch depends on where one goes.
   *
   * @param rows holds the rows, one after the other
   * @param width floats of a row
   * @param count number of rows
   * @param firstOrdinal the ordinal of the first
   * @param buckets receives the bucket of each
   */
  void route(float[] rows, int width, int count, int firstOrdinal, int[] buckets) {
    Arrays.fill(buckets, 0, count, root());
    for (int i = 0; i < depth; i++) {
      for (int r = 0; r < count; r++) {
        int ref = buckets[r];
        int arrived = ref >> 31;
        int plane = ref & ~arrived;
        long place = place(rows[r * width + column[plane]], firstOrdinal + r);
        int right = (int) (~(place - this.place[plane]) >>> 63);
        buckets[r] = (ref & arrived) | (child[2 * plane + right] & ~arrived);
      }
    }
    for (int r = 0; r < count; r++) {
      buckets[r] = ~buckets[r];
    }
  }

  /**
   * A (value, ordinal) as a long that orders as it does, both zeros alike. It has 63 bits, so that
   * the sign of a difference tells which comes first.
   */
  private static long place(float value, int ordinal) {
    int bits = Float.floatToRawIntBits(value + 0f);
    return ((long) Candidate.sortable(bits) << 31) | ordinal;
  }

  /** Bytes of heap. */
  long bytes() {
    return 28L * column.length;
  }
}

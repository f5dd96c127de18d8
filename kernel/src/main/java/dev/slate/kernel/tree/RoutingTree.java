package dev.slate.kernel.tree;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.select.Candidate;
import java.io.IOException;
import java.util.Arrays;

/**
 * A binary tree of splits that assigns rows to buckets. A split is a column, a value and an
 * ordinal: a row goes right if its (value, ordinal) is not below the split's, so that equal values
 * can be divided by ordinal and no data is too degenerate to split.
 */
final class RoutingTree {
  /** Bytes of heap of a split. */
  static final long SPLIT_BYTES = 28;

  private final int[] column;
  private final long[] place;
  private final int[] weight;
  private final int[] child;
  private final int[] level;
  private int splits;
  private int depth;

  /**
   * Creates splits to be set.
   *
   * @param most number of splits, at most
   */
  RoutingTree(int most) {
    this.column = new int[most];
    this.place = new long[most];
    this.weight = new int[most];
    this.child = new int[2 * most];
    this.level = new int[most];
  }

  private RoutingTree(
      int[] column, long[] place, int[] weight, int[] child, int[] level, int splits, int depth) {
    this.column = column;
    this.place = place;
    this.weight = weight;
    this.child = child;
    this.level = level;
    this.splits = splits;
    this.depth = depth;
  }

  /** Adds a split whose halves are to be linked; the first is the root. */
  int add(int column, float value, int ordinal, int weight) {
    this.column[splits] = column;
    this.place[splits] = place(value, ordinal);
    this.weight[splits] = weight;
    depth = Math.max(depth, 1);
    return splits++;
  }

  /** Sets a half of a split: a split, or {@code ~bucket}. */
  void link(int split, int half, int ref) {
    child[2 * split + half] = ref;
    if (ref >= 0) {
      level[ref] = level[split] + 1;
      depth = Math.max(depth, level[ref] + 1);
    }
  }

  /** A half of a split: a split, or {@code ~bucket}. */
  int half(int split, int half) {
    return child[2 * split + half];
  }

  /** How much of the sample a split divides. */
  int weight(int split) {
    return weight[split];
  }

  int buckets() {
    return splits + 1;
  }

  /** The root: split 0, or {@code ~bucket 0} where nothing is divided. */
  int root() {
    return splits == 0 ? ~0 : 0;
  }

  /**
   * Finds the buckets of consecutive rows. All go down together, a split at a time: none waits for
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
        int split = ref & ~arrived;
        long place = place(rows[r * width + column[split]], firstOrdinal + r);
        int right = (int) (~(place - this.place[split]) >>> 63);
        buckets[r] = (ref & arrived) | (child[2 * split + right] & ~arrived);
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
    return SPLIT_BYTES * column.length;
  }

  void write(ArrayWriter out) throws IOException {
    out.number(splits);
    out.number(depth);
    out.array(column);
    out.array(place);
    out.array(weight);
    out.array(child);
    out.array(level);
  }

  static RoutingTree read(ArrayReader in) throws IOException {
    int splits = in.number(0, Integer.MAX_VALUE);
    int depth = in.number(0, Integer.MAX_VALUE);
    return new RoutingTree(in.ints(), in.longs(), in.ints(), in.ints(), in.ints(), splits, depth);
  }
}

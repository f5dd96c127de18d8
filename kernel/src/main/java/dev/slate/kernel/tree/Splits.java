package dev.slate.kernel.tree;

/**
 * A binary tree of planes that assigns rows to buckets. A plane is a column, a value and an
 * ordinal: a row goes right if its (value, ordinal) is not below the plane's, so that equal values
 * can be divided by ordinal and no data is too degenerate to split.
 */
final class Splits {
  private final int[] column;
  private final float[] value;
  private final int[] ordinal;
  private final int[] weight;
  private final int[] child;
  private int planes;

  /**
   * Creates planes to be set.
   *
   * @param most number of planes, at most
   */
  Splits(int most) {
    this.column = new int[most];
    this.value = new float[most];
    this.ordinal = new int[most];
    this.weight = new int[most];
    this.child = new int[2 * most];
  }

  /** Adds a plane whose halves are to be linked; the first is the root. */
  int add(int column, float value, int ordinal, int weight) {
    this.column[planes] = column;
    this.value[planes] = value;
    this.ordinal[planes] = ordinal;
    this.weight[planes] = weight;
    return planes++;
  }

  /** Sets a half of a plane: a plane, or {@code ~bucket}. */
  void link(int plane, int half, int ref) {
    child[2 * plane + half] = ref;
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
   * The bucket of a row.
   *
   * @param row holds the row
   * @param at where it starts
   * @param ordinal its ordinal
   */
  int bucket(float[] row, int at, int ordinal) {
    int p = root();
    while (p >= 0) {
      float x = row[at + column[p]];
      float v = value[p];
      int right = x > v ? 1 : 0;
      if (x == v && ordinal >= this.ordinal[p]) {
        right = 1;
      }
      p = child[2 * p + right];
    }
    return ~p;
  }

  /** Bytes of heap. */
  long bytes() {
    return 24L * column.length;
  }
}

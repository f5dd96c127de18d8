package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;

/** Finds the nearest of a block of centres for rows, or sorts rows by it. One thread's scratch. */
final class NearestCentroid {
  /** Rows that are measured together. */
  private static final int GROUP = 16;

  /**
   * After {@link #measure}, the squared distances of the row from each centre; the floats behind
   * them are undefined.
   */
  final float[] measured = new float[GROUP * Blocks.SIZE];

  /** For each row that was looked for last, the centre nearest to it. */
  final int[] nearest;

  /** For each row that was looked for last, its squared distance from the nearest centre. */
  final float[] distances;

  private final RowKernel kernel = Simd.rows();
  private final int width;
  private final int[] one = new int[1];
  private final int[] sorted;

  /**
   * Prepares for rows.
   *
   * @param width floats of a row
   * @param most rows that are looked for at once, at most
   */
  NearestCentroid(int width, int most) {
    this.width = width;
    this.nearest = new int[most];
    this.distances = new float[most];
    this.sorted = new int[most];
  }

  /**
   * Measures the squared distances of a row from centres.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param row which of them
   */
  void measure(Blocks centres, float[] rows, int row) {
    one[0] = row;
    measure(centres, rows, one, 0, 1);
  }

  private void measure(Blocks centres, float[] rows, int[] members, int from, int count) {
    float[] chunk = centres.chunk(0);
    int block = centres.offset(0);
    kernel.distances(rows, width, members, from, count, chunk, block, centres.size(), measured);
  }

  /**
   * Finds the centre nearest to each of some rows; of several, the first.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param members which rows: those from {@code from} to {@code to - 1}
   * @param from the first member
   * @param to behind the last
   */
  void find(Blocks centres, float[] rows, int[] members, int from, int to) {
    for (int first = from; first < to; first += GROUP) {
      int count = Math.min(GROUP, to - first);
      measure(centres, rows, members, first, count);
      for (int r = 0; r < count; r++) {
        int member = members[first + r];
        int at = r * Blocks.SIZE;
        nearest[member] = least(measured, at, centres.size());
        distances[member] = measured[at + nearest[member]];
      }
    }
  }

  /**
   * Sorts rows by the centre nearest to each.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param members which rows: those from {@code from} to {@code to - 1}, which are sorted
   * @param from the first member
   * @param to behind the last
   * @return where each centre's members begin, and {@code to}
   */
  int[] sort(Blocks centres, float[] rows, int[] members, int from, int to) {
    find(centres, rows, members, from, to);
    int[] starts = new int[centres.size() + 1];
    for (int i = from; i < to; i++) {
      starts[nearest[members[i]] + 1]++;
    }
    starts[0] = from;
    for (int c = 0; c < centres.size(); c++) {
      starts[c + 1] += starts[c];
    }
    int[] next = starts.clone();
    for (int i = from; i < to; i++) {
      sorted[next[nearest[members[i]]]++] = members[i];
    }
    System.arraycopy(sorted, from, members, from, to - from);
    return starts;
  }

  /** Where the least of some distances lies; of several, the first. */
  private static int least(float[] distances, int at, int count) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, (long) Float.floatToRawIntBits(distances[at + i]) << 32 | i);
    }
    return (int) least;
  }
}

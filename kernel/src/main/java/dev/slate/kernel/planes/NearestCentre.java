package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import dev.slate.kernel.search.Batch;
import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;
import dev.slate.kernel.simd.TileKernel;

/**
 * Finds the nearest of a block of centres for a row, or sorts many by it. One thread's scratch.
 *
 * <p>Many rows are measured in tiles. The same distances come out several times faster, once the
 * tile's kernel has been compiled: until then, for a second or two, several times slower.
 */
final class NearestCentre {
  /** Rows that are packed at once. */
  private static final int GROUP = 16 * Panels.QUERIES;

  /** The squared distances of the row that was measured last, from each centre. */
  final float[] measured = new float[Blocks.SIZE];

  /** For each row that was sorted last, its squared distance from the nearest centre. */
  final float[] distances;

  private final RowKernel kernel = Simd.rows();
  private final TileKernel tiles = Simd.tiles();
  private final int items = tiles.items();
  private final float[] keys = new float[Panels.QUERIES * items];
  private final Panels panels = new Panels();
  private final Lookahead nothing = new Lookahead();
  private final Batch batch = new Batch();
  private final boolean tiled;
  private final int width;

  /** For each row, the centre nearest to it. */
  private final int[] nearest;

  private final int[] sorted;

  /**
   * Prepares for rows.
   *
   * @param width floats of a row
   * @param most rows that are sorted at once, at most
   * @param tiled whether many rows are measured in tiles
   */
  NearestCentre(int width, int most, boolean tiled) {
    this.tiled = tiled;
    this.width = width;
    this.distances = new float[most];
    this.nearest = new int[most];
    this.sorted = new int[most];
    batch.d = width;
    batch.rows = new float[tiled ? GROUP * width : 0];
  }

  /**
   * Measures the squared distances of a row from centres.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param row which of them
   */
  void measure(Blocks centres, float[] rows, int row) {
    int lanes = centres.size();
    kernel.distances(
        rows, row * width, width, centres.chunk(0), centres.offset(0), lanes, measured);
  }

  /** The centre nearest to a row; of several, the first. */
  int find(Blocks centres, float[] rows, int row) {
    measure(centres, rows, row);
    return (int) least(measured, 0, centres.size());
  }

  /**
   * Sorts rows by the centre nearest to each; of several, the first.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param members which rows: those from {@code from} to {@code to - 1}, which are sorted
   * @param from the first member
   * @param to behind the last
   * @return where each centre's members begin, and {@code to}
   */
  int[] sort(Blocks centres, float[] rows, int[] members, int from, int to) {
    if (tiled) {
      findTiled(centres, rows, members, from, to);
    } else {
      for (int i = from; i < to; i++) {
        int member = members[i];
        nearest[member] = find(centres, rows, member);
        distances[member] = measured[nearest[member]];
      }
    }
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

  private void findTiled(Blocks centres, float[] rows, int[] members, int from, int to) {
    for (int first = from; first < to; first += GROUP) {
      batch.count = Math.min(GROUP, to - first);
      for (int i = 0; i < batch.count; i++) {
        System.arraycopy(rows, members[first + i] * batch.d, batch.rows, i * batch.d, batch.d);
      }
      panels.pack(batch);
      for (int i = 0; i < batch.count; i++) {
        panels.bound(i, Float.NaN); // so that a scan stops at each panel
      }
      for (int lane = 0; lane < centres.size(); lane += items) {
        tile(centres, lane, members, first);
      }
    }
  }

  private void tile(Blocks centres, int lane, int[] members, int first) {
    int lanes = Math.min(items, centres.size() - lane);
    for (int p = 0; p < panels.count(); p++) {
      tiles.scan(panels, p, centres.chunk(0), centres.offset(0) + lane, nothing, keys);
      int some = Math.min(Panels.QUERIES, batch.count - p * Panels.QUERIES);
      for (int q = 0; q < some; q++) {
        long least = least(keys, q * items, lanes);
        float distance = Float.intBitsToFloat((int) (least >> 32));
        int member = members[first + p * Panels.QUERIES + q];
        if (lane == 0 || distance < distances[member]) {
          distances[member] = distance;
          nearest[member] = lane + (int) least;
        }
      }
    }
  }

  /** The least of some keys, the first of several, as its bits and its place. */
  private static long least(float[] keys, int at, int lanes) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < lanes; i++) {
      least = Math.min(least, (long) Float.floatToRawIntBits(keys[at + i]) << 32 | i);
    }
    return least;
  }
}

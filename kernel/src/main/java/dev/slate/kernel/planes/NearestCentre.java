package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import dev.slate.kernel.search.Batch;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;
import dev.slate.kernel.simd.TileKernel;

/**
 * Finds the nearest of a block of centres, for a row or for many. One thread's scratch.
 *
 * <p>Many rows are measured in tiles. The same distances come out several times faster, once the
 * tile's kernel has been compiled: until then, for a second or two, several times slower.
 */
final class NearestCentre {
  /** Rows that are packed at once. */
  private static final int GROUP = 16 * Panels.QUERIES;

  /** The squared distances of the row that was measured last, from each centre. */
  final float[] distances = new float[Blocks.SIZE];

  private final BlockKernel blocks = Simd.kernel();
  private final Probe probe = new Probe();
  private final TileKernel tiles = Simd.tiles();
  private final int items = tiles.items();
  private final float[] keys = new float[Panels.QUERIES * items];
  private final Panels panels = new Panels();
  private final Lookahead nothing = new Lookahead();
  private final Batch batch = new Batch();
  private final boolean tiled;
  private final float[] row;

  /**
   * Prepares for rows.
   *
   * @param width floats of a row
   * @param tiled whether many rows are measured in tiles
   */
  NearestCentre(int width, boolean tiled) {
    this.tiled = tiled;
    this.row = new float[width];
    probe.d = width;
    batch.d = width;
    batch.rows = new float[tiled ? GROUP * width : 0];
    nothing.aim(0, 0, 1);
  }

  /** Measures the squared distances of a row from centres. */
  void measure(Blocks centres, float[] row) {
    probe.q = row;
    float[] chunk = centres.chunk(0);
    blocks.scan(probe, chunk, centres.offset(0), centres.stride(), 1, Float.NaN, distances);
  }

  /** The centre nearest to a row; of several, the first. */
  int find(Blocks centres, float[] row) {
    measure(centres, row);
    return (int) least(distances, 0, centres.size());
  }

  /**
   * Finds the centre nearest to each of some rows; of several, the first.
   *
   * @param centres at most one block
   * @param rows row-major
   * @param members which rows: those from {@code from} to {@code to - 1}
   * @param from the first member
   * @param to behind the last
   * @param nearest receives, at a member's place, its centre
   * @param distances receives, at a member's place, the squared distance from there
   */
  void find(
      Blocks centres,
      float[] rows,
      int[] members,
      int from,
      int to,
      int[] nearest,
      float[] distances) {
    if (!tiled) {
      for (int i = from; i < to; i++) {
        System.arraycopy(rows, members[i] * row.length, row, 0, row.length);
        nearest[i] = find(centres, row);
        distances[i] = this.distances[nearest[i]];
      }
      return;
    }
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
        tile(centres, lane, first, nearest, distances);
      }
    }
  }

  private void tile(Blocks centres, int lane, int first, int[] nearest, float[] distances) {
    int lanes = Math.min(items, centres.size() - lane);
    for (int p = 0; p < panels.count(); p++) {
      tiles.scan(panels, p, centres.chunk(0), centres.offset(0) + lane, nothing, keys);
      int some = Math.min(Panels.QUERIES, batch.count - p * Panels.QUERIES);
      for (int q = 0; q < some; q++) {
        long least = least(keys, q * items, lanes);
        float distance = Float.intBitsToFloat((int) (least >> 32));
        int member = first + p * Panels.QUERIES + q;
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

package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.simd.Simd;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns blocks, codes their items and measures what the certificate needs to know. One thread's
 * scratch.
 */
final class BlockCoder {
  /** Covers the roundings of doubles in sums of at most 4,097 squares, and of their roots. */
  private static final double ROUND = 1 + 1e-9;

  private final Blocks blocks;
  private final Cells cells;
  private final Plane full;
  private final @Nullable Plane sketch;
  private final @Nullable Projection projection;
  private final float[] longest;
  private final double extent;
  private final float[] rows;
  private final double[] x;
  private final double[] z;
  private final double[] sums = new double[Blocks.SIZE];

  BlockCoder(
      Blocks blocks,
      Cells cells,
      Plane full,
      @Nullable Plane sketch,
      @Nullable Projection projection,
      float[] longest) {
    this.blocks = blocks;
    this.cells = cells;
    this.full = full;
    this.sketch = sketch;
    this.projection = projection;
    this.longest = longest;
    this.extent = full.grid.extent();
    this.rows = new float[blocks.stride()];
    this.x = new double[blocks.stride()];
    this.z = new double[projection == null ? 0 : projection.rows() * Blocks.SIZE];
  }

  /** Codes a block whose items lie in it row after row, and leaves it vertical. */
  void code(int b) {
    int lanes = Long.bitCount(blocks.lanes(b));
    float[] chunk = blocks.chunk(b);
    int at = blocks.offset(b);
    System.arraycopy(chunk, at, rows, 0, rows.length);
    Simd.rows().transpose(rows, 0, blocks.rows(), 1, chunk, at);
    for (int i = 0; i < x.length; i++) {
      x[i] = chunk[at + i];
    }
    double length = length(lanes);
    double rounding = 1e-13 * (length + extent);
    full.code(b, lanes, x, rounding);
    if (projection != null && sketch != null) {
      projection.images(x, z);
      sketch.code(b, lanes, z, Projection.ERROR * length + 1e-13 * (length + sketch.grid.extent()));
    }
    longest[b] = Certificate.up(length);
    reach(b, lanes, length > Certificate.LONGEST ? Double.POSITIVE_INFINITY : rounding);
    if (length > Certificate.LONGEST) {
      full.radius[b] = Float.POSITIVE_INFINITY;
      longest[b] = Float.POSITIVE_INFINITY;
      if (sketch != null) {
        sketch.radius[b] = Float.POSITIVE_INFINITY;
      }
    }
  }

  private double length(int lanes) {
    Arrays.fill(sums, 0);
    for (int j = 0; j < blocks.rows(); j++) {
      for (int i = 0; i < lanes; i++) {
        double xi = x[j * Blocks.SIZE + i];
        sums[i] += xi * xi;
      }
    }
    double most = 0;
    for (int i = 0; i < lanes; i++) {
      most = Math.max(most, sums[i]);
    }
    return Math.sqrt(most) * ROUND;
  }

  private void reach(int b, int lanes, double rounding) {
    int slot = b * Blocks.SIZE;
    int end = slot + lanes;
    while (slot < end) {
      int cell = cells.cellOf(slot);
      int to = Math.min(end, cells.start[cell + 1]);
      double most = distance(cell, slot - b * Blocks.SIZE, to - b * Blocks.SIZE);
      cells.reach[cells.piece(cell, b)] = Certificate.up(most + rounding);
      slot = to;
    }
  }

  /** The largest distance of the lanes from..to to a cell's centre. */
  private double distance(int cell, int from, int to) {
    Arrays.fill(sums, from, to, 0);
    byte[] centre = cells.centres.chunk(cell >> 6);
    int at = cells.centres.offset(cell >> 6) + (cell & 63);
    for (int j = 0; j < blocks.rows(); j++) {
      double c = full.grid.place(j, centre[at + j * Blocks.SIZE]);
      for (int i = from; i < to; i++) {
        double t = x[j * Blocks.SIZE + i] - c;
        sums[i] += t * t;
      }
    }
    double most = 0;
    for (int i = from; i < to; i++) {
      most = Math.max(most, sums[i]);
    }
    return Math.sqrt(most) * ROUND;
  }
}

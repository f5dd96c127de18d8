package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.rows.Transposer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Transposes blocks, codes their items, and measures the quantisation errors and lengths that the
 * bounds need. One thread's scratch.
 */
final class BlockEncoder {
  /** Covers the roundings of doubles in sums of at most 65,537 squares, and of their roots. */
  private static final double ROUND = 1 + 1e-9;

  private final Blocks blocks;
  private final Clusters clusters;
  private final CodedRows full;
  private final @Nullable CodedRows sketch;
  private final @Nullable Projection projection;
  private final PackedRows.@Nullable Encoder packed;
  private final float[] longest;
  private final double extent;
  private final float[] rows;
  private final double[] x;
  private final double[] z;
  private final double[] sums = new double[Blocks.SIZE];

  BlockEncoder(
      Blocks blocks,
      Clusters clusters,
      CodedRows full,
      @Nullable CodedRows sketch,
      @Nullable Projection projection,
      @Nullable PackedRows packed,
      float[] longest) {
    this.blocks = blocks;
    this.clusters = clusters;
    this.full = full;
    this.sketch = sketch;
    this.projection = projection;
    this.packed = packed == null ? null : packed.new Encoder();
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
    Transposer.transpose(rows, 0, blocks.rows(), 1, chunk, at);
    for (int first = 0, from = at; first < Blocks.SIZE; first += Blocks.STRIP) {
      for (int j = 0; j < blocks.rows(); j++, from += Blocks.STRIP) {
        for (int i = 0; i < Blocks.STRIP; i++) {
          x[j * Blocks.SIZE + first + i] = chunk[from + i];
        }
      }
    }
    double length = length(lanes);
    double rounding = 1e-13 * (length + extent);
    full.code(b, lanes, x, rounding);
    if (projection != null && sketch != null) {
      projection.images(x, z);
      sketch.code(b, lanes, z, Projection.ERROR * length + 1e-13 * (length + sketch.grid.extent()));
    }
    if (packed != null) {
      packed.code(b, lanes, x, length);
    }
    longest[b] = ErrorBound.up(length);
    reach(b, lanes, length > ErrorBound.LONGEST ? Double.POSITIVE_INFINITY : rounding);
    if (length > ErrorBound.LONGEST) {
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
      int cluster = clusters.clusterOf(slot);
      int to = Math.min(end, clusters.start[cluster + 1]);
      double most = distance(cluster, slot - b * Blocks.SIZE, to - b * Blocks.SIZE);
      clusters.reach[clusters.piece(cluster, b)] = ErrorBound.up(most + rounding);
      slot = to;
    }
  }

  /** The largest distance of the lanes from..to to a cluster's centre. */
  private double distance(int cluster, int from, int to) {
    Arrays.fill(sums, from, to, 0);
    byte[] centre = clusters.centres.chunk(cluster >> 6);
    int at = clusters.centres.offset(cluster >> 6) + (cluster & 63);
    for (int j = 0; j < blocks.rows(); j++) {
      double c = full.grid.point(j, centre[at + j * Blocks.SIZE]);
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

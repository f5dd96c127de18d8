package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.simd.CodeKernel;
import java.io.IOException;

/** One coded copy of the items, as they are or as their images. */
final class CodedRows {
  /** The grid points that the codes stand for. */
  final Quantizer grid;

  /** A code for each coordinate of each item, and the rows of an {@link ExpandedBound} if any. */
  final Codes codes;

  /** Whether an item's codes lie side by side, and zeros behind them; else a block is vertical. */
  final boolean byItem;

  /** For each block, how far an item may be from its grid point; rounded up. */
  final float[] radius;

  /**
   * Creates an empty copy.
   *
   * @param grid what the codes stand for
   * @param n number of items
   * @param blocks number of their blocks
   * @param expanded whether codes serve an {@link ExpandedBound}
   * @param byItem whether an item's codes lie side by side
   */
  CodedRows(Quantizer grid, int n, int blocks, boolean expanded, boolean byItem) {
    this.grid = grid;
    this.byItem = byItem;
    int rows = grid.rows() + (expanded ? ExpandedBound.ROWS : 0);
    this.codes = new Codes(n, byItem ? padded(grid.rows()) : rows);
    this.radius = new float[blocks];
  }

  /** Codes of an item whose codes lie side by side, with zeros behind the last. */
  static int padded(int rows) {
    return (rows + CodeKernel.SUMS - 1) / CodeKernel.SUMS * CodeKernel.SUMS;
  }

  private CodedRows(Quantizer grid, boolean byItem, Codes codes, float[] radius) {
    this.grid = grid;
    this.byItem = byItem;
    this.codes = codes;
    this.radius = radius;
  }

  void write(ArrayWriter out) throws IOException {
    grid.write(out);
    out.number(byItem ? 1 : 0);
    codes.write(out);
    out.array(radius);
  }

  static CodedRows read(ArrayReader in, int n) throws IOException {
    Quantizer grid = Quantizer.read(in);
    boolean byItem = in.format() > 1 && in.number(0, 1) != 0;
    return new CodedRows(grid, byItem, Codes.read(in, n), in.floats());
  }

  /**
   * Codes a block's items.
   *
   * @param block the block
   * @param lanes number of items in it
   * @param z rows of 64 coordinates
   * @param error largest distance of a row of z from the exact one
   */
  void code(int block, int lanes, double[] z, double error) {
    byte[] chunk = codes.chunk(block);
    int at = codes.offset(block);
    int ofRow = byItem ? 1 : Blocks.SIZE;
    int ofLane = byItem ? codes.rows() : 1;
    double[] square = new double[lanes];
    double length = 0;
    for (int j = 0; j < grid.rows(); j++) {
      for (int i = 0; i < lanes; i++) {
        double x = z[j * Blocks.SIZE + i];
        byte code = grid.code(j, x);
        chunk[at + j * ofRow + i * ofLane] = code;
        double off = x - grid.point(j, code);
        square[i] += off * off;
      }
    }
    for (int i = 0; i < lanes; i++) {
      length = Math.max(length, square[i]);
    }
    if (!byItem && codes.rows() > grid.rows()) {
      ExpandedBound.code(grid, lanes, chunk, at);
    }
    radius[block] = ErrorBound.up(Math.sqrt(length) * (1 + 1e-9) + error);
  }

  long bytes() {
    return codes.bytes() + 4L * radius.length + 8L * grid.rows();
  }
}

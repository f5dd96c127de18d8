package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Codes;
import java.io.IOException;

/** One coded copy of the items, as they are or as their images. */
final class CodedRows {
  /** The places that the codes stand for. */
  final Quantizer grid;

  /** A code for each coordinate of each item, and the rows of an {@link ExpandedBound} if any. */
  final Codes codes;

  /** For each block, how far an item may be from its place; rounded up. */
  final float[] radius;

  /**
   * Creates an empty copy.
   *
   * @param grid the places
   * @param n number of items
   * @param blocks number of their blocks
   * @param expanded whether codes serve an {@link ExpandedBound}
   */
  CodedRows(Quantizer grid, int n, int blocks, boolean expanded) {
    this.grid = grid;
    this.codes = new Codes(n, grid.rows() + (expanded ? ExpandedBound.ROWS : 0));
    this.radius = new float[blocks];
  }

  private CodedRows(Quantizer grid, Codes codes, float[] radius) {
    this.grid = grid;
    this.codes = codes;
    this.radius = radius;
  }

  void write(ArrayWriter out) throws IOException {
    grid.write(out);
    codes.write(out);
    out.array(radius);
  }

  static CodedRows read(ArrayReader in, int n) throws IOException {
    return new CodedRows(Quantizer.read(in), Codes.read(in, n), in.floats());
  }

  /**
   * Codes a block's items.
   *
   * @param block the block
   * @param lanes number of items in it
   * @param z rows of 64 coordinates
   * @param error how far z may be from what it stands for
   */
  void code(int block, int lanes, double[] z, double error) {
    byte[] chunk = codes.chunk(block);
    int at = codes.offset(block);
    double[] square = new double[lanes];
    double length = 0;
    for (int j = 0; j < grid.rows(); j++) {
      for (int i = 0; i < lanes; i++) {
        double x = z[j * 64 + i];
        byte code = grid.code(j, x);
        chunk[at + j * 64 + i] = code;
        double off = x - grid.place(j, code);
        square[i] += off * off;
      }
    }
    for (int i = 0; i < lanes; i++) {
      length = Math.max(length, square[i]);
    }
    if (codes.rows() > grid.rows()) {
      ExpandedBound.code(grid, lanes, chunk, at);
    }
    radius[block] = ErrorBound.up(Math.sqrt(length) * (1 + 1e-9) + error);
  }

  long bytes() {
    return codes.bytes() + 4L * radius.length + 8L * grid.rows();
  }
}

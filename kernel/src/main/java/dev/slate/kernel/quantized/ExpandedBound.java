package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/**
 * One query under EUCLIDEAN against the codes of items, by |p - q|^2 = |p - o|^2 - 2 (p - o).(q -
 * o) + |q - o|^2: one operation of the code kernel for each coordinate, where {@link ErrorBound}
 * takes two. The first summand is known for each item and lies behind its codes, in units of {@link
 * #unit}, rounded down to 16 bits; o is the grid's origin.
 *
 * <p><b>What is certified.</b> In the terms of {@link ErrorBound}: an item whose canonical key is
 * at most {@code worst} has D &lt;= reach, so its grid point has |p - q| &lt;= reach + r. With H =
 * |p - o|^2, Q = |q - o|^2, c_j the codes, ideally step_j = -2 s_j (q_j - o_j), and u L &lt;= H for
 * the stored L = 256 (hi + 128) + lo + 128, the exact sum of the terms that the kernel adds is
 *
 * <pre>
 *   sum c_j step_j + 256 u hi + u lo  =  sum c_j step_j + u L - 32896 u
 *                                    &lt;=  |p - q|^2 - Q - 32896 u + sum 128 |step error|
 * </pre>
 *
 * and the kernel's v differs from it by at most gamma(rows) times the sum of 128 |step| over all
 * rows, and TINY. So D &lt;= reach implies
 *
 * <pre>  v &lt;= T := (reach + r)^2 - Q - 32896 u + blur.</pre>
 *
 * <p>The terms are larger than their sum, and so are their rounding errors. Where blur is not far
 * below the part of T that is due to r, {@link ErrorBound} excludes more.
 */
final class ExpandedBound {
  /** Rows of codes that hold |p - o|^2, behind those of the coordinates. */
  static final int ROWS = 2;

  private static final double FINE = ErrorBound.FINE;
  private static final int SPAN = ErrorBound.CODE_SPAN;
  private static final int MOST = (1 << 16) - 1;

  /** Value of 0 in both rows, in units. */
  private static final double MIDDLE = 256 * 128 + 128;

  /** The part of the quantisation error's cost that other errors may cost, at most. */
  private static final double BLURRED = 0.1;

  final float[] step;

  private final Quantizer grid;
  private final double unit;
  private double base;
  private double blur;

  /** Prepares for queries against the points of a grid. */
  ExpandedBound(Quantizer grid) {
    this.grid = grid;
    this.unit = unit(grid);
    this.step = new float[grid.rows() + ROWS];
  }

  /** In what |p - o|^2 is counted: no grid point is farther from the origin than 65,535 units. */
  private static float unit(Quantizer grid) {
    double most = 0;
    for (float s : grid.step) {
      most += (double) SPAN * s * SPAN * s;
    }
    return Math.max(Float.MIN_NORMAL, ErrorBound.up(most / MOST));
  }

  /**
   * Codes |p - o|^2 behind the coordinates of a block.
   *
   * @param grid the grid points
   * @param lanes number of items
   * @param codes holds the block, its coordinates coded
   * @param at where it starts
   */
  static void code(Quantizer grid, int lanes, byte[] codes, int at) {
    float unit = unit(grid);
    int high = at + grid.rows() * Blocks.SIZE;
    int low = high + Blocks.SIZE;
    for (int i = 0; i < lanes; i++) {
      double square = 0;
      for (int j = 0; j < grid.rows(); j++) {
        double on = (double) grid.step[j] * codes[at + j * Blocks.SIZE + i];
        square += on * on;
      }
      int units = (int) Math.min(MOST, square * (1 - FINE) / unit);
      codes[high + i] = (byte) ((units >> 8) - SPAN);
      codes[low + i] = (byte) ((units & 0xff) - SPAN);
    }
  }

  /**
   * Takes a query without weights.
   *
   * @param q the query
   * @return whether limits can be certified
   */
  boolean prepare(double[] q) {
    double square = 0;
    double size = 0;
    double miss = 0;
    double total = (256 + 1) * unit;
    for (int j = 0; j < q.length; j++) {
      double o = grid.origin[j];
      double off = q[j] - o;
      double both = Math.abs(q[j]) + Math.abs(o);
      double s = -2.0 * grid.step[j] * off;
      step[j] = (float) s;
      square += off * off;
      size += both * both;
      miss += Math.abs(step[j] - s) + 1e-14 * grid.step[j] * both;
      total += Math.abs(step[j]);
    }
    Arrays.fill(step, q.length, step.length, (float) unit);
    step[q.length] *= 256;
    base = square + MIDDLE * unit;
    double chain = ErrorBound.gamma(step.length + 2);
    blur =
        SPAN * (miss + chain * total) * (1 + FINE)
            + 1e-12 * (size + MIDDLE * unit)
            + ErrorBound.TINY;
    return SPAN * total <= 1e37;
  }

  /**
   * Whether limits are about as sharp as those of {@link ErrorBound}.
   *
   * @param reach that of the error bound
   * @param radius of the ball
   */
  boolean sharp(double reach, float radius) {
    return blur + unit <= 2 * BLURRED * reach * radius;
  }

  /**
   * The largest kernel value of grid points whose balls may hold an item that counts.
   *
   * @param reach that of the {@link ErrorBound}
   * @param radius of the ball
   * @return the limit, rounded up
   */
  float limit(double reach, float radius) {
    double far = (reach + radius) * (1 + FINE);
    return ErrorBound.up(far * far - base + blur);
  }
}

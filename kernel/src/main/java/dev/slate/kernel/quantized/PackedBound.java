package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.simd.PackedKernel;
import dev.slate.kernel.simd.Simd;

/**
 * One query against {@link PackedRows}: which items of a block cannot be in the answer.
 *
 * <p><b>What is certified.</b> With the names of {@link PackedRows}, let q be the query under DOT
 * and COSINE, and the query minus the centre under EUCLIDEAN, and q' = q / |q|. The error of the
 * code, y - s c, is orthogonal to c. Split q' likewise: z := c.q' gives the part along c, and the
 * part orthogonal to c has length sqrt(1 - z^2 h). By Cauchy and Schwarz
 *
 * <pre>   y.q' &lt;= s z + sqrt(r (1 - z^2 h))</pre>
 *
 * <p>with r = |y - s c|^2 and h = 1 / |c|^2. Let g' be the least y.q' of an item that counts:
 *
 * <pre>
 *   DOT, COSINE   x.q = centre.q + y.q, and the canonical key is at least -x.q - gamma(d + 2) |x| |q|:
 *                 g' = (-worst - centre.q - gamma |x| |q|) / |q|
 *   EUCLIDEAN     |x - q|^2 = |y|^2 + |q|^2 - 2 y.q, at most reach^2 (see {@link ErrorBound}):
 *                 g' = (g + (|q|^2 - reach^2) / 2) / |q|          where g = |y|^2 / 2</pre>
 *
 * <p>An item is excluded if a := g' - s z is positive and r (1 - z^2 h) &lt; a^2. Larger r, smaller
 * h and smaller g' only keep more items, so these are rounded that way.
 *
 * <p><b>Integers.</b> z = sum W k, where k is a code taken from the middle of its range and W =
 * step q', both along the directions where the grid has a rotation. The kernel sums w k for
 * integers w near W / unit, without an error modulo 2^16, and |w| |k| stays below 2^15. So its y,
 * unit times that sum, is within {@code error} = |W - unit w| |k| of z.
 *
 * <p><b>Errors.</b> With S the largest |s| of a block, E the largest error of its bytes, and Y =
 * |c| + error at least |y| and |z|: s z is within E Y + S error of the s y that is computed, and
 * z^2 h is at least y^2 h - 2 error Y h. Both differences move to g' and to the 1. Roundings of
 * floats, at most ten of 2^-24 for each term, are below {@link #FLOAT} of the terms' sizes; where
 * squares could be subnormal nothing is excluded.
 *
 * <p><b>Postponed items.</b> Solved for g', the condition gives the bound from which on an item is
 * excluded. Postponed items keep that number, computed in doubles with the same room for errors.
 */
final class PackedBound {
  private static final double FLOAT = 1e-6;

  /** Room for the square's own roundings, and for those of the product with r. */
  private static final double SQUARE = 1 + 1e-5;

  /**
   * How far a computed image may be from the one along the directions as they are stored, in
   * lengths of the vector; see {@link Projection}.
   */
  private static final double ROTATED = 2e-11;

  /** In the place of a block; not the one before block 0. */
  private static final int NONE = -2;

  /** Largest sum of integers, with room for their start. */
  private static final double MOST = 32_000;

  private final PackedRows rows;
  private final PackedGrid grid;
  private final PackedKernel kernel = Simd.packed();
  private final short[] weights;
  private final double[] exact;
  private final double[] seen;
  private final double[] image;
  private final float[] operands = new float[PackedKernel.OPERANDS];

  /** Products of the block that is looked at, and of the one behind it. */
  private final short[] sums = new short[2 * Blocks.SIZE];

  private boolean dot;
  private short start;
  private double norm;
  private double length;
  private double error;
  private double offset;
  private double rounding;
  private double canonical;
  private double limit;

  /** Room for the roundings of a block, in the unit of the limit. */
  private double margin;

  /** The last block that was looked at. */
  private int lastBlock;

  /** Where in {@link #sums} its products are. */
  private int from;

  /** The block whose products were computed ahead; {@link #NONE} if there is none. */
  private int ahead;

  PackedBound(PackedRows rows) {
    this.rows = rows;
    this.grid = rows.grid;
    this.weights = new short[grid.attributes.length];
    this.exact = new double[weights.length];
    this.seen = new double[grid.width];
    this.image = new double[grid.coordinates() + 1];
  }

  /**
   * Takes a query without weights.
   *
   * @param q the query
   * @param dot whether items are scored by dot products
   * @param norm length of the query
   * @param d attributes of the canonical score
   * @return whether items can be excluded
   */
  boolean prepare(double[] q, boolean dot, double norm, int d) {
    this.dot = dot;
    this.norm = norm;
    lastBlock = NONE;
    ahead = NONE;
    canonical = ErrorBound.gamma(d + 2);
    double square = 0;
    offset = 0;
    rounding = 0;
    for (int j = 0; j < grid.width; j++) {
      double x = dot ? q[j] : q[j] - grid.centre[j];
      seen[j] = x;
      square += x * x;
      offset += dot ? grid.centre[j] * q[j] : 0;
      rounding += Math.abs(grid.centre[j] * q[j]);
    }
    length = Math.sqrt(square);
    if (!(norm <= ErrorBound.LONGEST && length > 1e-15)) {
      return false;
    }
    grid.image(seen, image);
    return integers();
  }

  /** Rounds the weights to integers, and bounds the error of that. */
  private boolean integers() {
    double square = 0;
    double widest = 0;
    for (int c = 0; c < exact.length; c++) {
      int j = grid.attributes[c];
      exact[c] = j < 0 ? 0 : grid.steps[c] * image[j] / length;
      square += exact[c] * exact[c];
      widest = Math.max(widest, grid.steps[c]);
    }
    double longest = rows.longest();
    double most = MOST - Math.sqrt(exact.length) * longest / 2;
    double size = Math.sqrt(square);
    float unit = (float) (size * longest / most);
    if (most < MOST / 2 || !(unit > Float.MIN_NORMAL)) {
      return false;
    }
    double missed = 0;
    int twice = 0;
    for (int c = 0; c < exact.length; c++) {
      int w = (int) Math.rint(exact[c] / unit);
      double off = exact[c] - w * (double) unit;
      missed += off * off;
      twice += w * ((1 << grid.bits(c)) - 1);
      weights[c] = (short) w;
    }
    for (int c = weights.length - 1; c >= 0; c--) {
      int first = PackedKernel.FOUR * grid.four;
      boolean lowest =
          c < first ? c % PackedKernel.FOUR == 0 : (c - first) % PackedKernel.THREE == 0;
      if (!lowest) {
        weights[c] -= (short) (weights[c - 1] << grid.bits(c));
      }
    }
    start = (short) -(twice >> 1);
    error = Math.sqrt(missed) * longest * (1 + 1e-9) + (1e-12 * size + ROTATED * widest) * longest;
    operands[PackedKernel.UNIT] = unit;
    operands[PackedKernel.OFFSET] = (twice & 1) == 0 ? 0 : -unit / 2;
    return true;
  }

  /** Bytes that {@link #remaining} reads of a block. */
  int bytesOfBlock() {
    return rows.stride();
  }

  /**
   * Takes over a bound.
   *
   * @param worst the key that an item must not exceed under DOT and COSINE; under EUCLIDEAN, how
   *     far it may be from the query
   */
  void worst(double worst) {
    if (dot) {
      double size = Math.abs(worst) + rounding;
      limit = (-worst - offset - 1e-11 * size - ErrorBound.TINY) / length;
    } else {
      double square = worst * worst;
      double own = length * length;
      limit = ((own - square) / 2 - 1e-11 * (own + square + rounding)) / length;
    }
  }

  /**
   * Tells which items of a block are not excluded.
   *
   * @param block the block
   * @param longest length of its longest item
   */
  long remaining(int block, float longest) {
    if (rows.unbounded(block)) {
      return -1;
    }
    float[] blocks = rows.blocks;
    int at = block * PackedRows.BLOCK;
    int last = PackedKernel.STEPS + 2 * PackedKernel.G;
    System.arraycopy(blocks, at, operands, PackedKernel.STEPS, 2 * PackedKernel.G);
    double y = blocks[at + PackedRows.LENGTH] + error;
    double s = blocks[at + PackedRows.MOST];
    double slack = blocks[at + PackedRows.ERROR] * y + s * error;
    int step = PackedRows.step(block, PackedKernel.H);
    double h = blocks[step + 1] + 128.0 * blocks[step];
    double terms = s * y;
    double base = 0;
    double rounded = slack * (1 + FLOAT);
    if (dot) {
      rounded += canonical * longest * norm / length;
      operands[last] = 0;
    } else {
      int from = PackedRows.step(block, PackedKernel.G);
      double each = blocks[from] / length;
      base = blocks[from + 1] / length;
      operands[last] = (float) each;
      terms += 128 * each + Math.abs(base);
    }
    margin = rounded + FLOAT * terms;
    operands[last + 1] = (float) (certain(limit) + base - margin);
    operands[PackedKernel.SQUARE] = (float) ((1 + 2 * error * y * h) * SQUARE);
    products(block);
    int bytes = rows.codes.offset(block) + 2 * grid.words() * Blocks.SIZE;
    return kernel.remaining(rows.codes.chunk(block), bytes, operands, sums, from);
  }

  /**
   * Computes the products of a block. While blocks are looked at in the order in which they lie in
   * memory, those of two blocks are computed at once.
   */
  private void products(int block) {
    boolean inOrder = block == lastBlock + 1;
    lastBlock = block;
    if (block == ahead) {
      from = Blocks.SIZE;
      return;
    }
    boolean pair = inOrder && kernel.pairs() && block + 1 < rows.codes.chunkEnd(block);
    from = 0;
    ahead = pair ? block + 1 : NONE;
    int at = rows.codes.offset(block);
    int next = pair ? rows.codes.offset(block + 1) : at;
    byte[] codes = rows.codes.chunk(block);
    kernel.products(codes, at, next, grid.four, grid.three, weights, start, sums);
  }

  /** A limit with room for its own rounding to a float. */
  private static double certain(double limit) {
    return limit - FLOAT * Math.abs(limit);
  }

  /**
   * Divides items that the last call of {@link #remaining} did not exclude, by an estimate of their
   * scores from their codes: items within the bound are returned, the others are postponed until
   * the bound is better.
   *
   * @param block the block
   * @param lanes the items
   * @param waiting receives the others
   * @return the items whose estimates are within the bound
   */
  long within(int block, long lanes, PostponedLanes waiting) {
    if (rows.unbounded(block)) {
      return lanes;
    }
    long within = 0;
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      double y =
          sums[from + lane] * (double) operands[PackedKernel.UNIT] + operands[PackedKernel.OFFSET];
      double told = rows.term(block, PackedKernel.S, lane) * y;
      told -= dot ? 0 : rows.term(block, PackedKernel.G, lane) / length;
      if (told >= limit) {
        within |= left & -left;
      } else {
        double r = rows.term(block, PackedKernel.R, lane);
        double h = rows.term(block, PackedKernel.H, lane);
        double across = Math.max(0, operands[PackedKernel.SQUARE] - y * y * h);
        waiting.slots[waiting.count] = block << 6 | lane;
        waiting.limits[waiting.count++] = told + Math.sqrt(Math.max(0, r) * across) + margin;
      }
    }
    return within;
  }

  /** Whether the bound by now excludes a postponed item. */
  boolean excludes(double itemLimit) {
    return certain(limit) > itemLimit;
  }
}

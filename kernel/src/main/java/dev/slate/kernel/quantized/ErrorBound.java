package dev.slate.kernel.quantized;

import org.jspecify.annotations.Nullable;

/**
 * One query against one {@link Quantizer}: the operands of the code kernel, and the limits on its
 * values above which no item near a grid point can be in the answer.
 *
 * <p><b>What is certified.</b> A <em>grid point</em> p is what an item's codes stand for, a real
 * number in each coordinate. A <em>ball</em> (p, r) holds items whose points lie within r of p: one
 * item and its code (r is the quantisation error), the items of a block (r is the largest of their
 * errors), or the items of a cluster and its centre. The code kernel computes a float v from p's
 * codes. {@link #limit} returns T such that v &gt; T implies that the canonical key of every item
 * of the ball is strictly above {@code worst}. All this holds for the computed numbers, roundings
 * included. u = 2^-24 and gamma(n) = n u / (1 - n u) bounds the relative error of n roundings
 * (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1); a rounding into the
 * subnormal range adds at most 2^-150, which n times is below TINY. Doubles have u' = 2^-53; their
 * own roundings here, a few for each coordinate, are covered by the factor 1 + FINE on positive
 * sums.
 *
 * <p><b>EUCLIDEAN.</b> Let D be the exact distance between item and query, D_w = |sqrt(w) (x - q)|
 * with weights. The canonical chain has only nonnegative terms: each passes one rounding of x - q,
 * twice, one of the product with w, and at most d additions, so
 *
 * <pre>  canonical &gt;= D^2 (1 - gamma(d + 3)) - TINY     (with weights TINY_WEIGHTED, see there)
 * </pre>
 *
 * and canonical &lt;= worst implies D &lt;= reach := sqrt((worst + TINY) / (1 - gamma(d + 3))). The
 * kernel evaluates t_j = fma(c_j, step_j, shift_j), where ideally step_j = sqrt(w_j) s_j and
 * shift_j = sqrt(w_j) (o_j - q_j); operands rounded to float displace the vector t by at most
 * {@code blur}, the length of the vector 128 |step error| + |shift error|. Its chain has only
 * nonnegative terms again, so v &lt;= |t|^2 (1 + gamma(rows + 2)) + TINY. By the triangle
 * inequality, with g = sqrt(max w),
 *
 * <pre>  |t| - blur &lt;= |sqrt(w) (p - q)| &lt;= D + g r    so   D &lt;= reach implies
 *   v &lt;= T := (reach + g r + blur)^2 (1 + gamma(rows + 2)) + TINY.</pre>
 *
 * <p>An {@link ExpandedBound} computes the same distances in half the operations, less sharply.
 *
 * <p><b>DOT, COSINE.</b> The key is -dot. Its canonical chain differs from the exact -x.q by at
 * most gamma(d + 1) sum |x_j q_j| + TINY &lt;= gamma(d + 1) |x| |q| + TINY. By Cauchy and Schwarz
 * x.q &lt;= p.q + r |q|. The kernel sums c_j step_j, ideally step_j = -s_j q_j, so with base = -sum
 * o_j q_j
 *
 * <pre>
 *   |v + base - (-p.q)| &lt;= blur := sum 128 |step error| + gamma(rows) sum 128 |step_j| + TINY
 *   key &lt;= worst implies v &lt;= T := worst - base + blur + r |q| + gamma(d + 1) |x| |q| + TINY.
 * </pre>
 *
 * <p><b>Sketches.</b> For the image z of a {@link Projection}, |z(x) - z(q)| &lt;= D and x.q &lt;=
 * z(x).z(q), so both arguments hold with z in place of x and q. What z's own computation errs, at
 * most {@code error} x |q| for the query, adds to blur (times |p| &lt;= |x| + r under DOT); for the
 * item it is part of r.
 *
 * <p><b>Overflow.</b> Queries longer than {@link #LONGEST} are not certified, items longer than
 * that get r = infinity; below it no square and no sum of an item's squares overflows. A kernel
 * value that overflows to +infinity comes from terms that are all nonnegative, or, under DOT, is
 * excluded by the check on blur. NaN is never above a limit.
 */
final class ErrorBound {
  /** Length of the longest vectors for which bounds hold. */
  static final double LONGEST = 1e17;

  private static final double U = 0x1p-24;
  static final double FINE = 1e-9;
  static final double TINY = 1e-40;

  /**
   * With weights, w (x - q) may round in the subnormal range, by 2^-150; times |x - q| and summed,
   * that is at most 2^-150 x 64 x 2 LONGEST.
   */
  private static final double TINY_WEIGHTED = 1e-24;

  static final int CODE_SPAN = 128;

  /** Operands of the kernel for each coordinate; zeros behind the last. */
  final float[] step;

  final float[] shift;

  private final Quantizer grid;
  private final double error;
  private final double chain;
  private boolean dot;
  private double gain;
  private double blur;
  private double base;
  private double norm;
  private double canonical;
  private double reach;

  /**
   * Prepares for queries.
   *
   * @param grid the grid points
   * @param error how far an image may be from the exact one, in lengths of the vector
   */
  ErrorBound(Quantizer grid, double error) {
    this.grid = grid;
    this.error = error;
    this.step = new float[CodedRows.padded(grid.rows())];
    this.shift = new float[step.length];
    this.chain = gamma(grid.rows() + 2);
  }

  /**
   * Takes a query under EUCLIDEAN.
   *
   * @param q the query, or its image
   * @param w weights, or null
   * @param norm length of the query
   * @param d attributes of the canonical score
   * @return whether limits can be certified
   */
  boolean euclidean(double[] q, float @Nullable [] w, double norm, int d) {
    dot = false;
    canonical = 1 - gamma(d + 4);
    base = w == null ? TINY : TINY_WEIGHTED;
    double most = w == null ? 1 : 0;
    double sum = 0;
    for (int j = 0; j < grid.rows(); j++) {
      double root = 1;
      if (w != null) {
        most = Math.max(most, w[j]);
        root = Math.sqrt(w[j]);
      }
      double s = root * grid.step[j];
      double b = root * (grid.origin[j] - q[j]);
      step[j] = (float) s;
      shift[j] = (float) b;
      double miss = CODE_SPAN * Math.abs(step[j] - s) + Math.abs(shift[j] - b);
      miss += 1e-14 * (CODE_SPAN * s + root * (Math.abs(grid.origin[j]) + Math.abs(q[j])));
      sum += miss * miss;
    }
    gain = Math.sqrt(most);
    blur = Math.sqrt(sum) + error * norm;
    return norm <= LONGEST && most <= 1e30;
  }

  /**
   * Takes a query under DOT or COSINE.
   *
   * @param q the query, or its image
   * @param norm length of the query
   * @param d attributes of the canonical score
   * @return whether limits can be certified
   */
  boolean dot(double[] q, double norm, int d) {
    this.dot = true;
    this.norm = norm;
    canonical = gamma(d + 2);
    double atOrigin = 0;
    double miss = 0;
    double total = 0;
    double size = 0;
    for (int j = 0; j < grid.rows(); j++) {
      double s = -(double) grid.step[j] * q[j];
      step[j] = (float) s;
      miss += Math.abs(step[j] - s) + 1e-14 * Math.abs(s);
      total += Math.abs(step[j]);
      atOrigin -= grid.origin[j] * q[j];
      size += Math.abs(grid.origin[j] * q[j]);
    }
    base = atOrigin;
    blur = CODE_SPAN * (miss + chain * total) * (1 + FINE) + 1e-11 * size + TINY;
    return norm <= LONGEST && CODE_SPAN * total <= 1e37;
  }

  /** Number of coordinates. */
  int rows() {
    return grid.rows();
  }

  /** Sets the key that an item must not exceed to count. NaN lets every item count. */
  void worst(float key) {
    reach = dot ? key : Math.sqrt((Math.max(key, 0) + base) / canonical);
  }

  /** Under EUCLIDEAN, how far an item that counts is from the query, at most. */
  double reach() {
    return reach;
  }

  /**
   * The largest kernel value of grid points whose balls may hold an item that counts.
   *
   * @param radius of the ball
   * @param longest length of the longest item in it
   * @return the limit, rounded up; NaN where nothing can be said
   */
  float limit(float radius, float longest) {
    return dot ? dotLimit(radius, longest) : euclideanLimit(radius);
  }

  /** Finds the limits of the balls from..to. */
  void limits(float[] radius, float[] longest, int from, int to, float[] limits) {
    if (dot) {
      for (int i = from; i < to; i++) {
        limits[i] = dotLimit(radius[i], longest[i]);
      }
    } else {
      for (int i = from; i < to; i++) {
        limits[i] = euclideanLimit(radius[i]);
      }
    }
  }

  private float dotLimit(float radius, float longest) {
    double slack =
        blur + norm * (radius + canonical * longest + 2 * error * (longest + radius)) + TINY;
    double limit = reach - base + slack + 1e-14 * (Math.abs(reach) + Math.abs(base));
    return up(limit + FINE * slack);
  }

  private float euclideanLimit(float radius) {
    double far = (reach + gain * radius + blur) * (1 + FINE);
    return up(far * far * (1 + chain) + TINY);
  }

  /** How good a ball's items may be, roughly: for the order of visits only. Smaller is better. */
  float promise(float value, float radius) {
    return dot ? (float) (value - norm * radius) : (float) (Math.sqrt(value) - gain * radius);
  }

  /**
   * A float that is not below, at most four roundings above; NaN for negative infinity. To ask
   * whether rounding went down would cost more than the rest of a limit: half of the answers cannot
   * be predicted.
   */
  static float up(double x) {
    return (float) (x + Math.abs(x) * (2 * U) + Float.MIN_VALUE);
  }

  static double gamma(int n) {
    return n * U / (1 - n * U);
  }
}

package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Maps a point x to a short image z(x): its coordinates along m orthonormal directions, which carry
 * as much of the sample's length as any m can, and the length of what they leave.
 *
 * <pre>   z(x) = (P x, rho(x)),     rho(x) = |x - P'P x|</pre>
 *
 * <p>The image never exaggerates: |z(x) - z(y)| &lt;= |x - y|, because the rests differ by at least
 * the difference of their lengths, and x.y &lt;= z(x).z(y), because the rests' product is at most
 * the product of their lengths (Cauchy and Schwarz; the bound of FEXIPRO, Li et al., SIGMOD 2017,
 * and of Panorama). On data near an m-dimensional space the image misses almost nothing.
 *
 * <p><b>Rounding.</b> P is stored in doubles, and orthonormal but for eta = |P P' - 1| (Frobenius),
 * which is checked to be below 1e-12. Let Q be P made exactly orthonormal, Q = (P P')^(-1/2) P.
 * Then |P x - Q x| &lt;= eta |x|, a computed P x differs from P x by at most sqrt(m) gamma'(width)
 * |x| &lt; 6e-12 |x|, and with rho computed as the root of |x|^2 - |P x|^2, its square is off by at
 * most 1.4e-11 |x|^2, so rho itself by at most 3.8e-6 |x| (as |a - b|^2 &lt;= |a^2 - b^2|). The
 * computed image is within {@link #ERROR} x |x| of the exact image under Q, for all widths to 4,097
 * and m to 128.
 */
final class Projection {
  /** How far a computed image may be from the exact one, in lengths of the vector. */
  static final double ERROR = 1e-5;

  private static final double MOST_SKEW = 1e-12;
  private static final int MOST_DIRECTIONS = 128;
  private static final int SAMPLE = 2048;
  private static final int ROUNDS = 8;

  /** Rows of a sample that are multiplied together. */
  private static final int TOGETHER = 16;

  /** Width x m: the m directions' coordinates for attribute 0, for attribute 1, ... */
  private final double[] p;

  private final int width;
  private final int m;

  private Projection(double[] p, int width, int m) {
    this.p = p;
    this.width = width;
    this.m = m;
  }

  /** Coordinates of an image. */
  int rows() {
    return m + 1;
  }

  /** Number of directions that fit the memory that a sketch may take. */
  static int mostDirections(int width) {
    return Math.min(MOST_DIRECTIONS, width / 4);
  }

  /**
   * Finds leading directions by orthogonal iteration on the sample's second moments.
   *
   * @param all the sample
   * @param m how many
   * @return the projection; null if the directions did not come out orthonormal
   */
  static @Nullable Projection leading(Sample all, int m) {
    Sample sample = all.thin(SAMPLE);
    int width = sample.width;
    double[] v = new double[width * m];
    Random random = new Random(1);
    for (int i = 0; i < v.length; i++) {
      v[i] = random.nextGaussian();
    }
    orthonormalise(v, width, m);
    for (int round = 0; round < ROUNDS; round++) {
      v = multiply(sample, v, m);
      orthonormalise(v, width, m);
    }
    return new Projection(v, width, m).checked();
  }

  /** The projection on the first directions only. */
  Projection first(int directions) {
    double[] some = new double[width * directions];
    for (int j = 0; j < width; j++) {
      System.arraycopy(p, j * m, some, j * directions, directions);
    }
    return new Projection(some, width, directions);
  }

  /**
   * Computes the image of a point.
   *
   * @param x holds the point
   * @param at where it starts
   * @param z receives m + 1 coordinates
   */
  void image(float[] x, int at, double[] z) {
    double length = 0;
    Arrays.fill(z, 0, m, 0);
    for (int j = 0; j < width; j++) {
      double xj = x[at + j];
      length += xj * xj;
      int row = j * m;
      for (int i = 0; i < m; i++) {
        z[i] += xj * p[row + i];
      }
    }
    for (int i = 0; i < m; i++) {
      length -= z[i] * z[i];
    }
    z[m] = Math.sqrt(Math.max(0, length));
  }

  /**
   * Computes the images of a block of items.
   *
   * @param x holds the vertical block
   * @param at where it starts
   * @param z receives m + 1 rows of 64
   */
  void images(float[] x, int at, double[] z) {
    int size = Blocks.SIZE;
    Arrays.fill(z, 0, (m + 1) * size, 0);
    int rest = m * size;
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < m; i++) {
        accumulate(p[j * m + i], x, at + j * size, z, i * size);
      }
      for (int lane = 0; lane < size; lane++) {
        double xj = x[at + j * size + lane];
        z[rest + lane] += xj * xj;
      }
    }
    for (int i = 0; i < m; i++) {
      for (int lane = 0; lane < size; lane++) {
        double zi = z[i * size + lane];
        z[rest + lane] -= zi * zi;
      }
    }
    for (int lane = 0; lane < size; lane++) {
      z[rest + lane] = Math.sqrt(Math.max(0, z[rest + lane]));
    }
  }

  long bytes() {
    return (long) p.length * Double.BYTES;
  }

  private static void accumulate(double factor, float[] x, int from, double[] z, int to) {
    for (int lane = 0; lane < Blocks.SIZE; lane++) {
      z[to + lane] += factor * x[from + lane];
    }
  }

  private @Nullable Projection checked() {
    double[] columns = transposed(p, width, m);
    double skew = 0;
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        double off = dot(columns, a, b, width) - (a == b ? 1 : 0);
        skew += off * off;
      }
    }
    return Math.sqrt(skew) < MOST_SKEW ? this : null;
  }

  /** The second moments of the sample times v, for a few rows at a time, which share its reads. */
  private static double[] multiply(Sample sample, double[] v, int m) {
    RowKernel kernel = Simd.rows();
    int width = sample.width;
    double[] product = new double[width * m];
    double[] images = new double[TOGETHER * m];
    for (int from = 0; from < sample.count; from += TOGETHER) {
      int rows = Math.min(TOGETHER, sample.count - from);
      Arrays.fill(images, 0);
      for (int j = 0; j < width; j++) {
        for (int r = 0; r < rows; r++) {
          kernel.add(images, r * m, sample.rows[(from + r) * width + j], v, j * m, m);
        }
      }
      for (int j = 0; j < width; j++) {
        for (int r = 0; r < rows; r++) {
          kernel.add(product, j * m, sample.rows[(from + r) * width + j], images, r * m, m);
        }
      }
    }
    return product;
  }

  /** Gram and Schmidt, twice, which is enough (Giraud, Langou and Rozloznik 2005). */
  private static void orthonormalise(double[] v, int width, int m) {
    RowKernel kernel = Simd.rows();
    double[] columns = transposed(v, width, m);
    for (int a = 0; a < m; a++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int b = 0; b < a; b++) {
          double along = dot(columns, a, b, width);
          kernel.add(columns, a * width, -along, columns, b * width, width);
        }
        double length = Math.sqrt(dot(columns, a, a, width));
        for (int j = a * width; j < (a + 1) * width; j++) {
          columns[j] = length > 0 ? columns[j] / length : 0;
        }
      }
    }
    System.arraycopy(transposed(columns, m, width), 0, v, 0, v.length);
  }

  private static double[] transposed(double[] matrix, int rows, int columns) {
    double[] transposed = new double[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        transposed[j * rows + i] = matrix[i * columns + j];
      }
    }
    return transposed;
  }

  /** The dot product of two rows. */
  private static double dot(double[] rows, int a, int b, int width) {
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += rows[a * width + j] * rows[b * width + j];
    }
    return sum;
  }
}

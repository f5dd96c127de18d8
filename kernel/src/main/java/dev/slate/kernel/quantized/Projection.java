package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Maps a point x to a short image z(x): its coordinates along m orthonormal directions, which carry
 * as much of the sample's length as any m can, and the length of what they leave.
 *
 * <pre>   z(x) = (P x, rho(x)),     rho(x) = |x - P'P x|</pre>
 *
 * <p>The image bounds distances and products. |z(x) - z(y)| &lt;= |x - y|, because the remainders x
 * - P'P x and y - P'P y differ by at least the difference of their lengths. x.y &lt;= z(x).z(y),
 * because the product of the remainders is at most the product of their lengths (Cauchy and
 * Schwarz; the bound of FEXIPRO, Li et al., SIGMOD 2017, and of Panorama). For data near an
 * m-dimensional space both are almost equalities.
 *
 * <p><b>Rounding.</b> P is stored in doubles, and orthonormal but for eta = |P P' - 1| (Frobenius),
 * which is checked to be below 1e-12. Let Q be P made exactly orthonormal, Q = (P P')^(-1/2) P.
 * Then |P x - Q x| &lt;= eta |x|, a computed P x differs from P x by at most sqrt(m) gamma'(width)
 * |x| &lt; 1.1e-11 |x|, and with rho computed as the root of |x|^2 - |P x|^2, its square is off by
 * at most 2.4e-11 |x|^2, so rho itself by at most 4.9e-6 |x| (as |a - b|^2 &lt;= |a^2 - b^2|). The
 * computed image is within {@link #ERROR} x |x| of the exact image under Q, for all widths to 4,097
 * and m to 512.
 */
final class Projection {
  /** How far a computed image may be from the exact one, in lengths of the vector. */
  static final double ERROR = 1e-5;

  private static final double MOST_SKEW = 1e-12;
  private static final int MOST_DIRECTIONS = 128;

  /** Largest number of attributes for which the error holds. */
  static final int WIDEST = 4_097;

  /** Largest number of directions that packed codes lie along. */
  static final int MOST_CODED = 512;

  /** Rounds after which the order of the directions suffices for codes; chosen. */
  private static final int FEW_ROUNDS = 3;

  static final int SAMPLE = 2048;

  /** Attributes of a block that stay in the nearest cache. */
  private static final int TOGETHER = 32;

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
    return width > WIDEST ? 0 : Math.min(MOST_DIRECTIONS, width / 4);
  }

  /**
   * Projects on the sample's leading directions.
   *
   * @param sample the rows
   * @param m how many directions
   * @return the projection; null if the directions did not come out orthonormal
   */
  static @Nullable Projection leading(RowSample sample, int m) {
    return of(sample, PrincipalDirections.of(sample.subsample(SAMPLE), m));
  }

  /** Projects on directions near the leading ones, found in less time. */
  static @Nullable Projection roughly(RowSample sample, int m) {
    return of(sample, PrincipalDirections.of(sample.subsample(SAMPLE), m, FEW_ROUNDS));
  }

  private static @Nullable Projection of(RowSample sample, double[][] directions) {
    int m = directions.length;
    if (!(skew(directions) < MOST_SKEW)) {
      return null;
    }
    double[] p = new double[sample.width * m];
    PrincipalDirections.transpose(directions, p);
    return new Projection(p, sample.width, m);
  }

  /** How far directions are from orthonormal, |P P' - 1|. */
  private static double skew(double[][] directions) {
    double sum = 0;
    for (int a = 0; a < directions.length; a++) {
      for (int b = 0; b < directions.length; b++) {
        double off = PrincipalDirections.dot(directions[a], directions[b]) - (a == b ? 1 : 0);
        sum += off * off;
      }
    }
    return Math.sqrt(sum);
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
   * @param x the point
   * @param z receives m + 1 coordinates
   */
  void image(double[] x, double[] z) {
    Arrays.fill(z, 0, m, 0);
    RowKernel kernel = Simd.rows();
    for (int j = 0; j < width; j += TOGETHER) {
      kernel.addMultiples(z, 0, m, p, j * m, x, j, 1, Math.min(TOGETHER, width - j));
    }
    double rest = 0;
    for (int j = 0; j < width; j++) {
      rest += x[j] * x[j];
    }
    for (int i = 0; i < m; i++) {
      rest -= z[i] * z[i];
    }
    z[m] = Math.sqrt(Math.max(0, rest));
  }

  /**
   * Computes the images of a block of items.
   *
   * @param x the vertical block
   * @param z receives m + 1 rows of 64
   */
  void images(double[] x, double[] z) {
    RowKernel kernel = Simd.rows();
    int size = Blocks.SIZE;
    Arrays.fill(z, 0, (m + 1) * size, 0);
    for (int j = 0; j < width; j += TOGETHER) {
      int few = Math.min(TOGETHER, width - j);
      for (int i = 0; i < m; i++) {
        kernel.addMultiples(z, i * size, size, x, j * size, p, j * m + i, m, few);
      }
    }
    int rest = m * size;
    for (int j = 0; j < width; j++) {
      for (int lane = 0; lane < size; lane++) {
        double xj = x[j * size + lane];
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

  void write(ArrayWriter out) throws IOException {
    out.number(width);
    out.number(m);
    out.array(p);
  }

  static Projection read(ArrayReader in) throws IOException {
    int width = in.number(1, 1 << 17);
    int m = in.number(1, MOST_CODED);
    return new Projection(in.doubles(), width, m);
  }
}

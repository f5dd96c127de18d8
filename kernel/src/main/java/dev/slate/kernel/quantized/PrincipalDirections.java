package dev.slate.kernel.quantized;

import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Finds the directions that carry most of a sample's length, by orthogonal iteration on its second
 * moments (Golub and Van Loan, Matrix Computations, 8.2.4): some directions are multiplied by the
 * moments, made orthonormal, and multiplied again.
 */
final class PrincipalDirections {
  private static final int ROUNDS = 8;

  /** Rows, or attributes, whose m numbers stay in the nearest cache. */
  private static final int TOGETHER = 16;

  /** Least length that an orthogonalised unit direction must keep to be orthogonal in floats. */
  private static final double ENOUGH = 0.5;

  /** Length below which a direction is a combination of the others. */
  private static final double LOST = 1e-6;

  private final RowKernel kernel = Simd.rows();
  private final Random random = new Random(1);
  private final int count;
  private final int width;
  private final int m;

  /** Count x width. */
  private final double[] rows;

  /**
   * Width x width: the sum of x'x over the rows; null where that would take longer than it saves.
   */
  private final double @Nullable [] moments;

  /** The directions, each of them {@code width} numbers. */
  private final double[][] directions;

  /** Width x m: the directions' coordinates for attribute 0, for attribute 1, ... */
  private final double[] v;

  private final double[] product;

  private PrincipalDirections(RowSample sample, int m, int rounds) {
    this.count = sample.count;
    this.width = sample.width;
    this.m = m;
    this.rows = new double[sample.rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = sample.rows[i];
    }
    this.directions = new double[m][width];
    this.v = new double[width * m];
    this.product = new double[width * m];
    this.moments = momentsPay(count, width, m, rounds) ? moments() : null;
  }

  /**
   * Whether moments save time: they take count x width^2 multiplications and width^2 x m a round,
   * in place of 2 count x width x m a round. If so, the width is below 2 count and 2 m rounds.
   */
  private static boolean momentsPay(long count, long width, long m, long rounds) {
    return width * (count + m * rounds) < 2 * count * m * rounds;
  }

  /**
   * Finds directions.
   *
   * @param sample the rows
   * @param m how many directions, at most as many as attributes
   * @return m directions, orthonormal; any, where the sample has fewer
   */
  static double[][] of(RowSample sample, int m) {
    return of(sample, m, ROUNDS);
  }

  /** Bytes of heap that a search for m directions takes, at most. */
  static long bytes(long count, long width, long m) {
    long moments = momentsPay(count, width, m, ROUNDS) ? 8 * width * width : 0;
    return 8 * count * width + moments + 40 * width * m;
  }

  /** Finds directions in a number of rounds. */
  static double[][] of(RowSample sample, int m, int rounds) {
    PrincipalDirections leading = new PrincipalDirections(sample, m, rounds);
    leading.orthonormalise();
    for (int round = 0; round < rounds; round++) {
      leading.multiply();
      leading.orthonormalise();
    }
    return leading.directions;
  }

  /** Multiplies the directions by the sample's second moments. */
  private void multiply() {
    transpose(directions, v);
    Arrays.fill(product, 0);
    if (moments == null) {
      multiplyByRows();
    } else {
      multiplyBy(moments);
    }
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < m; i++) {
        directions[i][j] = product[j * m + i];
      }
    }
  }

  private double[] moments() {
    double[] sum = new double[width * width];
    for (int first = 0; first < count; first += TOGETHER) {
      int some = Math.min(TOGETHER, count - first);
      int at = first * width;
      for (int j = 0; j < width; j++) {
        kernel.addMultiples(sum, j * width, width, rows, at, rows, at + j, width, some);
      }
    }
    return sum;
  }

  private void multiplyBy(double[] moments) {
    for (int first = 0; first < width; first += TOGETHER) {
      int few = Math.min(TOGETHER, width - first);
      for (int j = 0; j < width; j++) {
        kernel.addMultiples(product, j * m, m, v, first * m, moments, j * width + first, 1, few);
      }
    }
  }

  /** Multiplies rows by the directions, and then directions by these products. */
  private void multiplyByRows() {
    double[] images = new double[TOGETHER * m];
    for (int first = 0; first < count; first += TOGETHER) {
      int some = Math.min(TOGETHER, count - first);
      int at = first * width;
      Arrays.fill(images, 0);
      for (int j = 0; j < width; j += TOGETHER) {
        int few = Math.min(TOGETHER, width - j);
        for (int r = 0; r < some; r++) {
          kernel.addMultiples(images, r * m, m, v, j * m, rows, at + r * width + j, 1, few);
        }
      }
      for (int j = 0; j < width; j++) {
        kernel.addMultiples(product, j * m, m, images, 0, rows, at + j, width, some);
      }
    }
  }

  /**
   * Gram and Schmidt, until hardly anything is subtracted, which is twice as a rule (Giraud, Langou
   * and Rozloznik 2005). A direction that is a combination of the others is replaced by a random
   * one.
   */
  private void orthonormalise() {
    for (int a = 0; a < m; a++) {
      double[] direction = directions[a];
      normalise(direction, 0);
      double left;
      do {
        for (int b = 0; b < a; b++) {
          add(direction, -dot(direction, directions[b]), directions[b]);
        }
        left = normalise(direction, LOST);
      } while (left < ENOUGH);
    }
  }

  /** Brings a direction to length 1, any if it is too short; returns the length that it had. */
  private double normalise(double[] direction, double tooShort) {
    double length = Math.sqrt(dot(direction, direction));
    if (!(length > tooShort)) {
      Arrays.setAll(direction, j -> random.nextGaussian());
      normalise(direction, 0);
    } else {
      for (int j = 0; j < width; j++) {
        direction[j] /= length;
      }
    }
    return length;
  }

  /** Brings m directions into the order of attributes: m coordinates for each. */
  static void transpose(double[][] directions, double[] to) {
    int m = directions.length;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < directions[i].length; j++) {
        to[j * m + i] = directions[i][j];
      }
    }
  }

  private static void add(double[] sum, double factor, double[] a) {
    for (int j = 0; j < sum.length; j++) {
      sum[j] += factor * a[j];
    }
  }

  /** The dot product, as four sums. */
  static double dot(double[] a, double[] b) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j <= a.length - 4; j += 4) {
      s0 += a[j] * b[j];
      s1 += a[j + 1] * b[j + 1];
      s2 += a[j + 2] * b[j + 2];
      s3 += a[j + 3] * b[j + 3];
    }
    for (; j < a.length; j++) {
      s0 += a[j] * b[j];
    }
    return s0 + s1 + (s2 + s3);
  }
}

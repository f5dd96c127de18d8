package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.recommend.Workers;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The equations of {@link Als} against the loops of the textbook, for equality. */
class NormalEquationsTest {
  private static final int[] SIZES = {1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 64, 65};
  private static final double LAMBDA = 0.1;

  private static double[] naiveGram(float[] y, int d) {
    double[] gram = new double[d * d];
    for (int at = 0; at < y.length; at += d) {
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          gram[i * d + j] += (double) y[at + i] * y[at + j];
        }
      }
    }
    return gram;
  }

  /** Column after column; b becomes x. */
  private static void naiveSolve(double[] a, double[] b, int n) {
    for (int j = 0; j < n; j++) {
      a[j * n + j] = Math.sqrt(a[j * n + j]);
      for (int i = j + 1; i < n; i++) {
        a[i * n + j] /= a[j * n + j];
      }
      for (int i = j + 1; i < n; i++) {
        for (int k = j + 1; k <= i; k++) {
          a[i * n + k] -= a[i * n + j] * a[k * n + j];
        }
      }
    }
    for (int j = 0; j < n; j++) {
      b[j] /= a[j * n + j];
      for (int i = j + 1; i < n; i++) {
        b[i] -= b[j] * a[i * n + j];
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      b[j] /= a[j * n + j];
      for (int i = 0; i < j; i++) {
        b[i] -= b[j] * a[j * n + i];
      }
    }
  }

  @Test
  void theBitsAreThoseOfOnePieceAfterAnother() {
    SplittableRandom random = new SplittableRandom(5);
    for (int d : SIZES) {
      float[] y = Dense.normal(11 * d, 1, random);
      double[] gram = Als.gram(y, d, TrainedModels.THREE);
      assertArrayEquals(naiveGram(y, d), gram, 0, "gram of " + d);
      assertArrayEquals(gram, Als.gram(y, d, Workers.ALONE), 0, "gram of " + d);
      NormalEquations equations = new NormalEquations(d, LAMBDA, gram);
      for (int pieces = 0; pieces <= 11; pieces++) {
        double[] matrix = gram.clone();
        double[] right = new double[d];
        equations.start();
        for (int i = 0; i < d; i++) {
          matrix[i * d + i] += LAMBDA;
        }
        for (int piece = 0; piece < pieces; piece++) {
          double extra = 0.5 + piece;
          equations.add(y, piece * d, extra);
          for (int i = 0; i < d; i++) {
            double factor = extra * y[piece * d + i];
            for (int j = 0; j <= i; j++) {
              matrix[i * d + j] += factor * y[piece * d + j];
            }
            right[i] += (1 + extra) * y[piece * d + i];
          }
        }
        naiveSolve(matrix, right, d);
        float[] x = new float[d];
        equations.solve(x, 0);
        for (int j = 0; j < d; j++) {
          assertEquals((float) right[j], x[j], 0, d + " of " + pieces + " pieces, " + j);
        }
      }
    }
  }

  @Test
  void whatIsNotPositiveDefiniteIsSaid() {
    double[] matrix = {
      1, 0, 0, 0, 0, /* */ 0, 1, 0, 0, 0, /* */ 0, 0, 1, 0, 0, /* */ 0, 0, 0, 1, 0,
      /* */ 0, 0, 0, 2, 3
    };
    ArithmeticException failure =
        assertThrows(
            ArithmeticException.class, () -> Cholesky.solve(matrix.clone(), new double[5], 5));
    assertEquals("the matrix is not positive definite, column 4", failure.getMessage());
    matrix[7] = 0;
    matrix[6] = -1;
    failure =
        assertThrows(ArithmeticException.class, () -> Cholesky.solve(matrix, new double[5], 5));
    assertEquals("the matrix is not positive definite, column 1", failure.getMessage());
  }
}

package dev.slate.recommend.model;

/**
 * Solves A x = b for a symmetric positive definite A, n x n, row-major, of which the lower triangle
 * is read and overwritten. The inner loops run over rows, so that they become vector code. Columns
 * are eliminated in panels of four: each number of the rest is read and written once for four, and
 * the differences are those of one column after another, to the bit.
 */
final class Cholesky {
  private static final int PANEL = 4;

  private Cholesky() {}

  /**
   * Solves in place.
   *
   * @param a the matrix; overwritten
   * @param b the right side; overwritten by x
   * @param n number of rows
   * @throws ArithmeticException if the matrix is not positive definite
   */
  static void solve(double[] a, double[] b, int n) {
    int from = 0;
    for (; from + PANEL <= n; from += PANEL) {
      for (int j = from; j < from + PANEL; j++) {
        column(a, n, j, from + PANEL);
      }
      for (int i = from + PANEL; i < n; i++) {
        subtractFour(a, n, from, i);
      }
    }
    for (int j = from; j < n; j++) {
      column(a, n, j, n);
    }
    for (int j = 0; j < n; j++) {
      b[j] /= a[j * n + j];
      double solved = b[j];
      for (int i = j + 1; i < n; i++) {
        b[i] -= solved * a[j * n + i];
      }
    }
    for (int j = n - 1; j >= 0; j--) {
      b[j] /= a[j * n + j];
      double solved = b[j];
      for (int i = 0; i < j; i++) {
        b[i] -= solved * a[j * n + i];
      }
    }
  }

  /**
   * Divides a column by its root, copies it into the unused upper triangle as a row, for the loops
   * over rows, and subtracts it from the columns up to an end.
   */
  private static void column(double[] a, int n, int j, int end) {
    double pivot = a[j * n + j];
    if (!(pivot > 0)) {
      throw new ArithmeticException("the matrix is not positive definite, column " + j);
    }
    double root = Math.sqrt(pivot);
    a[j * n + j] = root;
    for (int i = j + 1; i < n; i++) {
      double each = a[i * n + j] / root;
      a[i * n + j] = each;
      a[j * n + i] = each;
    }
    int column = j * n;
    for (int i = j + 1; i < n; i++) {
      double factor = a[i * n + j];
      int row = i * n;
      for (int k = j + 1; k < end && k <= i; k++) {
        a[row + k] -= factor * a[column + k];
      }
    }
  }

  /** Subtracts four columns from what is right of them in a row. */
  private static void subtractFour(double[] a, int n, int from, int i) {
    int row = i * n;
    double f0 = a[row + from];
    double f1 = a[row + from + 1];
    double f2 = a[row + from + 2];
    double f3 = a[row + from + 3];
    int c0 = from * n;
    int c1 = c0 + n;
    int c2 = c1 + n;
    int c3 = c2 + n;
    for (int k = from + PANEL; k <= i; k++) {
      a[row + k] = a[row + k] - f0 * a[c0 + k] - f1 * a[c1 + k] - f2 * a[c2 + k] - f3 * a[c3 + k];
    }
  }
}

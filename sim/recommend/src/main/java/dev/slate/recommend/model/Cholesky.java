package dev.slate.recommend.model;

/**
 * Solves A x = b for a symmetric positive definite A, n x n, row-major, of which the lower triangle
 * is read and overwritten. The inner loops run over rows, so that they become vector code.
 */
final class Cholesky {
  private Cholesky() {}

  /**
   * Solves in place.
   *
   * @param a the matrix; its lower triangle is overwritten
   * @param b the right side; overwritten by x
   * @param n number of rows
   * @throws ArithmeticException if the matrix is not positive definite
   */
  static void solve(double[] a, double[] b, int n) {
    for (int j = 0; j < n; j++) {
      double pivot = a[j * n + j];
      if (!(pivot > 0)) {
        throw new ArithmeticException("the matrix is not positive definite, column " + j);
      }
      double root = Math.sqrt(pivot);
      a[j * n + j] = root;
      for (int i = j + 1; i < n; i++) {
        a[i * n + j] /= root;
      }
      // The column as a row, in the unused upper triangle, for the loops below.
      for (int i = j + 1; i < n; i++) {
        a[j * n + i] = a[i * n + j];
      }
      for (int i = j + 1; i < n; i++) {
        double factor = a[i * n + j];
        int row = i * n;
        int column = j * n;
        for (int k = j + 1; k <= i; k++) {
          a[row + k] -= factor * a[column + k];
        }
      }
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
}

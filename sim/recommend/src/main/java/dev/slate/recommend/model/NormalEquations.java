package dev.slate.recommend.model;

/** The d equations of one user or item of {@link Als}. For one thread. */
final class NormalEquations {
  private final int d;
  private final double[] base;
  private final double[] matrix;
  private final double[] right;
  private final double[] wide;

  /** Takes lambda and the lower triangle of the Gram matrix of the other side. */
  NormalEquations(int d, double lambda, double[] gram) {
    this.d = d;
    this.base = gram.clone();
    for (int i = 0; i < d; i++) {
      base[i * d + i] += lambda;
    }
    this.matrix = new double[d * d];
    this.right = new double[d];
    this.wide = new double[d];
  }

  void start() {
    System.arraycopy(base, 0, matrix, 0, base.length);
    java.util.Arrays.fill(right, 0);
  }

  /** Adds a piece of evidence with the confidence 1 + extra. */
  void add(float[] y, int at, double extra) {
    for (int j = 0; j < d; j++) {
      wide[j] = y[at + j];
    }
    for (int i = 0; i < d; i++) {
      double factor = extra * wide[i];
      int row = i * d;
      for (int j = 0; j <= i; j++) {
        matrix[row + j] += factor * wide[j];
      }
    }
    for (int j = 0; j < d; j++) {
      right[j] += (1 + extra) * wide[j];
    }
  }

  void solve(float[] x, int at) {
    Cholesky.solve(matrix, right, d);
    for (int j = 0; j < d; j++) {
      x[at + j] = (float) right[j];
    }
  }
}

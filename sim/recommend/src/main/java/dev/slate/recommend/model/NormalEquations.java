package dev.slate.recommend.model;

/**
 * The d equations of one user or item of {@link Als}. Evidence is added four pieces at a time, so
 * that each number of the matrix is read and written once for four: the sums are those of one after
 * another, to the bit. For one thread.
 */
final class NormalEquations {
  private static final int TOGETHER = 4;

  private final int d;
  private final double[] base;
  private final double[] matrix;
  private final double[] right;

  /** Pieces of evidence that wait to be added together. */
  private final double[][] wide;

  private final double[] extras;
  private int waiting;

  /** Takes lambda and the lower triangle of the Gram matrix of the other side. */
  NormalEquations(int d, double lambda, double[] gram) {
    this.d = d;
    this.base = gram.clone();
    for (int i = 0; i < d; i++) {
      base[i * d + i] += lambda;
    }
    this.matrix = new double[d * d];
    this.right = new double[d];
    this.wide = new double[TOGETHER][d];
    this.extras = new double[TOGETHER];
  }

  void start() {
    System.arraycopy(base, 0, matrix, 0, base.length);
    java.util.Arrays.fill(right, 0);
    waiting = 0;
  }

  /** Adds a piece of evidence with the confidence 1 + extra. */
  void add(float[] y, int at, double extra) {
    double[] last = wide[waiting];
    for (int j = 0; j < d; j++) {
      last[j] = y[at + j];
    }
    extras[waiting++] = extra;
    for (int j = 0; j < d; j++) {
      right[j] += (1 + extra) * last[j];
    }
    if (waiting == TOGETHER) {
      for (int i = 0; i < d; i++) {
        addFour(i);
      }
      waiting = 0;
    }
  }

  private void addFour(int i) {
    double[] m = matrix;
    double[] a0 = wide[0];
    double[] a1 = wide[1];
    double[] a2 = wide[2];
    double[] a3 = wide[3];
    double f0 = extras[0] * a0[i];
    double f1 = extras[1] * a1[i];
    double f2 = extras[2] * a2[i];
    double f3 = extras[3] * a3[i];
    int row = i * d;
    for (int j = 0; j <= i; j++) {
      m[row + j] = m[row + j] + f0 * a0[j] + f1 * a1[j] + f2 * a2[j] + f3 * a3[j];
    }
  }

  private void addOne(double[] one, double extra) {
    for (int i = 0; i < d; i++) {
      double factor = extra * one[i];
      int row = i * d;
      for (int j = 0; j <= i; j++) {
        matrix[row + j] += factor * one[j];
      }
    }
  }

  void solve(float[] x, int at) {
    for (int i = 0; i < waiting; i++) {
      addOne(wide[i], extras[i]);
    }
    waiting = 0;
    Cholesky.solve(matrix, right, d);
    for (int j = 0; j < d; j++) {
      x[at + j] = (float) right[j];
    }
  }
}

package dev.slate.kernel.rows;

/** Brings rows to length 1, for COSINE. */
public final class Normalizer {
  private Normalizer() {}

  /**
   * Replaces x[j] by {@code (float) (x[j] / sqrt(S))}, S the sum of squares in double, in order. A
   * zero row stays as it is.
   *
   * @param a holds the row
   * @param at where it starts
   * @param d its length
   */
  public static void normalise(float[] a, int at, int d) {
    double s = 0;
    for (int j = 0; j < d; j++) {
      double x = a[at + j];
      s += x * x;
    }
    if (s == 0) {
      return;
    }
    double length = Math.sqrt(s);
    for (int j = 0; j < d; j++) {
      a[at + j] = (float) (a[at + j] / length);
    }
  }
}

package dev.slate.kernel;

/** How an item is scored against a query. The exact arithmetic is part of the contract. */
public enum Metric {
  /**
   * Squared Euclidean distance; smaller is better. {@code s = 0; for j in 0..d-1: t = x[j] - q[j];
   * s = fma(t, t, s)} in float32. With weights {@code s = fma(w[j] * t, t, s)}.
   */
  EUCLIDEAN,

  /** Dot product; larger is better. {@code s = bias; for j in 0..d-1: s = fma(x[j], q[j], s)}. */
  DOT,

  /**
   * Cosine similarity; larger is better. The dot product, without bias and without clamping, of
   * rows and query normalised once: {@code (float) (x[j] / sqrt(S))} with S the sum of squares in
   * double. A zero vector stays zero.
   */
  COSINE;

  /**
   * Tells whether a larger score is better.
   *
   * @return true for {@link #DOT} and {@link #COSINE}
   */
  public boolean largerIsBetter() {
    return this != EUCLIDEAN;
  }
}

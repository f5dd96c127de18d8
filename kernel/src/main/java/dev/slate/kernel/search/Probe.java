package dev.slate.kernel.search;

import org.jspecify.annotations.Nullable;

/**
 * A query in the form that kernels compute with: which chain of fused multiply-adds, and its
 * operands. Filled once a search, then only read.
 */
public final class Probe {
  /** The query's d attributes, normalised for COSINE. The array may be longer than d. */
  public float[] q = {};

  /** The d weights of a weighted EUCLIDEAN, else null. */
  public float @Nullable [] w;

  /** Number of attributes. */
  public int d;

  /** True for DOT and COSINE. */
  public boolean dot;

  /** True if row 0 of each block holds the items' biases. */
  public boolean biased;

  /**
   * The key of one item of a vertical block.
   *
   * @param a the chunk that holds the block
   * @param at position of the item's first attribute (or its bias) in the chunk
   * @param step distance between an item's attributes
   */
  public float key(float[] a, int at, int step) {
    float[] q = this.q;
    float[] w = this.w;
    int p = at;
    float s = 0f;
    if (dot) {
      if (biased) {
        s = a[p];
        p += step;
      }
      for (int j = 0; j < d; j++, p += step) {
        s = Math.fma(a[p], q[j], s);
      }
      return -s;
    }
    for (int j = 0; j < d; j++, p += step) {
      float t = a[p] - q[j];
      s = Math.fma(w == null ? t : w[j] * t, t, s);
    }
    return s;
  }
}

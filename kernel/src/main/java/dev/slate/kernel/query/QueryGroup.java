package dev.slate.kernel.query;

/** Plain queries that are searched together, checked and, for COSINE, normalised. */
public final class QueryGroup {
  /** The queries, count x d, row-major. The array may be longer. */
  public float[] rows = {};

  /** Number of queries. */
  public int count;

  /** Number of attributes. */
  public int d;

  /** True for DOT and COSINE. */
  public boolean dot;

  /** True if row 0 of each block holds the items' biases. */
  public boolean biased;
}

package dev.slate.kernel.layout;

import dev.slate.kernel.query.QueryGroup;
import java.util.Arrays;

/**
 * The queries of a group, side by side in panels of six, transposed so that a kernel reads them in
 * sequence.
 *
 * <pre>
 *             query 0  query 1  ...  query 5 | query 6 ...
 *   row 0     1        1             1       | 1             (only where items have a bias)
 *   row 1     q[0][0]  q[1][0]       q[5][0] | q[6][0]
 *   row 2     q[0][1]  q[1][1]       q[5][1] | q[6][1]
 *   ...
 * </pre>
 *
 * <p>The bias is one more attribute, in which every query has 1. Its product is added to -0.0,
 * which gives the bias to the bit, the sign of a zero included: the canonical chain starts with it.
 *
 * <p>Each query carries a limit, its bound turned as the scores are: an item cannot enter if its
 * squared distance is at least the limit, or its dot product at most the limit. Places behind the
 * last query hold zeros, and a limit that no item passes.
 */
public final class Panels {
  /** Queries in a panel. */
  public static final int QUERIES = 6;

  private float[] values = {};
  private float[] limits = {};
  private int rows;
  private int count;
  private boolean dot;
  private float start;

  /** Takes a group. Keeps its arrays where they are long enough. */
  public void pack(QueryGroup group) {
    dot = group.dot;
    start = group.biased ? -0f : 0f;
    rows = group.biased ? group.d + 1 : group.d;
    count = (group.count + QUERIES - 1) / QUERIES;
    int panel = rows * QUERIES;
    if (values.length < count * panel) {
      values = new float[count * panel];
      limits = new float[count * QUERIES];
    }
    if (limits.length < count * QUERIES) {
      limits = new float[count * QUERIES];
    }
    Arrays.fill(values, 0, count * panel, 0f);
    for (int i = 0; i < count * QUERIES; i++) {
      bound(i, Float.NEGATIVE_INFINITY);
    }
    for (int i = 0; i < group.count; i++) {
      int to = i / QUERIES * panel + i % QUERIES;
      if (group.biased) {
        values[to] = 1f;
        to += QUERIES;
      }
      for (int j = 0, from = i * group.d; j < group.d; j++, from++, to += QUERIES) {
        values[to] = group.rows[from];
      }
    }
  }

  /**
   * Sets a query's limit.
   *
   * @param query the query
   * @param bound strict bound on its keys; NaN where every key is of interest
   */
  public void bound(int query, float bound) {
    limits[query] = dot ? -bound : bound;
  }

  /** Number of panels. */
  public int count() {
    return count;
  }

  /** Rows of a panel: the attributes, and the bias where there is one. */
  public int rows() {
    return rows;
  }

  /** All panels, each rows x 6. */
  public float[] values() {
    return values;
  }

  /** One limit a query. */
  public float[] limits() {
    return limits;
  }

  /** True for DOT and COSINE. */
  public boolean dot() {
    return dot;
  }

  /** Start value of a sum of products. */
  public float start() {
    return start;
  }
}

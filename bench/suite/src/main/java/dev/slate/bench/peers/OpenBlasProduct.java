package dev.slate.bench.peers;

import dev.slate.bench.dataset.CanonicalScore;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.util.Arrays;

/**
 * Scores as a product of matrices by OpenBLAS, some thousand items at a time so that scores stay in
 * the cache, and then the best of them. Distances come from the expanded form |x|^2 - 2xq, whose
 * rounding differs from that of a distance: its recall tells how often that matters.
 */
final class OpenBlasProduct implements Peer {
  private static final int ITEMS = 4096;

  private final Blas blas = Blas.open();
  private float[] rows = {};
  private float[] squares = {};
  private float[] scores = {};
  private BestByHeap[] best = {};
  private float[] worst = {};
  private int n;
  private int d;
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    n = items.size();
    d = items.dimensions();
    rows = new float[n * d];
    items.copyRows(0, n, rows, 0);
    if (metric == Metric.COSINE) {
      CanonicalScore.normalise(rows, d);
    }
    squares = new float[metric == Metric.EUCLIDEAN ? n : 0];
    for (int i = 0; i < squares.length; i++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        sum += (double) rows[i * d + j] * rows[i * d + j];
      }
      squares[i] = (float) sum;
    }
  }

  @Override
  public int[] search(float[] query, int k) {
    return searchAll(new float[][] {query}, k)[0];
  }

  @Override
  public int[][] searchAll(float[][] queries, int k) {
    int m = queries.length;
    float[] flat = flat(queries);
    prepare(m);
    float alpha = metric == Metric.EUCLIDEAN ? -2 : -1;
    float beta = metric == Metric.EUCLIDEAN ? 1 : 0;
    for (int from = 0; from < n; from += ITEMS) {
      int count = Math.min(ITEMS, n - from);
      for (int q = 0; q < m && beta > 0; q++) {
        System.arraycopy(squares, from, scores, q * ITEMS, count);
      }
      blas.multiply(alpha, flat, m, rows, from, count, d, beta, scores, ITEMS);
      for (int q = 0; q < m; q++) {
        select(q, from, count, k);
      }
    }
    int[][] found = new int[m][];
    Arrays.setAll(found, q -> best[q].drain());
    return found;
  }

  private float[] flat(float[][] queries) {
    float[] flat = new float[queries.length * d];
    for (int q = 0; q < queries.length; q++) {
      System.arraycopy(queries[q], 0, flat, q * d, d);
    }
    if (metric == Metric.COSINE) {
      CanonicalScore.normalise(flat, d);
    }
    return flat;
  }

  private void prepare(int m) {
    if (best.length < m) {
      scores = new float[m * ITEMS];
      worst = new float[m];
      best = new BestByHeap[m];
      Arrays.setAll(best, q -> new BestByHeap());
    }
    Arrays.fill(worst, Float.POSITIVE_INFINITY);
  }

  private void select(int q, int from, int count, int k) {
    float bound = worst[q];
    BestByHeap kept = best[q];
    for (int i = 0, at = q * ITEMS; i < count; i++, at++) {
      if (scores[at] < bound || kept.size() < k) {
        bound = kept.keep(scores[at], from + i, k);
      }
    }
    worst[q] = bound;
  }
}

package dev.slate.bench.peers;

import dev.slate.bench.dataset.CanonicalScore;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;

/** A loop over a row-major array, and a heap of the best. */
final class ScalarLoop implements Peer {
  private final BestByHeap best = new BestByHeap();
  private float[] rows = {};
  private int n;
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    n = items.size();
    rows = new float[n * items.dimensions()];
    items.copyRows(0, n, rows, 0);
    if (metric == Metric.COSINE) {
      CanonicalScore.normalise(rows, items.dimensions());
    }
  }

  @Override
  public int[] search(float[] query, int k) {
    if (metric == Metric.EUCLIDEAN) {
      return nearest(query, k);
    }
    float[] q = query;
    if (metric == Metric.COSINE) {
      q = query.clone();
      CanonicalScore.normalise(q, q.length);
    }
    return largest(q, k);
  }

  private int[] nearest(float[] q, int k) {
    int d = q.length;
    float worst = Float.POSITIVE_INFINITY;
    for (int i = 0, at = 0; i < n; i++, at += d) {
      float s = 0f;
      for (int j = 0; j < d; j++) {
        float t = rows[at + j] - q[j];
        s = Math.fma(t, t, s);
      }
      if (s < worst || best.size() < k) {
        worst = best.keep(s, i, k);
      }
    }
    return best.drain();
  }

  private int[] largest(float[] q, int k) {
    int d = q.length;
    float worst = Float.POSITIVE_INFINITY;
    for (int i = 0, at = 0; i < n; i++, at += d) {
      float s = 0f;
      for (int j = 0; j < d; j++) {
        s = Math.fma(rows[at + j], q[j], s);
      }
      if (-s < worst || best.size() < k) {
        worst = best.keep(-s, i, k);
      }
    }
    return best.drain();
  }
}

package dev.slate.bench.peers;

import dev.slate.bench.suite.CanonicalScore;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import it.unimi.dsi.fastutil.longs.LongComparators;
import it.unimi.dsi.fastutil.longs.LongHeapPriorityQueue;

/**
 * A loop over a row-major array. The heap holds the worst on top, score and ordinal in one long.
 */
final class ScalarLoop implements Peer {
  private final LongHeapPriorityQueue heap =
      new LongHeapPriorityQueue(LongComparators.OPPOSITE_COMPARATOR);
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
      if (s < worst || heap.size() < k) {
        worst = keep(s, i, k);
      }
    }
    return drain();
  }

  private int[] largest(float[] q, int k) {
    int d = q.length;
    float worst = Float.POSITIVE_INFINITY;
    for (int i = 0, at = 0; i < n; i++, at += d) {
      float s = 0f;
      for (int j = 0; j < d; j++) {
        s = Math.fma(rows[at + j], q[j], s);
      }
      if (-s < worst || heap.size() < k) {
        worst = keep(-s, i, k);
      }
    }
    return drain();
  }

  /** Adds an item whose key is smaller the better it is; returns the worst key kept. */
  private float keep(float key, int ordinal, int k) {
    int bits = Float.floatToIntBits(key + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    heap.enqueue(((long) ordered << 32) | ordinal);
    if (heap.size() > k) {
      heap.dequeueLong();
    }
    if (heap.size() < k) {
      return Float.POSITIVE_INFINITY;
    }
    int top = (int) (heap.firstLong() >> 32);
    return Float.intBitsToFloat(top ^ ((top >> 31) & Integer.MAX_VALUE));
  }

  private int[] drain() {
    int[] ordinals = new int[heap.size()];
    for (int i = ordinals.length - 1; i >= 0; i--) {
      ordinals[i] = (int) heap.dequeueLong();
    }
    return ordinals;
  }
}

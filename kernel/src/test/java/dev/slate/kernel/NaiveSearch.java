package dev.slate.kernel;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: the canonical score in a plain loop; the library's heap keeps the best. Shares no
 * code with the kernel.
 */
final class NaiveSearch {
  record Hit(int ordinal, float score) {}

  private final Metric metric;
  private final int d;
  private final float[] rows;
  private final float @Nullable [] bias;

  NaiveSearch(Metric metric, float[] rows, int d, float @Nullable [] bias) {
    this.metric = metric;
    this.d = d;
    this.bias = bias;
    this.rows = rows.clone();
    if (metric == Metric.COSINE) {
      for (int i = 0; i < rows.length / d; i++) {
        normalise(this.rows, i * d);
      }
    }
  }

  List<Hit> search(Query query, int k) {
    float[] q = query.vector.clone();
    if (metric == Metric.COSINE) {
      normalise(q, 0);
    }
    Comparator<Hit> order = this::compare;
    PriorityQueue<Hit> best = new PriorityQueue<>(order.reversed());
    for (int i = 0; i < rows.length / d; i++) {
      Hit hit = new Hit(i, score(i, q, query.weights));
      boolean in = query.allow == null || query.allow.contains(i);
      in &= query.deny == null || !query.deny.contains(i);
      in &= !query.bounded || within(hit.score, query.radius);
      in &= !query.paged || compare(hit, new Hit((int) query.afterPlace, query.afterScore)) > 0;
      if (in && best.size() == k && compare(hit, best.element()) < 0) {
        best.remove();
      }
      if (in && best.size() < k) {
        best.add(hit);
      }
    }
    return best.stream().sorted(order).toList();
  }

  private boolean within(float score, float radius) {
    return metric == Metric.EUCLIDEAN ? score <= radius : score >= radius;
  }

  private float score(int i, float[] q, float @Nullable [] w) {
    if (metric == Metric.EUCLIDEAN) {
      float s = 0;
      for (int j = 0; j < d; j++) {
        float t = rows[i * d + j] - q[j];
        s = w == null ? Math.fma(t, t, s) : Math.fma(w[j] * t, t, s);
      }
      return s;
    }
    float s = bias == null ? 0 : bias[i];
    for (int j = 0; j < d; j++) {
      s = Math.fma(rows[i * d + j], q[j], s);
    }
    return s;
  }

  private void normalise(float[] a, int at) {
    double sum = 0;
    for (int j = 0; j < d; j++) {
      sum += (double) a[at + j] * a[at + j];
    }
    double root = Math.sqrt(sum);
    for (int j = 0; j < d && sum > 0; j++) {
      a[at + j] = (float) (a[at + j] / root);
    }
  }

  private int compare(Hit a, Hit b) {
    boolean nanA = Float.isNaN(a.score);
    boolean nanB = Float.isNaN(b.score);
    if (nanA != nanB) {
      return nanA ? 1 : -1;
    }
    if (!nanA && a.score != b.score) {
      boolean less = a.score < b.score;
      return less == (metric == Metric.EUCLIDEAN) ? -1 : 1;
    }
    return Integer.compare(a.ordinal, b.ordinal);
  }
}

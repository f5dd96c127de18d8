package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;
import org.apache.lucene.util.hnsw.NeighborQueue;

/** {@link VectorUtil} over each row, kept in Lucene's own bounded heap. */
final class LuceneFlat implements Peer {
  private float[][] rows = {};
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    rows = new float[items.size()][];
    RowReader.each(
        items,
        (i, row) -> rows[i] = metric == Metric.COSINE ? VectorUtil.l2normalize(row, false) : row);
  }

  @Override
  public int[] search(float[] query, int k) {
    NeighborQueue best = new NeighborQueue(Math.min(k, rows.length), metric == Metric.EUCLIDEAN);
    if (metric == Metric.EUCLIDEAN) {
      for (int i = 0; i < rows.length; i++) {
        best.insertWithOverflow(i, VectorUtil.squareDistance(rows[i], query));
      }
    } else {
      float[] q = query;
      if (metric == Metric.COSINE) {
        q = VectorUtil.l2normalize(Arrays.copyOf(query, query.length), false);
      }
      for (int i = 0; i < rows.length; i++) {
        best.insertWithOverflow(i, VectorUtil.dotProduct(rows[i], q));
      }
    }
    int[] ordinals = new int[best.size()];
    for (int i = ordinals.length - 1; i >= 0; i--) {
      ordinals[i] = best.pop();
    }
    return ordinals;
  }
}

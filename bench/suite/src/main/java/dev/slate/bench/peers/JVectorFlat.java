package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import io.github.jbellis.jvector.graph.NodeQueue;
import io.github.jbellis.jvector.util.BoundedLongHeap;
import io.github.jbellis.jvector.vector.VectorUtil;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;

/**
 * {@link VectorUtil} over each row, in the form and with the provider that JVector itself chooses
 * on this machine, kept in its own bounded heap.
 */
final class JVectorFlat implements Peer {
  private final VectorTypeSupport types =
      VectorizationProvider.getInstance().getVectorTypeSupport();
  private VectorFloat<?>[] rows = {};
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    rows = new VectorFloat<?>[items.size()];
    RowReader.each(items, (i, row) -> rows[i] = vector(row));
  }

  @Override
  public int[] search(float[] query, int k) {
    NodeQueue best =
        new NodeQueue(new BoundedLongHeap(Math.min(k, rows.length)), NodeQueue.Order.MIN_HEAP);
    VectorFloat<?> q = vector(query.clone());
    if (metric == Metric.EUCLIDEAN) {
      for (int i = 0; i < rows.length; i++) {
        best.push(i, -VectorUtil.squareL2Distance(rows[i], q));
      }
    } else {
      for (int i = 0; i < rows.length; i++) {
        best.push(i, VectorUtil.dotProduct(rows[i], q));
      }
    }
    int[] ordinals = new int[best.size()];
    for (int i = ordinals.length - 1; i >= 0; i--) {
      ordinals[i] = best.pop();
    }
    return ordinals;
  }

  private VectorFloat<?> vector(float[] row) {
    VectorFloat<?> vector = types.createFloatVector(row);
    if (metric == Metric.COSINE && VectorUtil.dotProduct(vector, vector) > 0) {
      VectorUtil.l2normalize(vector);
    }
    return vector;
  }
}

package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.tuple.primitive.FloatIntPair;
import org.eclipse.collections.impl.list.mutable.FastList;
import org.eclipse.collections.impl.tuple.primitive.PrimitiveTuples;

/**
 * A list of rows, walked by its own iteration pattern; pairs of score and index in a bounded queue.
 * Sorting all scores would be shorter to write, and slower by far.
 */
final class EclipseCollections implements Peer {
  /** The worst first: what a bounded queue gives away. */
  private static final Comparator<FloatIntPair> WORST_FIRST =
      Comparator.comparingDouble(FloatIntPair::getOne)
          .thenComparingInt(FloatIntPair::getTwo)
          .reversed();

  private MutableList<float[]> rows = FastList.newList();
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    this.rows = FastList.newList(items.size());
    RowReader.each(items, (i, row) -> rows.add(metric == Metric.COSINE ? unit(row) : row));
  }

  @Override
  public int[] search(float[] query, int k) {
    PriorityQueue<FloatIntPair> best = new PriorityQueue<>(k + 1, WORST_FIRST);
    float[] q = metric == Metric.COSINE ? unit(query) : query;
    rows.forEachWithIndex(
        (row, i) -> {
          float key = metric == Metric.EUCLIDEAN ? squaredDistance(row, q) : -dot(row, q);
          if (best.size() < k) {
            best.add(PrimitiveTuples.pair(key, i));
          } else if (key < best.element().getOne()) {
            best.remove();
            best.add(PrimitiveTuples.pair(key, i));
          }
        });
    return FastList.newList(best)
        .sortThis(WORST_FIRST.reversed())
        .collectInt(FloatIntPair::getTwo)
        .toArray();
  }

  private static float squaredDistance(float[] a, float[] b) {
    float sum = 0;
    for (int j = 0; j < a.length; j++) {
      float difference = a[j] - b[j];
      sum += difference * difference;
    }
    return sum;
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static float[] unit(float[] row) {
    double length = Math.sqrt(squares(row));
    float[] unit = row.clone();
    for (int j = 0; length > 0 && j < unit.length; j++) {
      unit[j] = (float) (row[j] / length);
    }
    return unit;
  }

  private static double squares(float[] row) {
    double sum = 0;
    for (float x : row) {
      sum += (double) x * x;
    }
    return sum;
  }
}

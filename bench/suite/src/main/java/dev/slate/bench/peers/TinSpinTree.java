package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.util.Arrays;
import org.tinspin.index.Index.PointIteratorKnn;
import org.tinspin.index.IndexConfig;
import org.tinspin.index.kdtree.KDTree;

/** The k-d tree of TinSpin: float64, a node for each item, filled item by item. */
final class TinSpinTree implements Peer {
  private KDTree<Integer> tree = KDTree.create(1);

  @Override
  public void build(Catalog items, Metric metric) {
    tree = KDTree.create(IndexConfig.create(items.dimensions()).setDefensiveKeyCopy(false));
    RowReader.each(items, (i, row) -> tree.insert(wide(row), i));
  }

  @Override
  public int[] search(float[] query, int k) {
    int[] ordinals = new int[Math.min(k, tree.size())];
    int count = 0;
    PointIteratorKnn<Integer> nearest = tree.queryKnn(wide(query), ordinals.length);
    while (count < ordinals.length && nearest.hasNext()) {
      ordinals[count++] = nearest.next().value();
    }
    return Arrays.copyOf(ordinals, count);
  }

  private static double[] wide(float[] row) {
    double[] wide = new double[row.length];
    for (int j = 0; j < wide.length; j++) {
      wide[j] = row[j];
    }
    return wide;
  }
}

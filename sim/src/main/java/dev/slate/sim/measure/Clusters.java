package dev.slate.sim.measure;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Query;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.Moment;

/**
 * Number of groups into which users have drawn together: single linkage (Sneath 1957) cut at a
 * distance, over the first 500 users; groups of less than a tenth of them, or of two, do not count.
 */
final class Clusters implements Gauge {
  private static final int LIMIT = 500;
  private static final float LINK = 0.2f;
  private static final int SHARE = 10;

  @Override
  public double read(Moment moment) {
    Catalog sample = Sample.preferences(moment, LIMIT);
    int n = sample.size();
    if (n == 0) {
      return 0;
    }
    Searcher searcher = Index.builder(sample).build().searcher();
    Slate close = Slate.unbounded();
    float[] preference = new float[sample.dimensions()];
    int[] parent = new int[n];
    for (int i = 0; i < n; i++) {
      parent[i] = i;
    }
    for (int i = 0; i < n; i++) {
      sample.copyRows(i, 1, preference, 0);
      searcher.search(Query.of(preference).radius(LINK * LINK * preference.length), close);
      for (int c = 0; c < close.size(); c++) {
        parent[root(parent, close.ordinal(c))] = root(parent, i);
      }
    }
    return count(parent, Math.max(3, (n + SHARE - 1) / SHARE));
  }

  private static int count(int[] parent, int least) {
    int[] members = new int[parent.length];
    int clusters = 0;
    for (int i = 0; i < parent.length; i++) {
      if (++members[root(parent, i)] == least) {
        clusters++;
      }
    }
    return clusters;
  }

  private static int root(int[] parent, int i) {
    int at = i;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }
}

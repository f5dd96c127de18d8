package consumer;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;

/** The example of the README, as another project would compile and run it. */
final class Nearest {
  private Nearest() {}

  public static void main(String[] args) {
    float[] items = {0, 0, 3, 4, 1, 1};
    Index index = Index.builder(Catalog.of(items, 2)).metric(Metric.EUCLIDEAN).build();
    Searcher searcher = index.searcher();
    Slate slate = new Slate(2);
    searcher.search(new float[] {1, 0}, slate);
    for (int i = 0; i < slate.size(); i++) {
      System.out.println(slate.ordinal(i) + " " + slate.score(i));
    }
  }
}

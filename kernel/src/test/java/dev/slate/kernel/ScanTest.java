package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ScanTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.SCAN;
  }

  @Test
  void splitsBatchesLargerThanAGroup() {
    Random r = new Random(8);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int d : new int[] {3, 1500}) {
        int n = 200;
        int m = d == 3 ? 1000 : 200;
        float[] rows = Shape.GRID.rows(r, n, d);
        NaiveSearch naive = new NaiveSearch(Metric.DOT, rows, d, null);
        Searcher searcher = index(rows, d, Metric.DOT).searcher(threads, 2);
        checkBatch(
            searcher, naive, Shape.UNIFORM.rows(r, m, d), slates(r, m, n), d, "many queries");
      }
    }
  }

  @Test
  void splitsBatchesThatWantMoreResultsThanAGroup() {
    Random r = new Random(9);
    int n = 6000;
    int m = 200;
    float[] rows = Shape.GRID.rows(r, n, 2);
    Slate[] slates = new Slate[m];
    Arrays.setAll(slates, i -> i % 3 == 0 ? new Slate(1 + i) : Slate.unbounded());
    NaiveSearch naive = new NaiveSearch(Metric.EUCLIDEAN, rows, 2, null);
    Searcher searcher = index(rows, 2, Metric.EUCLIDEAN).searcher();
    checkBatch(searcher, naive, Shape.GRID.rows(r, m, 2), slates, 2, "many results");
  }

  @Test
  void reachesTheLargestDimension() {
    Random r = new Random(10);
    for (Metric metric : Metric.values()) {
      float[] rows = Shape.UNIFORM.rows(r, 70, 65_536);
      NaiveSearch naive = new NaiveSearch(metric, rows, 65_536, null);
      Searcher searcher = index(rows, 65_536, metric).searcher();
      float[] queries = Shape.UNIFORM.rows(r, 7, 65_536);
      checkBatch(searcher, naive, queries, slates(r, 7, 70), 65_536, metric + "");
    }
  }

  @Test
  void countsABatchAsTheScansThatItReplaces() {
    Random r = new Random(11);
    Searcher searcher = index(Shape.UNIFORM.rows(r, 1000, 7), 7, Metric.DOT).searcher();
    Slate[] slates = new Slate[97];
    Arrays.setAll(slates, i -> new Slate(10));
    searcher.searchAll(Shape.UNIFORM.rows(r, 97, 7), slates);
    assertEquals(new SearchStats(97_000, 16, 0, 16 * 64 * 7 * 4), searcher.stats());
  }

  private Index index(float[] rows, int d, Metric metric) {
    return Index.builder(Catalog.of(rows, d)).metric(metric).strategy(strategy()).build();
  }
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  private static final int N = 4_000;

  /** Each of the three ways may be the fastest of 4,000 such items. */
  @Test
  void answersAreTheNaiveOnesWhateverIsTheFastest() {
    int d = 12;
    for (Metric metric : Metric.values()) {
      Random r = new Random(3);
      float[] rows = Shape.UNIFORM.rows(r, N, d);
      float[] bias = metric == Metric.DOT ? Shape.UNIFORM.rows(r, N, 1) : null;
      Index index =
          Index.builder(StrategyContract.catalog(rows, d, bias))
              .metric(metric)
              .planning(Planning.MEASURED)
              .expectedK(20)
              .expectedQueries(Shape.UNIFORM.rows(r, 2_000, d))
              .build();
      String plan = index.plan().toString();
      assertTrue(plan.contains(" takes ") && plan.contains("for k = 20"), plan);
      NaiveSearch naive = new NaiveSearch(metric, rows, d, bias);
      Searcher searcher = index.searcher();
      for (int k : new int[] {1, 20, 500}) {
        Query query = Query.of(Shape.UNIFORM.rows(r, 1, d));
        Slate slate = new Slate(k);
        searcher.search(query, slate);
        StrategyContract.assertSame(naive.search(query, k), slate, metric + " k " + k);
      }
    }
  }

  /** Boxes are estimated to be many times faster than anything else at d = 2. */
  @Test
  void nothingIsTimedWhereNothingIsInDoubt() {
    float[] rows = Shape.UNIFORM.rows(new Random(1), 50_000, 2);
    IndexBuilder builder =
        Index.builder(Catalog.of(rows, 2)).planning(Planning.MEASURED).expectedK(10);
    Plan plan = builder.build().plan();
    assertEquals(builder.planning(Planning.ESTIMATED).build().plan(), plan);
  }

  @Test
  void fewItemsAndIdsAreTakenAsByOtherStrategies() {
    for (int n : new int[] {0, 1, 100}) {
      CatalogBuilder items = Catalog.builder(3);
      for (int i = 0; i < n; i++) {
        items.add(1_000 + i, new float[] {i, 2, 3});
      }
      Index index = Index.builder(items.build()).planning(Planning.MEASURED).build();
      Slate slate = new Slate(1);
      index.searcher().search(new float[] {n, 2, 3}, slate);
      assertEquals(Math.min(n, 1), slate.size());
      assertEquals(n == 0 ? -1 : n - 1, index.ordinal(1_000 + n - 1));
    }
  }

  @Test
  void threadsBuildAndABatchIsAnswered() {
    int d = 16;
    Random r = new Random(2);
    float[] rows = Shape.UNIFORM.rows(r, N, d);
    float[] queries = Shape.UNIFORM.rows(r, 30, d);
    Slate[] slates = new Slate[30];
    Arrays.setAll(slates, i -> new Slate(1 + i));
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Index index =
          Index.builder(Catalog.of(rows, d))
              .planning(Planning.MEASURED)
              .expectedK(10)
              .executor(executor, 2)
              .build();
      index.searcher(executor, 2).searchAll(queries, slates);
    }
    NaiveSearch naive = new NaiveSearch(Metric.EUCLIDEAN, rows, d, null);
    for (int i = 0; i < slates.length; i++) {
      Query query = Query.of(Arrays.copyOfRange(queries, i * d, i * d + d));
      StrategyContract.assertSame(naive.search(query, 1 + i), slates[i], "query " + i);
    }
  }
}

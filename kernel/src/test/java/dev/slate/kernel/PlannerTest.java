package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static Plan plan(float[] rows, int d, Metric metric) {
    return Index.builder(Catalog.of(rows, d)).metric(metric).build().plan();
  }

  private static float[] gaussian(int n, int d) {
    Random r = new Random(1);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) r.nextGaussian();
    }
    return rows;
  }

  private static float[] clustered(int n, int d, int clusters) {
    float[] centres = gaussian(clusters, d);
    Random r = new Random(2);
    float[] rows = new float[n * d];
    for (int i = 0; i < n; i++) {
      int centre = r.nextInt(clusters);
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = centres[centre * d + j] + 0.25f * (float) r.nextGaussian();
      }
    }
    return rows;
  }

  @Test
  void boxesPruneAtLowD() {
    for (int d : new int[] {1, 2, 5}) {
      float[] rows = Shape.UNIFORM.rows(new Random(d), 60_000, d);
      for (Metric metric : new Metric[] {Metric.EUCLIDEAN, Metric.DOT}) {
        assertEquals(Strategy.TREE, plan(rows, d, metric).strategy(), metric + " d " + d);
      }
    }
  }

  @Test
  void codesPruneClustersAtHighD() {
    assertEquals(
        Strategy.QUANTIZED, plan(clustered(30_000, 64, 50), 64, Metric.EUCLIDEAN).strategy());
  }

  /** Ten neighbours lie in several of the clusters, one lies in the nearest. */
  @Test
  void whatPrunesForOneItemIsNotGivenUpForTen() {
    for (int d : new int[] {16, 32}) {
      float[] rows = clustered(10_000, d, 1_000);
      assertEquals(Strategy.TREE, plan(rows, d, Metric.EUCLIDEAN).strategy(), "d " + d);
    }
  }

  @Test
  void whatDoesNotPruneIsStreamed() {
    Plan plan = plan(gaussian(3_000, 16), 16, Metric.EUCLIDEAN);
    assertEquals(Strategy.SCAN, plan.strategy());
    assertTrue(plan.toString().contains("quantized would cost"), plan.toString());
    assertEquals(
        Strategy.SCAN,
        plan(Shape.UNIFORM.rows(new Random(3), 4_000, 16), 16, Metric.EUCLIDEAN).strategy());
  }

  @Test
  void aPlanTellsTheCostForEachNumberOfItemsThatMayBeWanted() {
    float[] rows = clustered(40_000, 32, 20);
    Plan plan = plan(rows, 32, Metric.EUCLIDEAN);
    assertTrue(plan.toString().contains("for k = 1000"), plan.toString());
    Plan small = plan(Arrays.copyOf(rows, 4_000 * 32), 32, Metric.EUCLIDEAN);
    assertTrue(small.toString().contains("for k = 100"), small.toString());
    assertFalse(small.toString().contains("for k = 1000"), small.toString());
  }

  /** Boxes find a neighbour at d = 16, but not a thirtieth of the items. */
  @Test
  void whereTheBestStrategyDependsOnKItIsTheExpectedOneThatCounts() {
    Catalog items = Catalog.of(clustered(30_000, 16, 1_000), 16);
    Plan one = Index.builder(items).expectedK(1).build().plan();
    Plan many = Index.builder(items).expectedK(1_000).build().plan();
    assertEquals(Strategy.TREE, one.strategy());
    assertTrue(one.toString().contains("% for k = 1 of a scan"), one.toString());
    assertNotEquals(Strategy.TREE, many.strategy(), many.toString());
    assertThrows(IllegalArgumentException.class, () -> Index.builder(items).expectedK(0));
  }

  /** Codes exclude most items from being the best, but few from being among the best tenth. */
  @Test
  void quantizedScansWhereCodesExcludeFew() {
    int n = 4_000;
    int d = 512;
    float[] rows = gaussian(n, d);
    Index index = Index.builder(Catalog.of(rows, d)).build();
    Index scan = Index.builder(Catalog.of(rows, d)).strategy(Strategy.SCAN).build();
    assertEquals(Strategy.QUANTIZED, index.plan().strategy());
    String plan = index.plan().toString();
    assertEquals(100, index.plan().settings().get("scanFromK"), plan);
    float[] query = gaussian(1, d);
    for (int k : new int[] {1, 99, 100, 2_000}) {
      Slate expected = new Slate(k);
      Slate found = new Slate(k);
      scan.searcher().search(query, expected);
      Searcher searcher = index.searcher();
      searcher.search(query, found);
      assertEquals(expected.toString(), found.toString());
      assertEquals(k >= 100, searcher.stats().itemsScored() == n, "k " + k);
    }
  }

  /** Along one attribute a box is as good as its items; Gaussian queries defeat it. */
  @Test
  void expectedQueriesDecideWhereTheyAreUnlikeTheItems() {
    int d = 24;
    Catalog items = Catalog.of(gaussian(20_000, d), d);
    float[] queries = new float[7 * d];
    for (int i = 0; i < 7; i++) {
      queries[i * d + i] = 1 + i;
    }
    IndexBuilder builder = Index.builder(items).metric(Metric.DOT);
    Index plain = builder.build();
    Index told = builder.expectedQueries(queries).build();
    assertNotEquals(Strategy.TREE, plain.plan().strategy(), plain.plan().toString());
    assertEquals(Strategy.TREE, told.plan().strategy(), told.plan().toString());
  }

  @Test
  void expectedQueriesAreRowsOfFiniteAttributes() {
    IndexBuilder builder = Index.builder(Catalog.of(new float[30], 3));
    for (int length : new int[] {0, 2, 4}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> builder.expectedQueries(new float[length]))
              .getMessage();
      assertEquals("queries must be rows of d = 3, but there are " + length + " floats", message);
    }
    float[] queries = new float[9];
    queries[7] = Float.POSITIVE_INFINITY;
    String message =
        assertThrows(IllegalArgumentException.class, () -> builder.expectedQueries(queries))
            .getMessage();
    assertEquals("query is Infinity, row 2, column 1", message);
  }

  @Test
  void biasesDecideWhereTheyOutweighTheAttributes() {
    int n = 20_000;
    int d = 24;
    float[] rows = gaussian(n, d);
    float[] bias = gaussian(n, 1);
    for (int i = 0; i < n; i++) {
      bias[i] *= 1000;
    }
    Catalog biased = StrategyContract.catalog(rows, d, bias);
    assertNotEquals(Strategy.TREE, plan(rows, d, Metric.DOT).strategy());
    Index index = Index.builder(biased).metric(Metric.DOT).build();
    assertEquals(Strategy.TREE, index.plan().strategy());
  }

  @Test
  void whereCodesExcludeLittleABatchIsScoredInTiles() {
    int n = 20_000;
    int d = 64;
    float[] rows = gaussian(n, d);
    float[] bias = gaussian(n, 1);
    for (Metric metric : Metric.values()) {
      float[] with = metric == Metric.DOT ? bias : null;
      Index index = Index.builder(StrategyContract.catalog(rows, d, with)).metric(metric).build();

      assertEquals(Strategy.QUANTIZED, index.plan().strategy(), metric.name());
      assertEquals(1, index.plan().settings().get("tiledBatches"), index.plan().toString());
      NaiveSearch naive = new NaiveSearch(metric, rows, d, with);
      float[] queries = gaussian(50, d);
      System.arraycopy(rows, 77 * d, queries, 0, d);
      Slate[] slates = new Slate[50];
      Arrays.setAll(slates, i -> new Slate(1 + 3 * i));
      index.searcher().searchAll(queries, slates);
      for (int i = 0; i < slates.length; i++) {
        Query query = Query.of(Arrays.copyOfRange(queries, i * d, i * d + d));
        StrategyContract.assertSame(
            naive.search(query, slates[i].k()), slates[i], metric + " " + i);
      }
    }
  }

  @Test
  void fewItemsNeedNoTrial() {
    assertEquals(Strategy.SCAN, plan(gaussian(100, 5), 5, Metric.EUCLIDEAN).strategy());
    assertEquals(Strategy.SCAN, plan(new float[0], 5, Metric.DOT).strategy());
  }

  @Test
  void theSamePlanComesEachTime() {
    float[] rows = Shape.UNIFORM.rows(new Random(4), 30_000, 8);
    assertEquals(plan(rows, 8, Metric.COSINE), plan(rows, 8, Metric.COSINE));
  }

  @Test
  void aBadRowIsNamedByItsPlaceInTheCatalogue() {
    float[] rows = gaussian(4000, 2);
    for (int i = 3000; i < 4000; i++) {
      rows[i * 2 + 1] = Float.NaN;
    }
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Index.builder(Catalog.of(rows, 2)).build())
            .getMessage();
    assertEquals("attribute is NaN, row 3000, column 1", message);
  }

  @Test
  void aPlanIsReplayedWhole() {
    float[] rows = gaussian(20_000, 64);
    Index planned = Index.builder(Catalog.of(rows, 64)).build();
    Index replayed = Index.builder(Catalog.of(rows, 64)).plan(planned.plan()).build();
    assertEquals(planned.plan(), replayed.plan());
    assertEquals(1, replayed.plan().settings().get("tiledBatches"));
    float[] queries = gaussian(50, 64);
    SearchStats[] stats = new SearchStats[2];
    for (int i = 0; i < 2; i++) {
      Slate[] slates = new Slate[50];
      Arrays.setAll(slates, s -> new Slate(10));
      Searcher searcher = (i == 0 ? planned : replayed).searcher();
      searcher.searchAll(queries, slates);
      stats[i] = searcher.stats();
    }
    assertEquals(stats[0], stats[1]);
    assertEquals(50 * 20_000, stats[1].itemsScored());
  }

  @Test
  void theLastWordOfPlanAndPlanningCounts() {
    Catalog items = Catalog.of(gaussian(3_000, 2), 2);
    IndexBuilder builder = Index.builder(items).strategy(Strategy.QUANTIZED);
    assertEquals(Strategy.QUANTIZED, builder.build().plan().strategy());
    assertEquals(Strategy.TREE, builder.planning(Planning.ESTIMATED).build().plan().strategy());
  }
}

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
  private static final float[][] LIKE_ITEMS = {};

  private static Plan plan(float[] rows, int d, Metric metric) {
    return new Planner(Catalog.of(rows, d), metric, 0, LIKE_ITEMS).choose().plan();
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
    assertEquals(Strategy.PLANES, plan(clustered(30_000, 64, 50), 64, Metric.EUCLIDEAN).strategy());
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
    assertEquals(Strategy.TILE, plan.strategy());
    assertTrue(plan.toString().contains("streamed"), plan.toString());
    assertEquals(
        Strategy.TILE,
        plan(Shape.UNIFORM.rows(new Random(3), 4_000, 16), 16, Metric.EUCLIDEAN).strategy());
  }

  /** The queries of the trial must not be found among its items. */
  @Test
  void theRowsOfASampleAreDifferentOnes() {
    for (int n : new int[] {2_048, 2_500, 10_000, 100_000}) {
      float[] rows = new float[n];
      for (int i = 0; i < n; i++) {
        rows[i] = i;
      }
      Trial trial = new Trial(Catalog.of(rows, 1), Metric.EUCLIDEAN, true, LIKE_ITEMS);
      assertEquals(trial.size + Trial.QUERIES, trial.rows.length);
      float[] sorted = trial.rows.clone();
      Arrays.sort(sorted);
      for (int i = 1; i < sorted.length; i++) {
        assertTrue(sorted[i - 1] < sorted[i], "n " + n + " row " + sorted[i]);
      }
    }
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
    Plan one = new Planner(items, Metric.EUCLIDEAN, 1, LIKE_ITEMS).choose().plan();
    Plan many = new Planner(items, Metric.EUCLIDEAN, 1_000, LIKE_ITEMS).choose().plan();
    assertEquals(Strategy.TREE, one.strategy());
    assertTrue(one.toString().contains("% of a scan for k = 1;"), one.toString());
    assertNotEquals(Strategy.TREE, many.strategy(), many.toString());
    assertThrows(IllegalArgumentException.class, () -> Index.builder(items).expectedK(0));
  }

  /** Codes exclude most items from being the best, but few from being among the best tenth. */
  @Test
  void planesScanForSoManyItemsThatCodesExcludeFew() {
    int n = 4_000;
    int d = 512;
    float[] rows = gaussian(n, d);
    Index index = Index.builder(Catalog.of(rows, d)).strategy(Strategy.ESTIMATED).build();
    Index scan = Index.builder(Catalog.of(rows, d)).strategy(Strategy.SCAN).build();
    assertEquals(Strategy.PLANES, index.plan().strategy());
    String plan = index.plan().toString();
    assertTrue(plan.contains("a query for k = 100 or more is a scan"), plan);
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
    IndexBuilder builder = Index.builder(items).metric(Metric.DOT).strategy(Strategy.ESTIMATED);
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
    assertEquals(
        Strategy.TREE, new Planner(biased, Metric.DOT, 0, LIKE_ITEMS).choose().plan().strategy());
  }

  @Test
  void whereCodesExcludeLittleABatchIsScoredInTiles() {
    int n = 20_000;
    int d = 64;
    float[] rows = gaussian(n, d);
    float[] bias = gaussian(n, 1);
    for (Metric metric : Metric.values()) {
      float[] with = metric == Metric.DOT ? bias : null;
      Index index =
          Index.builder(StrategyContract.catalog(rows, d, with))
              .metric(metric)
              .strategy(Strategy.ESTIMATED)
              .build();
      assertEquals(Strategy.PLANES, index.plan().strategy(), metric.name());
      assertTrue(index.plan().toString().contains("in tiles"), index.plan().toString());
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
    assertEquals(Strategy.TILE, plan(gaussian(100, 5), 5, Metric.EUCLIDEAN).strategy());
    assertEquals(Strategy.TILE, plan(new float[0], 5, Metric.DOT).strategy());
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
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tree where it has many buckets and levels, against the scan. */
class TreeScaleTest extends PooledTest {
  private static final int CASES = Math.max(1, Integer.getInteger("slate.test.cases", 400) / 100);
  private static final int[] DIMENSIONS = {1, 2, 3, 4, 5, 7, 8, 12};
  private static final List<Metric> METRICS = List.of(Metric.values());

  @ParameterizedTest
  @EnumSource(Shape.class)
  void givesTheBitsOfTheScan(Shape shape) {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed * 31L + shape.name().hashCode());
      int d = DIMENSIONS[r.nextInt(DIMENSIONS.length)];
      int n = 8_000 + r.nextInt(60_000);
      compare(shape.rows(r, n, d), shape, n, d, r, shape + " seed " + seed);
    }
  }

  @Test
  void givesTheBitsOfTheScanAmongSkewedDuplicates() {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed);
      int d = 1 + r.nextInt(5);
      int points = 1 + r.nextInt(60);
      float[] some = Shape.GRID.rows(r, points, d);
      int n = 50_000;
      float[] rows = new float[n * d];
      for (int i = 0; i < n; i++) {
        int point = (int) (points * Math.pow(r.nextDouble(), 4));
        System.arraycopy(some, point * d, rows, i * d, d);
      }
      compare(rows, Shape.GRID, n, d, r, "duplicates, seed " + seed);
    }
  }

  private static void compare(float[] rows, Shape shape, int n, int d, Random r, String what) {
    Metric metric = METRICS.get(r.nextInt(3));
    float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
    Catalog items = StrategyContract.catalog(rows, d, bias);
    Index scan = Index.builder(items).metric(metric).strategy(Strategy.SCAN).build();
    Index tree =
        Index.builder(items)
            .metric(metric)
            .strategy(Strategy.TREE)
            .executor(executor, 1 + r.nextInt(3))
            .build();
    int threads = 1 + r.nextInt(4);
    Searcher searcher = tree.searcher(executor, threads);
    for (int round = 0; round < 12; round++) {
      Slate expected = new Slate(new int[] {1, 2, 10, 33, 100, 1500}[r.nextInt(6)]);
      Slate slate = new Slate(expected.k());
      Query query = query(r, rows, shape, n, d, metric);
      scan.searcher().search(query, expected);
      searcher.search(query, slate);
      assertSame(expected, slate, what + " " + metric + " d " + d + " n " + n + " round " + round);
    }
  }

  private static Query query(Random r, float[] rows, Shape shape, int n, int d, Metric metric) {
    float[] q = shape.rows(r, 1, d);
    if (r.nextBoolean()) {
      System.arraycopy(rows, r.nextInt(n) * d, q, 0, d);
    } else if (r.nextInt(4) == 0) {
      q[r.nextInt(d)] += 1e4f;
    }
    Query query = Query.of(q);
    if (r.nextInt(3) == 0) {
      ItemSet set = ItemSet.unbound(n);
      double density = Math.pow(10, -4 * r.nextDouble());
      for (int i = 0; i < n; i++) {
        if (r.nextDouble() < density) {
          set.add(i);
        }
      }
      query = r.nextBoolean() ? query.allow(set) : query.deny(set);
    }
    if (metric == Metric.EUCLIDEAN && r.nextInt(3) == 0) {
      float[] w = new float[d];
      for (int j = 0; j < d; j++) {
        w[j] = r.nextInt(4) == 0 ? 0 : r.nextFloat() * 3;
      }
      query.weights(w);
    }
    return query;
  }

  static void assertSame(Slate expected, Slate slate, String what) {
    assertEquals(expected.size(), slate.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.ordinal(i), slate.ordinal(i), what + " place " + i);
      assertEquals(
          Float.floatToRawIntBits(expected.score(i)),
          Float.floatToRawIntBits(slate.score(i)),
          what + " place " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 16, 33})
  void takesATenthMoreThanTheRowsAndFourBytesAnItem(int d) {
    int n = 200_000;
    Index index =
        Index.builder(Catalog.of(Shape.UNIFORM.rows(new Random(1), n, d), d))
            .strategy(Strategy.TREE)
            .build();
    assertTrue(index.bytes() <= 1.10 * 4 * n * d + 4L * n, index.bytes() + " bytes at d = " + d);
  }

  @Test
  void looksAtFewItemsAtLowDimensionAndAtNoneTwiceAtHigh() {
    Random r = new Random(3);
    int n = 100_000;
    for (int d : new int[] {2, 5, 24}) {
      float[] rows = Shape.UNIFORM.rows(r, n, d);
      Index index = Index.builder(Catalog.of(rows, d)).strategy(Strategy.TREE).build();
      Searcher searcher = index.searcher();
      searcher.search(Shape.UNIFORM.rows(r, 1, d), new Slate(10));
      SearchStats stats = searcher.stats();
      assertTrue(stats.itemsScored() <= (d < 10 ? n / 20 : n + n / 50), d + ": " + stats);
      assertTrue(stats.blocksPruned() > 0 || d > 10, d + ": " + stats);
    }
  }

  /** The nodes among copies of a point tie; all but a few hold no ordinal that is small enough. */
  @Test
  void copiesOfAPointAreNotVisitedOneNodeAfterTheOther() {
    int d = 4;
    int points = 50;
    float[] some = Shape.UNIFORM.rows(new Random(4), points, d);
    long few = visited(some, 20 * points, d);
    long many = visited(some, 20_000 * points, d);
    assertTrue(many < 4 * few, many + " blocks visited of many copies, " + few + " of few");
  }

  private static long visited(float[] points, int n, int d) {
    float[] rows = new float[n * d];
    for (int at = 0; at < rows.length; at += points.length) {
      System.arraycopy(points, 0, rows, at, points.length);
    }
    Index tree = Index.builder(Catalog.of(rows, d)).strategy(Strategy.TREE).build();
    Searcher searcher = tree.searcher();
    Random r = new Random(5);
    Slate slate = new Slate(10);
    long visited = 0;
    for (int i = 0; i < 100; i++) {
      searcher.search(Shape.UNIFORM.rows(r, 1, d), slate);
      visited += searcher.stats().blocksVisited();
    }
    return visited;
  }
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Batches that are large enough for the tree to be swept bucket by bucket, against the tiles of a
 * scan.
 */
class TreeBatchTest extends PooledTest {
  private static final int WANTED = Integer.getInteger("slate.test.cases", 400);
  private static final int CASES = Math.max(1, WANTED / 400);

  /** Where the vector width is the point, each shape meets one metric, and each metric shapes. */
  private static final boolean PART = WANTED < 400;

  private static final List<Metric> METRICS = List.of(Metric.values());
  private static final List<Shape> SHAPES = List.of(Shape.values());
  private static final int QUERIES = 400;
  private static final int LEAF = 32;

  @ParameterizedTest
  @EnumSource(Shape.class)
  @EachWidth
  void givesTheBitsOfTheTiles(Shape shape) {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed * 41L + shape.name().hashCode());
      int d = 6 + r.nextInt(6);
      int n = 8_000 + r.nextInt(12_000);
      for (Metric metric : Metric.values()) {
        if (PART && (METRICS.indexOf(metric) + SHAPES.indexOf(shape)) % 3 != 0) {
          continue;
        }
        float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
        Catalog items = StrategyContract.catalog(shape.rows(r, n, d), d, bias);
        float[] queries = shape.rows(r, QUERIES, d);
        compare(items, metric, queries, 1 + r.nextInt(3), r, shape + " seed " + seed);
      }
    }
  }

  /** Buckets of about 7,000 items, 16 below a node: these have two levels of nodes above them. */
  @Test
  void givesTheBitsOfTheTilesThroughManyLevels() {
    Random r = new Random(3);
    Catalog items = Catalog.of(Shape.UNIFORM.rows(r, 150_000, 8), 8);
    float[] queries = Shape.UNIFORM.rows(r, QUERIES, 8);
    Index tree = tree(items, Metric.EUCLIDEAN);
    assertTrue(
        leavesOf(tree, queries) > 64, "too few leaves for a sweep: " + leavesOf(tree, queries));
    for (Metric metric : Metric.values()) {
      for (int threads = 1; threads <= 2; threads++) {
        compare(items, metric, queries, threads, r, "levels");
      }
    }
  }

  @Test
  void allocatesNothingOnceWarm() {
    Random r = new Random(4);
    Searcher searcher =
        tree(Catalog.of(Shape.UNIFORM.rows(r, 30_000, 10), 10), Metric.EUCLIDEAN).searcher();
    float[] queries = Shape.UNIFORM.rows(r, QUERIES, 10);
    Slate[] slates = slates(10);
    long moved = Allocation.ofWarm(() -> searcher.searchAll(queries, slates));
    assertEquals(0, moved, "bytes allocated by a warm sweep");
  }

  private static void compare(
      Catalog items, Metric metric, float[] queries, int threads, Random r, String what) {
    int most = r.nextInt(3) == 0 ? 200 : 12;
    Slate[] expected = slates(most);
    Slate[] slates = slates(most);
    Index scan = Index.builder(items).metric(metric).strategy(Strategy.SCAN).build();
    scan.searcher(executor, 2).searchAll(queries, expected);
    Searcher searcher = tree(items, metric).searcher(executor, threads);
    for (int round = 0; round < 2; round++) {
      searcher.searchAll(queries, slates);
      for (int i = 0; i < slates.length; i++) {
        TreeScaleTest.assertSame(
            expected[i], slates[i], what + " " + metric + " threads " + threads + " query " + i);
      }
    }
  }

  private static Index tree(Catalog items, Metric metric) {
    return Index.builder(items).metric(metric).strategy(Strategy.TREE).build();
  }

  /** Slates of 1 to {@code most} items. */
  private static Slate[] slates(int most) {
    Slate[] slates = new Slate[QUERIES];
    Arrays.setAll(slates, i -> new Slate(1 + i % most));
    return slates;
  }

  /** Leaves that a query visits, on average, when it is searched alone. */
  private static long leavesOf(Index tree, float[] queries) {
    int d = tree.dimensions();
    Searcher searcher = tree.searcher();
    long scored = 0;
    for (int i = 0; i < QUERIES; i++) {
      searcher.search(Arrays.copyOfRange(queries, i * d, (i + 1) * d), new Slate(10));
      scored += searcher.stats().itemsScored();
    }
    return scored / QUERIES / LEAF;
  }
}

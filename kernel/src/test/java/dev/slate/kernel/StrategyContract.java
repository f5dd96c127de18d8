package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a strategy: the bits and the order of the naive loop. */
abstract class StrategyContract extends PooledTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 191, 257, 509, 1021, 2053
  };
  private static final int[] DIMENSIONS = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 16, 17, 31, 32, 33, 64, 100
  };

  /** Just enough items for a planner to try strategies. */
  private static final int ENOUGH_TO_PLAN = 2_100;

  private static final List<Metric> METRICS = List.of(Metric.values());

  /** A minute: time that no search of these needs. */
  private static final long ENOUGH_NANOS = 60_000_000_000L;

  private static final int CASES = Integer.getInteger("slate.test.cases", 40);

  /** Where the vector width is the point, a part of the combinations meets every one of them. */
  private static final boolean PART = CASES < 40;

  /** Of each of Memotion's points; a thousand where many cases are wanted. */
  private static final int COPIES = Math.min(1000, CASES * 5);

  abstract Strategy strategy();

  /** Starts the building of an index with the strategy. */
  IndexBuilder builder(Catalog items) {
    return Index.builder(items).strategy(strategy());
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  @EachWidth
  void givesTheBitsOfTheNaiveLoop(Shape shape) {
    for (int seed = 0; seed < CASES; seed++) {
      randomCase(shape, seed);
    }
  }

  private void randomCase(Shape shape, long seed) {
    Random r = new Random(seed * 31 + shape.name().hashCode());
    int d = DIMENSIONS[r.nextInt(DIMENSIONS.length)];
    int n = SIZES[r.nextInt(SIZES.length)];
    Metric metric = METRICS.get(r.nextInt(3));
    float[] rows = shape.rows(r, n, d);
    float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
    Index index = builder(catalog(rows, d, bias)).metric(metric).build();
    NaiveSearch naive = new NaiveSearch(metric, rows, d, bias);
    int threads = 1 + r.nextInt(4);
    Searcher searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
    for (int round = 0; round < 3; round++) {
      Query query = query(r, shape, rows, bias, d, metric);
      int k = k(r, n);
      String what =
          shape
              + " seed "
              + seed
              + " "
              + metric
              + " n "
              + n
              + " d "
              + d
              + " k "
              + k
              + " threads "
              + threads
              + " round "
              + round;
      Slate slate = k == 0 ? Slate.unbounded() : new Slate(k);
      searcher.search(query, slate);
      assertSame(naive.search(query, slate.k()), slate, what);
    }
  }

  /**
   * An index that was saved and is opened on demand gives the same bits in the same order: under
   * filters, groups, deadlines and for batches, while its parts are read one after the other.
   */
  @ParameterizedTest
  @EnumSource(Shape.class)
  void anIndexOpenedOnDemandGivesTheBitsOfTheNaiveLoop(Shape shape, @TempDir Path directory)
      throws IOException {
    for (int seed = 0; seed < CASES / 4; seed++) {
      Random r = new Random(seed * 41L + shape.name().hashCode());
      int d = DIMENSIONS[r.nextInt(DIMENSIONS.length)];
      // Most fit into one part of a file; these do not.
      int n = seed % 8 == 7 ? 9_001 : SIZES[r.nextInt(SIZES.length)];
      Metric metric = METRICS.get(r.nextInt(3));
      float[] rows = shape.rows(r, n, d);
      float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
      int[] groups = r.ints(n, 0, 1 + r.nextInt(30)).toArray();
      NaiveSearch naive = new NaiveSearch(metric, rows, d, bias);
      Index built = builder(catalog(rows, d, bias)).metric(metric).build();
      String what = shape + " seed " + seed + " " + metric + " n " + n + " d " + d;
      try (Index index = reopened(built, directory.resolve("x.slate"))) {
        int threads = 1 + r.nextInt(3);
        Searcher searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
        ItemGroups itemGroups = null;
        for (int round = 0; round < 4; round++) {
          int k = Math.max(1, k(r, n));
          Query query = query(r, shape, rows, bias, d, metric);
          searchInTime(searcher, naive, query, k, n, what);
          int most = r.nextInt(3);
          if (most > 0 && itemGroups == null) {
            itemGroups = index.groups(groups); // reads all rows of a tree
          }
          query.atMost(1 + most, most == 0 ? null : itemGroups).deadline(ENOUGH_NANOS);
          Slate slate = new Slate(k);
          searcher.search(query, slate);
          List<NaiveSearch.Hit> expected = naive.search(query, most == 0 ? k : Math.max(1, n));
          assertSame(most == 0 ? expected : capped(expected, groups, 1 + most, k), slate, what);
          assertTrue(slate.complete(), what);
        }
        checkBatch(searcher, naive, shape.rows(r, 7, d), slates(r, 7, n), d, what);
      }
    }
  }

  /** Saves an index and opens it on demand. */
  Index reopened(Index built, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      built.save(channel); // not forced to the disk, which would be most of the time
    }
    return Index.open(file, Opening.ON_DEMAND);
  }

  /** A search that runs out of time gives items as the naive loop scores and orders them. */
  private static void searchInTime(
      Searcher searcher, NaiveSearch naive, Query query, int k, int n, String what) {
    Slate slate = new Slate(k);
    searcher.search(query.deadline(1), slate);
    if (slate.complete()) {
      assertSame(naive.search(query, k), slate, what);
    }
    List<NaiveSearch.Hit> all = naive.search(query, Math.max(1, n));
    int[] places = new int[n];
    Arrays.fill(places, -1);
    for (int i = 0; i < all.size(); i++) {
      places[all.get(i).ordinal()] = i;
    }
    int last = -1;
    for (int i = 0; i < slate.size(); i++) {
      int place = places[slate.ordinal(i)];
      assertTrue(place > last, what + ": " + slate.ordinal(i) + " follows out of order");
      assertEquals(all.get(place).score(), slate.score(i), what);
      last = place;
    }
  }

  /** What is left of all hits where no group may have more than some. */
  private static List<NaiveSearch.Hit> capped(
      List<NaiveSearch.Hit> all, int[] groups, int most, int k) {
    int[] taken = new int[31];
    return all.stream().filter(hit -> taken[groups[hit.ordinal()]]++ < most).limit(k).toList();
  }

  private static int k(Random r, int n) {
    return switch (r.nextInt(6)) {
      case 0 -> 1;
      case 1 -> 10;
      case 2 -> 1 + r.nextInt(100);
      case 3 -> n + 1;
      case 4 -> 0;
      default -> 1 + r.nextInt(n + 10);
    };
  }

  private Query query(Random r, Shape shape, float[] rows, float[] bias, int d, Metric metric) {
    int n = rows.length / d;
    float[] q = shape.rows(r, 1, d);
    if (n > 0 && r.nextInt(3) == 0) {
      System.arraycopy(rows, r.nextInt(n) * d, q, 0, d);
    } else if (r.nextInt(5) == 0) {
      for (int j = 0; j < d; j++) {
        q[j] += 1000f;
      }
    }
    Query query = Query.of(q);
    if (r.nextInt(3) == 0) {
      query.allow(subset(r, n));
    }
    if (r.nextInt(4) == 0) {
      query.deny(subset(r, n));
    }
    if (metric == Metric.EUCLIDEAN && r.nextInt(3) == 0) {
      float[] w = new float[d];
      for (int j = 0; j < d; j++) {
        w[j] = r.nextInt(4) == 0 ? r.nextInt(2) : r.nextFloat() * 3;
      }
      query.weights(w);
    }
    if (n > 0 && r.nextInt(3) == 0) {
      NaiveSearch all = new NaiveSearch(metric, rows, d, bias);
      List<NaiveSearch.Hit> hits = all.search(query, n);
      if (!hits.isEmpty()) {
        NaiveSearch.Hit hit = hits.get(r.nextInt(hits.size()));
        if (r.nextBoolean() && !Float.isNaN(hit.score())) {
          query.radius(hit.score());
        } else {
          query.after(hit.score(), hit.ordinal());
        }
      }
    }
    return query;
  }

  private static ItemSet subset(Random r, int n) {
    ItemSet set = ItemSet.unbound(n);
    double density = new double[] {0, 0.01, 0.05, 0.5, 0.95, 1}[r.nextInt(6)];
    boolean runs = r.nextBoolean();
    boolean in = false;
    for (int i = 0; i < n; i++) {
      if (!runs || i % 64 == 0) {
        in = r.nextDouble() < density;
      }
      if (in) {
        set.add(i);
      }
    }
    return set;
  }

  @Test
  @EachWidth
  void breaksTiesByOrdinalAmongManyDuplicates() {
    Random r = new Random(5);
    float[] points = Shape.GRID.rows(r, 495, 5);
    float[] rows = new float[495 * COPIES * 5];
    for (int i = 0; i < 495 * COPIES; i++) {
      System.arraycopy(points, r.nextInt(495) * 5, rows, i * 5, 5);
    }
    for (Metric metric : Metric.values()) {
      Index index = builder(Catalog.of(rows, 5)).metric(metric).build();
      NaiveSearch naive = new NaiveSearch(metric, rows, 5, null);
      for (int threads = 1; threads <= 3; threads++) {
        for (int k : new int[] {1, 10, 700}) {
          Slate slate = new Slate(k);
          Query query = Query.of(Shape.GRID.rows(r, 1, 5));
          index.searcher(executor, threads).search(query, slate);
          assertSame(naive.search(query, k), slate, metric + " threads " + threads + " k " + k);
        }
      }
    }
  }

  @Test
  @EachWidth
  void answersABatchLikeSingleQueries() {
    Random r = new Random(6);
    int[] dimensions = {1, 5, 24, 64};
    for (int i = 0; i < dimensions.length; i++) {
      for (Metric metric : Metric.values()) {
        if (!PART || (i + METRICS.indexOf(metric)) % 2 == 0) {
          answersABatchLikeSingleQueries(r, dimensions[i], metric);
        }
      }
    }
  }

  private void answersABatchLikeSingleQueries(Random r, int d, Metric metric) {
    float[] rows = Shape.CLUSTERED.rows(r, ENOUGH_TO_PLAN, d);
    int m = 100 + r.nextInt(30);
    float[] queries = Shape.CLUSTERED.rows(r, m, d);
    Index index = builder(Catalog.of(rows, d)).metric(metric).build();
    NaiveSearch naive = new NaiveSearch(metric, rows, d, null);
    Slate[] slates = new Slate[m];
    for (int i = 0; i < m; i++) {
      slates[i] = new Slate(1 + i);
    }
    List<List<NaiveSearch.Hit>> expected = new ArrayList<>();
    for (int i = 0; i < m; i++) {
      float[] q = Arrays.copyOfRange(queries, i * d, i * d + d);
      expected.add(naive.search(Query.of(q), 1 + i));
    }
    for (int threads = 1; threads <= 2; threads++) {
      index.searcher(executor, threads).searchAll(queries, slates);
      for (int i = 0; i < m; i++) {
        assertSame(expected.get(i), slates[i], metric + " d " + d + " query " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  @EachWidth
  void answersBatchesOfEverySize(Shape shape) {
    int[] batches = {0, 1, 2, 5, 6, 7, 11, 12, 13, 50, 95, 96, 97};
    for (int seed = 0; seed < CASES / 8; seed++) {
      Random r = new Random(seed * 37L + shape.name().hashCode());
      int d = DIMENSIONS[r.nextInt(DIMENSIONS.length)];
      int n = SIZES[r.nextInt(SIZES.length)];
      int m = batches[r.nextInt(batches.length)];
      Metric metric = METRICS.get(r.nextInt(3));
      float[] rows = shape.rows(r, n, d);
      float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
      Index index = builder(catalog(rows, d, bias)).metric(metric).build();
      int threads = 1 + r.nextInt(3);
      Searcher searcher = index.searcher(executor, threads);
      NaiveSearch naive = new NaiveSearch(metric, rows, d, bias);
      for (int round = 0; round < 2; round++) {
        checkBatch(
            searcher, naive, shape.rows(r, m, d), slates(r, m, n), d, shape + " seed " + seed);
      }
    }
  }

  static Slate[] slates(Random r, int m, int n) {
    Slate[] slates = new Slate[m];
    for (int i = 0; i < m; i++) {
      int k = k(r, n);
      slates[i] = k == 0 ? Slate.unbounded() : new Slate(k);
    }
    return slates;
  }

  static void checkBatch(
      Searcher searcher, NaiveSearch naive, float[] queries, Slate[] slates, int d, String what) {
    searcher.searchAll(queries, slates);
    for (int i = 0; i < slates.length; i++) {
      Query query = Query.of(Arrays.copyOfRange(queries, i * d, i * d + d));
      String which = what + " d " + d + " query " + i + " of " + slates.length;
      assertSame(naive.search(query, slates[i].k()), slates[i], which);
    }
  }

  @Test
  @EachWidth
  void allocatesNothingOnceWarm() {
    Random r = new Random(7);
    for (Metric metric : Metric.values()) {
      float[] rows = Shape.UNIFORM.rows(r, 10_000, 5);
      Index index = builder(Catalog.of(rows, 5)).metric(metric).build();
      Searcher searcher = index.searcher();
      Slate ten = new Slate(10);
      Slate thousand = new Slate(1000);
      float[][] queries = new float[100][];
      for (int i = 0; i < queries.length; i++) {
        queries[i] = Shape.UNIFORM.rows(r, 1, 5);
      }
      long moved =
          Allocation.ofWarm(
              () -> {
                for (int i = 0; i < 300; i++) {
                  searcher.search(queries[i % 100], ten);
                  if (i % 10 == 0) {
                    searcher.search(queries[i % 100], thousand);
                  }
                }
              });
      assertEquals(0, moved, "bytes allocated by warm searches, " + metric);
    }
  }

  @Test
  @EachWidth
  void allocatesNothingForABatchOnceWarm() {
    Random r = new Random(12);
    for (Metric metric : METRICS) {
      float[] rows = Shape.UNIFORM.rows(r, 2000, 9);
      Index index = builder(Catalog.of(rows, 9)).metric(metric).build();
      Searcher searcher = index.searcher();
      float[] queries = Shape.UNIFORM.rows(r, 100, 9);
      Slate[] slates = new Slate[100];
      Arrays.setAll(slates, i -> new Slate(1 + i));
      long moved =
          Allocation.ofWarm(
              () -> {
                for (int i = 0; i < 5; i++) {
                  searcher.searchAll(queries, slates);
                }
              });
      assertEquals(0, moved, "bytes allocated by warm batches, " + metric);
    }
  }

  /** Heap of an index in units of the raw floats, the ordinals (4 bytes an item) not counted. */
  double heapFactor() {
    return 1.10;
  }

  @Test
  void memoryStaysWithinItsLimit() {
    Random r = new Random(8);
    for (int d : new int[] {3, 5, 32}) {
      int n = 100_000;
      Index index = builder(Catalog.of(Shape.CLUSTERED.rows(r, n, d), d)).build();
      double limit = heapFactor() * n * d * Float.BYTES + 4.0 * n;
      assertTrue(index.bytes() <= limit, d + " attributes: " + index.bytes() + " of " + limit);
    }
  }

  @Test
  @EachWidth
  void manyThreadsSearchOneIndex() throws Exception {
    Random r = new Random(9);
    float[] rows = Shape.UNIFORM.rows(r, 5000, 4);
    Index index = builder(Catalog.of(rows, 4)).build();
    NaiveSearch naive = new NaiveSearch(Metric.EUCLIDEAN, rows, 4, null);
    float[] queries = Shape.UNIFORM.rows(r, 20, 4);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      all.add(
          executor.submit(
              () -> {
                Searcher searcher = index.searcher();
                Slate slate = new Slate(10);
                for (int i = 0; i < 200; i++) {
                  float[] q = Arrays.copyOfRange(queries, i % 20 * 4, i % 20 * 4 + 4);
                  searcher.search(q, slate);
                  if (i < 20) {
                    assertSame(naive.search(Query.of(q), 10), slate, "query " + i);
                  }
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  static Catalog catalog(float[] rows, int d, float[] bias) {
    if (bias == null) {
      return Catalog.of(rows, d);
    }
    CatalogBuilder builder = Catalog.builder(d);
    for (int i = 0; i < bias.length; i++) {
      builder.add(Arrays.copyOfRange(rows, i * d, i * d + d)).bias(bias[i]);
    }
    return builder.build();
  }

  static void assertSame(List<NaiveSearch.Hit> expected, Slate slate, String what) {
    assertEquals(expected.size(), slate.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      NaiveSearch.Hit hit = expected.get(i);
      if (hit.ordinal() != slate.ordinal(i)
          || Float.floatToIntBits(hit.score()) != Float.floatToRawIntBits(slate.score(i))) {
        throw new AssertionError(
            what
                + ": place "
                + i
                + " is "
                + slate.ordinal(i)
                + " with "
                + slate.score(i)
                + ", but the naive loop finds "
                + hit);
      }
    }
  }
}

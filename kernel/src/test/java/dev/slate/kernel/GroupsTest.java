package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * At most m items of a group: the naive loop's whole order, of which each group keeps its first and
 * what belongs to no group stays.
 */
class GroupsTest extends PooledTest {
  private static final List<Shape> SHAPES = List.of(Shape.values());
  private static final List<Metric> METRICS = List.of(Metric.values());
  private static final int D = 4;
  private static final int CASES = Integer.getInteger("slate.test.cases", 40);

  /** A group that no other item has. */
  private static final int AUTHOR = 1_000_000;

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void keepsTheBestOfEachGroup(Strategy strategy) {
    for (int seed = 0; seed < 60; seed++) {
      Random r = new Random(seed);
      Shape shape = SHAPES.get(seed % SHAPES.size());
      int n = 1 + r.nextInt(1_500);
      float[] rows = shape.rows(r, n, D);
      Metric metric = METRICS.get(r.nextInt(3));
      Index index = Index.builder(Catalog.of(rows, D)).metric(metric).strategy(strategy).build();
      NaiveSearch naive = new NaiveSearch(metric, rows, D, null);
      int kinds = 1 + r.nextInt(50);
      int[] groups = r.ints(n, 0, kinds).toArray();
      for (int i = seed % 2; i < n; i += 1 + r.nextInt(9)) {
        groups[i] = seed % 4 == 0 ? groups[i] : Query.NO_GROUP;
      }
      ItemGroups of = index.groups(groups);
      int threads = 1 + r.nextInt(3);
      Searcher searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
      for (int round = 0; round < 6; round++) {
        int most = 1 + r.nextInt(3);
        int k = new int[] {1, 10, 60, n + 1}[r.nextInt(4)];
        Query query = Query.of(shape.rows(r, 1, D)).atMost(most, of);
        if (r.nextInt(3) == 0) {
          query.denyIds(r.longs(20, 0, n).toArray());
        }
        String what = strategy + " seed " + seed;
        check(naive, searcher, query, groups, most, k, what);
      }
    }
  }

  /**
   * Copies of one point by one author, exact and near ones, most of them together in memory, a few
   * by others: under every condition, for queries at the copies and elsewhere, on each page.
   */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  @EachWidth
  void copiesOfOneAuthorHideNothing(Strategy strategy) {
    for (int seed = 0; seed < CASES; seed++) {
      Random r = new Random(seed);
      int d = 1 + r.nextInt(6);
      int n = seed % 10 == 9 ? 20_000 : 1 + r.nextInt(3_000);
      Shape shape = SHAPES.get(r.nextInt(SHAPES.size()));
      Metric metric = METRICS.get(r.nextInt(3));
      float[] rows = shape.rows(r, n, d);
      float[] bias = metric == Metric.DOT && r.nextBoolean() ? shape.rows(r, n, 1) : null;
      int[] groups = r.ints(n, 0, 1 + n / 5).toArray();
      float[][] points = new float[1 + r.nextInt(3)][];
      for (int f = 0; f < points.length; f++) {
        points[f] = shape.rows(r, 1, d);
        flood(r, rows, bias, groups, points[f], AUTHOR + f);
      }
      CatalogBuilder items = Catalog.builder(d);
      float[] row = new float[d];
      for (int i = 0; i < n; i++) {
        System.arraycopy(rows, i * d, row, 0, d);
        items.add(row);
        if (bias != null) {
          items.bias(bias[i]);
        }
      }
      Index index = Index.builder(items.build()).metric(metric).strategy(strategy).build();
      NaiveSearch naive = new NaiveSearch(metric, rows, d, bias);
      ItemGroups of = index.groups(groups);
      int threads = 1 + r.nextInt(3);
      Searcher searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
      for (int round = 0; round < 8; round++) {
        float[] vector = points[r.nextInt(points.length)].clone();
        if (r.nextInt(3) == 0) {
          vector[r.nextInt(d)] += 0.01f * (float) r.nextGaussian();
        } else if (r.nextInt(4) == 0) {
          vector = shape.rows(r, 1, d);
        }
        int most = 1 + r.nextInt(3);
        int k = new int[] {1, 10, 40, 41, 100, 300, n + 1}[r.nextInt(7)];
        Query query = Query.of(vector).atMost(most, of);
        conditions(r, query, index, metric, d);
        String what = strategy + " seed " + seed + " round " + round;
        Slate page = check(naive, searcher, query, groups, most, k, what);
        if (page.size() > 0) {
          int last = r.nextInt(page.size());
          query.after(page.score(last), page.place(last));
          check(naive, searcher, query, groups, most, k, what + ", next page");
        }
      }
      batchHasNoGroups(r, searcher, naive, shape.rows(r, 300, d), d, strategy + " seed " + seed);
    }
  }

  /** Makes some items copies of a point: exact ones, nearly equal ones, or near ones. */
  private static void flood(
      Random r, float[] rows, float @Nullable [] bias, int[] groups, float[] point, int author) {
    int n = groups.length;
    int d = point.length;
    int from = r.nextInt(n);
    int to = from + r.nextInt(n - from + 1);
    int step = 1 + r.nextInt(3);
    float sigma = new float[] {0, 0, 1e-3f, 1e-6f}[r.nextInt(4)];
    float copiesBias = bias == null ? 0 : bias[from];
    boolean together = r.nextBoolean();
    for (int i = from; i < to; i += step) {
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = point[j] + sigma * (float) r.nextGaussian();
      }
      if (bias != null && together) {
        bias[i] = copiesBias;
      }
      groups[i] = author;
      if (r.nextInt(300) == 0) {
        groups[i] = r.nextBoolean() ? Query.NO_GROUP : author + 1;
      }
    }
  }

  private static void conditions(Random r, Query query, Index index, Metric metric, int d) {
    int n = index.size();
    if (r.nextInt(4) == 0) {
      query.denyIds(r.longs(20, 0, n).toArray());
    }
    if (r.nextInt(4) == 0) {
      query.allow(index.items(r.longs(1 + n / 2, 0, n).toArray()));
    }
    if (r.nextInt(4) == 0) {
      query.deny(index.items(r.longs(1 + n / 4, 0, n).toArray()));
    }
    if (r.nextInt(4) == 0) {
      Slate slate = new Slate(1 + r.nextInt(n));
      index.searcher().search(query.vector, slate);
      float radius = slate.score(slate.size() - 1);
      query.radius(Float.isNaN(radius) ? 0 : radius);
    }
    if (metric == Metric.EUCLIDEAN && r.nextInt(4) == 0) {
      float[] weights = new float[d];
      for (int j = 0; j < d; j++) {
        weights[j] = r.nextInt(3);
      }
      query.weights(weights);
    }
  }

  private static void batchHasNoGroups(
      Random r, Searcher searcher, NaiveSearch naive, float[] queries, int d, String what) {
    Slate[] out = new Slate[queries.length / d];
    for (int i = 0; i < out.length; i++) {
      out[i] = new Slate(10);
    }
    searcher.searchAll(queries, out);
    for (int check = 0; check < 3; check++) {
      int i = r.nextInt(out.length);
      float[] vector = new float[d];
      System.arraycopy(queries, i * d, vector, 0, d);
      List<String> expected = new ArrayList<>();
      naive
          .search(Query.of(vector), 10)
          .forEach(hit -> expected.add(hit.ordinal() + " " + hit.score()));
      assertEquals(expected, found(out[i]), what + ", query " + i + " of a batch");
    }
  }

  private static Slate check(
      NaiveSearch naive,
      Searcher searcher,
      Query query,
      int[] groups,
      int most,
      int k,
      String what) {
    Slate slate = new Slate(k);
    searcher.search(query, slate);
    assertEquals(expected(naive, query, groups, most, k), found(slate), what);
    return slate;
  }

  private static List<String> found(Slate slate) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < slate.size(); i++) {
      found.add(slate.ordinal(i) + " " + slate.score(i));
    }
    return found;
  }

  private static List<String> expected(
      NaiveSearch naive, Query query, int[] groups, int most, int k) {
    List<String> expected = new ArrayList<>();
    Map<Integer, Integer> taken = new HashMap<>();
    for (NaiveSearch.Hit hit : naive.search(query, groups.length)) {
      boolean denied = false;
      for (long id : query.denyIds == null ? new long[0] : query.denyIds) {
        denied |= id == hit.ordinal();
      }
      if (!denied
          && expected.size() < k
          && (groups[hit.ordinal()] == Query.NO_GROUP
              || taken.merge(groups[hit.ordinal()], 1, Integer::sum) <= most)) {
        expected.add(hit.ordinal() + " " + hit.score());
      }
    }
    return expected;
  }

  /** The same in the parts of a live index, while copies die and change hands. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void copiesInALiveIndexHideNothing(Strategy strategy) {
    for (int seed = 0; seed < CASES / 4; seed++) {
      Random r = new Random(seed);
      try (LiveIndex live = LiveIndex.builder(D).parts(strategy, 256).build()) {
        int[] groups = new int[2_000];
        float[] point = Shape.UNIFORM.rows(r, 1, D);
        float sigma = r.nextInt(3) * 1e-3f;
        for (int step = 0; step < 4_000; step++) {
          int id = r.nextInt(groups.length);
          boolean copy = id % 4 > 0;
          float[] row = copy ? point.clone() : Shape.UNIFORM.rows(r, 1, D);
          row[0] += copy ? sigma * (float) r.nextGaussian() : 0;
          groups[id] = copy && r.nextInt(400) > 0 ? AUTHOR : r.nextInt(300);
          live.upsert(id, row, 0f, groups[id]);
          if (r.nextInt(5) == 0) {
            live.delete(r.nextInt(groups.length));
          }
          if (step % 500 == 499) {
            if (r.nextInt(3) == 0) {
              live.compact();
            }
            checkLive(live, groups, point, r, strategy + " seed " + seed + " step " + step);
          }
        }
      }
    }
  }

  private static void checkLive(
      LiveIndex live, int[] groups, float[] point, Random r, String what) {
    Slate best = new Slate(20);
    live.search(point, best);
    for (int i = 0; i < best.size(); i += 1 + r.nextInt(3)) {
      live.delete(best.id(i));
    }
    for (int round = 0; round < 6; round++) {
      float[] vector = point.clone();
      vector[round % D] += r.nextInt(2) * 1e-3f;
      Query query = Query.of(vector);
      if (r.nextInt(3) == 0) {
        query.denyIds(r.longs(50, 0, groups.length).toArray());
      }
      int most = 1 + r.nextInt(3);
      Slate got = new Slate(new int[] {1, 10, 60}[r.nextInt(3)]);
      Slate all = new Slate(groups.length);
      for (int page = 0; page < 3; page++) {
        live.search(query.atMost(most), got);
        live.search(query.atMost(1, null), all);
        List<String> expected = new ArrayList<>();
        Map<Integer, Integer> taken = new HashMap<>();
        for (int i = 0; i < all.size() && expected.size() < got.k(); i++) {
          if (taken.merge(groups[(int) all.id(i)], 1, Integer::sum) <= most) {
            expected.add(all.id(i) + " " + all.score(i));
          }
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < got.size(); i++) {
          found.add(got.id(i) + " " + got.score(i));
        }
        assertEquals(expected, found, what);
        if (got.size() == 0) {
          break;
        }
        int last = r.nextInt(got.size());
        query.after(got.score(last), got.place(last));
      }
    }
  }

  /** Copies lie in leaves of their own, which a search leaves out once it has the best of them. */
  @Test
  void aTreeLeavesOutCopiesOfOneAuthor() {
    int n = 50_000;
    int copies = 10_000;
    for (float sigma : new float[] {0f, 1e-4f}) {
      Random r = new Random(7);
      float[] rows = Shape.UNIFORM.rows(r, n, D);
      int[] groups = r.ints(n, 0, n / 10).toArray();
      Index clean = Index.builder(Catalog.of(rows, D)).strategy(Strategy.TREE).build();
      assertNull(clean.groups(groups).uniform);
      assertNull(clean.groups(r.ints(n).toArray()).uniform);
      float[] point = {0.1f, 0.2f, 0.3f, 0.4f};
      for (int i = n - copies; i < n; i++) {
        groups[i] = AUTHOR;
        for (int j = 0; j < D; j++) {
          rows[i * D + j] = point[j] + sigma * (float) r.nextGaussian();
        }
      }
      Index index = Index.builder(Catalog.of(rows, D)).strategy(Strategy.TREE).build();
      ItemGroups of = index.groups(groups);
      assertNotNull(of.uniform);
      for (int k : new int[] {10, 100}) {
        Slate slate = new Slate(k);
        Searcher searcher = index.searcher();
        searcher.search(Query.of(point).atMost(2, of), slate);
        long grouped = searcher.stats().itemsScored();
        String what = " items, sigma " + sigma + ", k = " + k;
        assertTrue(grouped < copies * 2 / 3, grouped + what);
        searcher.search(Query.of(point).atMost(2, of).radius(0.04f), slate);
        grouped = searcher.stats().itemsScored();
        assertTrue(grouped < copies * 2 / 3, grouped + what + ", within a radius");
      }
    }
  }

  @Test
  void groupsAreCopied() {
    int n = 100;
    Index index = Index.builder(Catalog.of(new float[n], 1)).strategy(Strategy.TREE).build();
    int[] groups = new int[n];
    ItemGroups of = index.groups(groups);
    groups[1] = 7;
    Slate slate = new Slate(5);
    index.searcher().search(Query.of(new float[1]).atMost(2, of), slate);
    assertEquals(List.of("0 0.0", "1 0.0"), found(slate));
    assertEquals(0, of.of(1));
    assertThrows(IndexOutOfBoundsException.class, () -> of.of(n));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void searchesWithGroupsAllocateNothing(Strategy strategy) {
    int n = 5_000;
    Random r = new Random(1);
    float[] rows = Shape.UNIFORM.rows(r, n, D);
    int[] groups = new int[n];
    for (int i = 0; i < n; i++) {
      groups[i] = i < n / 2 ? AUTHOR : i;
      if (i < n / 2) {
        System.arraycopy(rows, 0, rows, i * D, D);
      }
    }
    Index index = Index.builder(Catalog.of(rows, D)).strategy(strategy).build();
    Searcher searcher = index.searcher();
    ItemGroups of = index.groups(groups);
    Query query = Query.of(new float[] {rows[0], rows[1], rows[2], rows[3]}).atMost(2, of);
    for (int k : new int[] {10, 100}) {
      Slate slate = new Slate(k);
      assertEquals(0, Allocation.ofWarm(() -> searcher.search(query, slate)), "k = " + k);
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void wrongGroupsAreNamed(Strategy strategy) {
    Index index = Index.builder(Catalog.of(new float[8], D)).strategy(strategy).build();
    Query query = Query.of(new float[D]);
    assertThrows(IllegalArgumentException.class, () -> query.atMost(0, index.groups(1, 2)));
    says("there are 3 groups, but the index has 2 items", () -> index.groups(1, 2, 3));
    Slate slate = new Slate(9);
    query.atMost(1, index.attach("a", new byte[1]).groups(1, 1));
    says("the groups are those of another index", () -> index.searcher().search(query, slate));
    query.atMost(1);
    says(
        "an index stores no groups: use atMost(m, index.groups(...))",
        () -> index.searcher().search(query, slate));
    index.searcher().search(query.atMost(1, null), slate);
    assertEquals(2, slate.size());
  }

  private static void says(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
      int threads = 1 + r.nextInt(3);
      Searcher searcher = threads == 1 ? index.searcher() : index.searcher(executor, threads);
      for (int round = 0; round < 6; round++) {
        int most = 1 + r.nextInt(3);
        int k = new int[] {1, 10, 60, n + 1}[r.nextInt(4)];
        Query query = Query.of(shape.rows(r, 1, D)).atMost(most, groups);
        if (r.nextInt(3) == 0) {
          query.denyIds(r.longs(20, 0, n).toArray());
        }
        Slate slate = new Slate(k);
        searcher.search(query, slate);
        List<String> got = new ArrayList<>();
        for (int i = 0; i < slate.size(); i++) {
          got.add(slate.ordinal(i) + " " + slate.score(i));
        }
        assertEquals(expected(naive, query, groups, most, k, n), got, strategy + " seed " + seed);
      }
    }
  }

  private static List<String> expected(
      NaiveSearch naive, Query query, int[] groups, int most, int k, int n) {
    List<String> expected = new ArrayList<>();
    Map<Integer, Integer> taken = new HashMap<>();
    for (NaiveSearch.Hit hit : naive.search(query, n)) {
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

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void wrongGroupsAreNamed(Strategy strategy) {
    Index index = Index.builder(Catalog.of(new float[8], D)).strategy(strategy).build();
    Query query = Query.of(new float[D]);
    assertThrows(IllegalArgumentException.class, () -> query.atMost(0, new int[2]));
    query.atMost(1, new int[3]);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> index.searcher().search(query, new Slate(1)));
    assertEquals("there are 3 groups, but the index has 2 items", e.getMessage());
    query.atMost(1);
    e =
        assertThrows(
            IllegalArgumentException.class, () -> index.searcher().search(query, new Slate(1)));
    assertEquals("an index knows no groups: give atMost the group of each ordinal", e.getMessage());
    Slate slate = new Slate(9);
    index.searcher().search(query.atMost(1, null), slate);
    assertEquals(2, slate.size());
  }
}

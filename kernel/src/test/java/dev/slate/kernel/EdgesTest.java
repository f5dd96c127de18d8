package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.layout.OrdinalsById;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What random cases meet by luck only: signs of zeros, every worker, conditions one by one. */
class EdgesTest extends PooledTest {
  private static List<String> found(Slate slate) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < slate.size(); i++) {
      found.add(
          slate.ordinal(i) + " " + Integer.toHexString(Float.floatToRawIntBits(slate.score(i))));
    }
    return found;
  }

  /** Each condition changes the answer, and is gone afterwards. */
  @Test
  void aClearedQueryHasNoCondition() {
    Index index = Index.builder(Catalog.of(new float[] {0, 0, 0, 1, 1, 0, 2, 2}, 2)).build();
    Searcher searcher = index.searcher();
    Slate slate = new Slate(4);
    Query query = Query.of(new float[] {0.1f, 0});
    searcher.search(query, slate);
    List<String> plain = found(slate);
    List<Consumer<Query>> conditions =
        List.of(
            q -> q.allow(ItemSet.unbound(4)),
            q -> q.deny(ItemSet.unbound(4).add(1)),
            q -> q.allowIds(2),
            q -> q.denyIds(2),
            q -> q.atMost(1, index.groups(new int[4])),
            q -> q.weights(2, 1),
            q -> q.radius(0.5f),
            q -> q.after(0.5f, 0));
    for (int i = 0; i < conditions.size(); i++) {
      conditions.get(i).accept(query);
      searcher.search(query, slate);
      assertNotEquals(plain, found(slate), "condition " + i);
      searcher.search(query.clear(), slate);
      assertEquals(plain, found(slate), "condition " + i);
    }
    query.deadline(1);
    assertEquals(0, query.clear().deadline);
  }

  @Test
  void countsOfSearchesAdd() {
    assertEquals(
        new SearchStats(11, 22, 33, 44),
        new SearchStats(1, 2, 3, 4).plus(new SearchStats(10, 20, 30, 40)));
  }

  /** Counted are the bytes that an array of ids and their table allocate, but for small objects. */
  @Test
  void idsTakeTheirBytes() {
    for (int n : new int[] {1, 3_000, 3_000, 3_072, 3_073, 100_000}) {
      CatalogBuilder items = Catalog.builder(1);
      for (int i = 0; i < n; i++) {
        items.add(7L * i, new float[] {i});
      }
      long bytes = Index.builder(items.build()).strategy(Strategy.SCAN).build().idBytes();
      long before = Allocation.bytes();
      Ids ids = new Ids(n);
      for (int i = 0; i < n; i++) {
        ids.set(i, 7L * i);
      }
      assertEquals(n - 1, OrdinalsById.filled(ids).get(7L * (n - 1)));
      long taken = Allocation.bytes() - before;
      assertTrue(Math.abs(taken - bytes) < 1_000, n + " ids: " + bytes + " of " + taken);
    }
  }

  /** Zeros are equal, whatever their sign: only the place decides where a page begins. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aPageBeginsBehindAZeroOfEitherSign(Strategy strategy) {
    float[] rows = {0f, -0f, 0f, -0f, 1f};
    for (Metric metric : new Metric[] {Metric.DOT, Metric.EUCLIDEAN}) {
      float[] vector = {metric == Metric.DOT ? -1f : 0f};
      Searcher searcher =
          Index.builder(Catalog.of(rows, 1)).metric(metric).strategy(strategy).build().searcher();
      for (float zero : new float[] {0f, -0f}) {
        Slate slate = new Slate(2);
        searcher.search(Query.of(vector).after(zero, 1), slate);
        assertEquals(2, slate.ordinal(0), metric + " after " + zero);
        assertEquals(3, slate.ordinal(1), metric + " after " + zero);
        searcher.search(Query.of(vector).radius(zero), slate);
        assertEquals(0, slate.ordinal(0), metric + " within " + zero);
        assertEquals(1, slate.ordinal(1), metric + " within " + zero);
      }
    }
  }

  /** The chain begins with the bias, so -0 stays -0 where all products are. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aBatchKeepsTheSignOfZeroBiases(Strategy strategy) {
    CatalogBuilder items = Catalog.builder(2);
    for (int i = 0; i < 200; i++) {
      items.add(i % 3 == 0 ? -0f : 0f, i % 5 == 0 ? -0f : 0f).bias(i % 2 == 0 ? -0f : 0f);
    }
    Searcher searcher =
        Index.builder(items.build()).metric(Metric.DOT).strategy(strategy).build().searcher();
    float[] queries = {1, 1, -1, -1, 1, -1, -1, 1, 0, 0, -0f, -0f, 0, -1, 1, 1};
    Slate[] slates = new Slate[8];
    Arrays.setAll(slates, i -> new Slate(200));
    searcher.searchAll(queries, slates);
    Slate one = new Slate(200);
    boolean negative = false;
    for (int i = 0; i < slates.length; i++) {
      searcher.search(Arrays.copyOfRange(queries, 2 * i, 2 * i + 2), one);
      assertEquals(found(one), found(slates[i]), "query " + i);
      negative |= found(one).toString().contains("80000000");
    }
    assertEquals(true, negative, "some score is -0");
  }

  /** Work that is long enough for each of three threads to take part in it. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void nobodysPartOfABatchIsLost(Strategy strategy) {
    Random r = new Random(17);
    int n = 60_000;
    int d = 6;
    int m = 40;
    float[] rows = Shape.UNIFORM.rows(r, n, d);
    float[] queries = Shape.UNIFORM.rows(r, m, d);
    Index index = Index.builder(Catalog.of(rows, d)).strategy(strategy).build();
    Slate[] alone = slates(m);
    index.searcher().searchAll(queries, alone);
    Searcher searcher = index.searcher(executor, 3);
    for (int round = 0; round < 5; round++) {
      Slate[] shared = slates(m);
      searcher.searchAll(queries, shared);
      for (int i = 0; i < m; i++) {
        assertEquals(found(alone[i]), found(shared[i]), "round " + round + " query " + i);
      }
    }
  }

  /** An executor that starts one of three members, and at once: that one does all of the work. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theWorkOfAnyMemberCounts(Strategy strategy) {
    Random r = new Random(18);
    int d = 5;
    int m = 7;
    float[] queries = Shape.UNIFORM.rows(r, m, d);
    Index index =
        Index.builder(Catalog.of(Shape.UNIFORM.rows(r, 700, d), d)).strategy(strategy).build();
    Slate[] alone = slates(m);
    index.searcher().searchAll(queries, alone);
    for (int member = 0; member < 3; member++) {
      int one = member;
      AtomicInteger offers = new AtomicInteger();
      Executor only =
          work -> {
            if (offers.getAndIncrement() % 3 != one) {
              throw new RejectedExecutionException();
            }
            work.run();
          };
      Searcher searcher = index.searcher(only, 4);
      Slate[] shared = slates(m);
      searcher.searchAll(queries, shared);
      Slate slate = new Slate(200);
      for (int i = 0; i < m; i++) {
        assertEquals(found(alone[i]), found(shared[i]), "member " + member + " query " + i);
        searcher.search(Arrays.copyOfRange(queries, i * d, i * d + d), slate);
        assertEquals(found(alone[i]), found(slate), "member " + member + " query " + i);
      }
      assertEquals(0, offers.get() % 3);
    }
  }

  private static Slate[] slates(int m) {
    Slate[] slates = new Slate[m];
    Arrays.setAll(slates, i -> new Slate(200));
    return slates;
  }

  @Test
  void deniedIdsAreOfTheCaller() {
    CatalogBuilder items = Catalog.builder(1);
    LongStream.range(0, 10).forEach(i -> items.add(100 + i, new float[] {i}));
    Slate slate = new Slate(3);
    Index.builder(items.build())
        .build()
        .searcher()
        .search(Query.of(new float[] {0}).denyIds(100, 2), slate);
    assertEquals(101, slate.id(0));
    assertEquals(102, slate.id(1));
  }
}

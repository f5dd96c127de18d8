package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Filters that admit so few items that each of them is scored by itself, or that most blocks of
 * codes have none of them.
 */
class FewAdmittedTest {
  private static final int N = 10_007; // the last word of a set is not full
  private static final int K = 10;
  private static final int FEW = 158; // 4 m^2 <= n k

  private static ItemSet some(Random r, Index index, int count) {
    ItemSet set = index.items();
    while (set.size() < count) {
      set.add(r.nextInt(N));
    }
    return set;
  }

  private static ItemSet all(Index index) {
    ItemSet set = index.items();
    for (int i = 0; i < N; i++) {
      set.add(i);
    }
    return set;
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void theAnswersAreThoseOfThePlainLoop(Strategy strategy) {
    Random r = new Random(5);
    int d = 6;
    for (Metric metric : Metric.values()) {
      float[] rows = Shape.GRID.rows(r, N, d); // many ties
      float[] biases = Shape.GRID.rows(r, N, 1);
      boolean biased = metric == Metric.DOT;
      CatalogBuilder items = Catalog.builder(d);
      for (int i = 0; i < N; i++) {
        items.add(Arrays.copyOfRange(rows, i * d, (i + 1) * d));
        if (biased) {
          items.bias(biases[i]);
        }
      }
      Index index = Index.builder(items.build()).metric(metric).strategy(strategy).build();
      NaiveSearch naive = new NaiveSearch(metric, rows, d, biased ? biases : null);
      for (int m : new int[] {0, 1, K - 1, FEW, FEW + 1, N / 16 + 1}) {
        ItemSet allowed = some(r, index, m);
        Query query = Query.of(Shape.GRID.rows(r, 1, d)).allow(allowed).deny(some(r, index, 50));
        check(naive, index, query);
        check(naive, index, Query.of(query.vector).deny(all(index).andNot(allowed)));
      }
    }
  }

  private static void check(NaiveSearch naive, Index index, Query query) {
    Slate slate = new Slate(K);
    index.searcher().search(query, slate);
    List<NaiveSearch.Hit> found = new ArrayList<>();
    for (int i = 0; i < slate.size(); i++) {
      found.add(new NaiveSearch.Hit(slate.ordinal(i), slate.score(i)));
    }
    assertEquals(naive.search(query, K), found);
  }

  @ParameterizedTest
  @EnumSource(value = Strategy.class, names = "SCAN", mode = EnumSource.Mode.EXCLUDE)
  void onlyTheAdmittedAreScored(Strategy strategy) {
    Random r = new Random(6);
    int d = 6;
    Catalog items = Catalog.of(Shape.UNIFORM.rows(r, N, d), d);
    Index index = Index.builder(items).strategy(strategy).build();
    Searcher searcher = index.searcher();
    Query query = Query.of(Shape.UNIFORM.rows(r, 1, d));
    ItemSet few = some(r, index, FEW);
    Slate slate = new Slate(K);
    searcher.search(query.allow(few), slate);
    assertEquals(new SearchStats(FEW, 0, 0, 4L * d * FEW), searcher.stats());
    searcher.search(query.allow(null).deny(all(index).andNot(few)), slate);
    assertEquals(FEW, searcher.stats().itemsScored());
    searcher.search(query.allow(few).deny(few), slate);
    assertEquals(0, searcher.stats().itemsScored());
    assertEquals(0, slate.size());
    searcher.search(query.allow(some(r, index, FEW + 1)).deny(null), slate);
    assertTrue(searcher.stats().blocksVisited() > 0, "a search of the layout");
  }

  /** Too many to be scored one by one, but most blocks of neighbours have none of them. */
  @Test
  void codesOfBlocksWithoutAnAdmittedItemAreNotRead() {
    Random r = new Random(8);
    int d = 32;
    float[] rows = Shape.UNIFORM.rows(r, N, d);
    for (int i = 0; i < N; i++) {
      rows[i * d] += i % 10; // ten clusters
    }
    Index index = Index.builder(Catalog.of(rows, d)).strategy(Strategy.QUANTIZED).build();
    ItemSet cluster = index.items();
    for (int i = 0; i < N; i += 10) {
      cluster.add(i);
    }
    float[] query = Shape.UNIFORM.rows(r, 1, d);
    query[0] += 5; // far from it
    Searcher searcher = index.searcher();
    Slate slate = new Slate(K);
    searcher.search(Query.of(query).allow(cluster), slate);
    SearchStats stats = searcher.stats();
    assertTrue(stats.blocksVisited() > N / 64 / 2, "no bound at first: " + stats);
    long codes = (long) N * d;
    assertTrue(stats.bytesRead() < codes / 2, "codes of all blocks have " + codes + ": " + stats);
  }

  @Test
  void aDeadlineIsKept() {
    Random r = new Random(7);
    Index index =
        Index.builder(Catalog.of(Shape.UNIFORM.rows(r, N, 3), 3)).strategy(Strategy.TREE).build();
    Slate slate = new Slate(K);
    Query query = Query.of(new float[3]).allow(some(r, index, FEW));
    index.searcher().search(query.deadline(1), slate);
    assertFalse(slate.complete());
    index.searcher().search(query.deadline(3_600_000_000_000L), slate);
    assertTrue(slate.complete());
  }

  @Test
  void aSetKnowsItsSize() {
    ItemSet set = ItemSet.unbound(130, 0, 64, 129, 64);
    assertEquals(3, set.size());
    assertEquals(3, set.add(129).size());
    assertEquals(2, set.remove(0).remove(0).size());
    assertEquals(4, set.or(ItemSet.unbound(130, 1, 2, 64)).size());
    assertEquals(2, set.copy().andNot(ItemSet.unbound(130, 1, 129, 5)).size());
    assertEquals(4, set.copy().size());
    assertEquals(0, set.clear().size());
  }
}

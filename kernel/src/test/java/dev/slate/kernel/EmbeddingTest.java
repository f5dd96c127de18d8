package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong in silence when a service embeds the kernel, made loud. */
class EmbeddingTest {
  private static final int N = 2_000;
  private static final int D = 4;

  private static Index index(Strategy strategy, Metric metric, boolean ids) {
    Random r = new Random(1);
    CatalogBuilder items = Catalog.builder(D);
    for (int i = 0; i < N; i++) {
      float[] row = Shape.GRID.rows(r, 1, D);
      if (ids) {
        items.add(1_000_000L + 3L * i, row);
      } else {
        items.add(row);
      }
      if (metric == Metric.DOT) {
        items.bias(r.nextFloat());
      }
    }
    return Index.builder(items.build()).metric(metric).strategy(strategy).build();
  }

  @Test
  void aSetOfAnotherIndexIsRefused() {
    Index old = index(Strategy.SCAN, Metric.EUCLIDEAN, true);
    Index current = index(Strategy.SCAN, Metric.EUCLIDEAN, true);
    ItemSet seen = old.items(1_000_000L, 1_000_003L);
    Slate slate = new Slate(5);
    Query query = Query.of(new float[D]).deny(seen);
    old.searcher().search(query, slate);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> current.searcher().search(query, slate));
    assertEquals("deny is a set of another index", e.getMessage());
    ItemSet everywhere = ItemSet.unbound(old.size(), 0, 1);
    old.searcher().search(query.deny(everywhere), slate);
    current.searcher().search(query.deny(everywhere.copy()), slate);
    assertThrows(IllegalArgumentException.class, () -> current.items().or(seen));
    assertThrows(IllegalArgumentException.class, () -> current.items().andNot(ItemSet.unbound(3)));
  }

  @Test
  void setsCombine() {
    Index index = index(Strategy.SCAN, Metric.EUCLIDEAN, true);
    ItemSet a = index.items(1_000_000L, 1_000_003L, 5L);
    assertEquals(2, a.size());
    ItemSet b = a.copy().or(index.items(1_000_006L)).andNot(index.items(1_000_000L));
    assertTrue(b.contains(1) && b.contains(2) && !b.contains(0));
    assertEquals(2, a.size());
    assertTrue(a.contains(0));
    assertFalse(b.copy().clear().contains(1));
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void idsFilterAsSetsDo(Strategy strategy) {
    Random r = new Random(2);
    for (Metric metric : Metric.values()) {
      for (boolean ids : new boolean[] {false, true}) {
        Index index = index(strategy, metric, ids);
        Searcher searcher = index.searcher();
        Slate expected = new Slate(30);
        Slate got = new Slate(30);
        for (int round = 0; round < 20; round++) {
          long[] some = r.longs(1 + r.nextInt(200), 0, N).toArray();
          if (ids) {
            for (int i = 0; i < some.length; i++) {
              some[i] = 1_000_000L + 3 * some[i] - r.nextInt(2);
            }
          }
          float[] q = Shape.GRID.rows(r, 1, D);
          ItemSet set = index.items(some);
          searcher.search(Query.of(q).deny(set), expected);
          searcher.search(Query.of(q).denyIds(some), got);
          assertEquals(expected.toString(), got.toString());
          searcher.search(Query.of(q).allow(set), expected);
          searcher.search(Query.of(q).allowIds(some), got);
          assertEquals(expected.toString(), got.toString());
          ItemSet half = index.items(java.util.Arrays.copyOf(some, some.length / 2));
          searcher.search(Query.of(q).allow(set.copy().andNot(half)), expected);
          searcher.search(Query.of(q).allowIds(some).deny(half), got);
          assertEquals(expected.toString(), got.toString());
        }
      }
    }
  }

  @Test
  void idsAllocateNothingOnceWarm() {
    Index index = index(Strategy.TREE, Metric.EUCLIDEAN, true);
    Searcher searcher = index.searcher();
    long[] some = new Random(3).longs(200, 1_000_000, 1_006_000).toArray();
    Query query = Query.of(new float[D]).denyIds(some);
    Query allowed = Query.of(new float[D]).allowIds(some);
    Slate slate = new Slate(10);
    long moved =
        Allocation.ofWarm(
            () -> {
              searcher.search(query, slate);
              searcher.search(allowed, slate);
            });
    assertEquals(0, moved);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void rowsComeBack(Strategy strategy) {
    Random r = new Random(4);
    for (int n : new int[] {1, 33, 500}) {
      float[] rows = Shape.MIXED_SCALES.rows(r, n, D);
      for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.DOT)) {
        CatalogBuilder items = Catalog.builder(D).addAll(rows);
        if (metric == Metric.DOT) {
          items.bias(2f);
        }
        Index index = Index.builder(items.build()).metric(metric).strategy(strategy).build();
        float[] row = new float[D];
        for (int i = 0; i < n; i++) {
          index.copyRow(i, row);
          assertArrayEquals(java.util.Arrays.copyOfRange(rows, i * D, i * D + D), row, 0f);
        }
        assertThrows(IndexOutOfBoundsException.class, () -> index.copyRow(n, row));
        assertThrows(IllegalArgumentException.class, () -> index.copyRow(0, new float[1]));
      }
    }
  }

  @Test
  void aSearcherOfTwoThreadsSaysSo() throws Exception {
    Index index = index(Strategy.SCAN, Metric.EUCLIDEAN, false);
    Searcher searcher = index.searcher();
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger wrong = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        int own = t;
        tasks.add(
            pool.submit(
                () -> {
                  float[] q = {own, own, own, own};
                  Slate expected = new Slate(20);
                  index.searcher().search(q, expected);
                  Slate slate = new Slate(20);
                  for (int i = 0; i < 3_000 || (refused.get() == 0 && i < 3_000_000); i++) {
                    try {
                      searcher.search(q, slate);
                      if (!expected.toString().equals(slate.toString())) {
                        wrong.incrementAndGet();
                      }
                    } catch (IllegalStateException e) {
                      refused.incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    }
    assertEquals(0, wrong.get(), "wrong answers");
    assertTrue(refused.get() > 0, "no search was refused");
    searcher.search(new float[D], new Slate(1)); // one that was refused does not block the next
  }

  @Test
  void aSearcherThatFailedGoesOn() {
    Searcher searcher = index(Strategy.SCAN, Metric.EUCLIDEAN, false).searcher();
    assertThrows(IllegalArgumentException.class, () -> searcher.search(new float[1], new Slate(1)));
    searcher.search(new float[D], new Slate(1));
  }

  @Test
  void aStuckPoolHoldsOneTaskForEachThread() {
    List<Runnable> queue = new ArrayList<>();
    Searcher searcher = index(Strategy.SCAN, Metric.EUCLIDEAN, false).searcher(queue::add, 4);
    Slate slate = new Slate(3);
    for (int i = 0; i < 10_000; i++) {
      searcher.search(new float[D], slate);
    }
    assertEquals(3, queue.size());
    queue.forEach(Runnable::run);
    queue.clear();
    searcher.search(new float[D], slate);
    assertEquals(3, queue.size(), "a task that has run is offered again");
  }

  @Test
  void tooManyThreadsAreRefused() {
    Index index = index(Strategy.SCAN, Metric.EUCLIDEAN, false);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> index.searcher(Runnable::run, 100_000));
    assertEquals("threads must be from 1 to 1024, but it is 100000", e.getMessage());
  }

  @Test
  void warmsUpAsLongAsItIsTold() {
    Index.builder(Catalog.of(new float[0], D)).build().warmUp(Duration.ofMillis(1));
    Index index = index(Strategy.TREE, Metric.COSINE, true);
    long start = System.nanoTime();
    index.warmUp(Duration.ofMillis(20));
    assertTrue(System.nanoTime() - start >= 20_000_000);
  }

  /** A search that is told to stop stops, says so, and returns items with their right scores. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aSearchThatRunsOutOfTimeSaysSo(Strategy strategy) {
    Random r = new Random(5);
    float[] rows = Shape.UNIFORM.rows(r, 200_000, 8);
    Index index = Index.builder(Catalog.of(rows, 8)).strategy(strategy).build();
    Slate all = new Slate(200_000);
    float[] q = Shape.UNIFORM.rows(r, 1, 8);
    for (int threads = 1; threads <= 2; threads++) {
      Searcher searcher =
          threads == 1 ? index.searcher() : index.searcher(Thread::startVirtualThread, 2);
      searcher.search(Query.of(q).deadline(1), all);
      assertFalse(all.complete());
      assertTrue(all.size() < 200_000, all.size() + " items");
      Thread.currentThread().interrupt();
      searcher.search(Query.of(q).deadline(Long.MAX_VALUE / 2), all);
      assertTrue(Thread.interrupted(), "the interruption stays pending");
      // The second thread may have searched everything before the first one looks.
      assertTrue(threads == 1 ? !all.complete() : !all.complete() || all.size() == 200_000);
      NaiveSearch naive = new NaiveSearch(Metric.EUCLIDEAN, rows, 8, null);
      float[] score = new float[200_000];
      naive.search(Query.of(q), 200_000).forEach(hit -> score[hit.ordinal()] = hit.score());
      for (int i = 0; i < all.size(); i++) {
        assertEquals(score[all.ordinal(i)], all.score(i));
      }
      searcher.search(Query.of(q).deadline(Long.MAX_VALUE / 2), all);
      assertTrue(all.complete());
      assertEquals(200_000, all.size());
    }
    try (LiveIndex live = LiveIndex.builder(8).items(Catalog.of(rows, 8)).build()) {
      live.search(Query.of(q).deadline(1), all);
      assertFalse(all.complete());
      live.search(Query.of(q).deadline(Long.MAX_VALUE / 2), all);
      assertTrue(all.complete());
      assertEquals(200_000, all.size());
    }
  }
}

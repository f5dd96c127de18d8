package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Misuse of an index that would give wrong answers in silence: it is refused, in words. */
class MisuseTest {
  private static final int D = IdsAndRowsTest.D;

  private static Index index(boolean ids) {
    return IdsAndRowsTest.index(Strategy.SCAN, Metric.EUCLIDEAN, ids);
  }

  @Test
  void aSetOfAnotherIndexIsRefused() {
    Index old = index(true);
    Index current = index(true);
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
  void aSearcherOfTwoThreadsSaysSo() throws Exception {
    Index index = index(false);
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
    Searcher searcher = index(false).searcher();
    assertThrows(IllegalArgumentException.class, () -> searcher.search(new float[1], new Slate(1)));
    searcher.search(new float[D], new Slate(1));
  }

  @Test
  void aStuckPoolHoldsOneTaskForEachThread() {
    List<Runnable> queue = new ArrayList<>();
    Searcher searcher = index(false).searcher(queue::add, 4);
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
    Index index = index(false);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> index.searcher(Runnable::run, 100_000));
    assertEquals("threads must be from 1 to 1024, but it is 100000", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 1_025, Integer.MAX_VALUE})
  void aBuildHasAsManyThreadsAsASearchMayHave(int threads) {
    IndexBuilder builder = Index.builder(Catalog.of(new float[6], 2));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> builder.executor(Runnable::run, threads));
    assertEquals("threads must be from 1 to 1024, but it is " + threads, e.getMessage());
    assertEquals(3, builder.executor(Runnable::run, 1_024).build().size());
  }

  @Test
  void aLogSaysWhatAnIndexAndAnItemAre() {
    Index index = Index.builder(Catalog.of(new float[6], 2)).metric(Metric.COSINE).build();
    assertEquals("Index[n=3, d=2, COSINE, scan]", index.toString());
    LiveIndex live = LiveIndex.builder(2).metric(Metric.DOT).biased().build();
    live.upsert(7, new float[] {1, 2}, 0.5f, 9);
    live.upsert(8, new float[] {3, 4});
    assertEquals("LiveIndex[n=2, d=2, DOT, parts=1]", live.toString());
    assertEquals("LiveItem[id=7, row=[1.0, 2.0], bias=0.5, group=9]", live.item(7) + "");
    assertEquals("LiveItem[id=8, row=[3.0, 4.0]]", live.item(8) + "");
    live.close();
    assertEquals("LiveIndex[n=2, d=2, DOT, parts=1]", live.toString());
  }
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches whose time is up, or whose thread is interrupted, stop and say so. */
class DeadlineTest {
  private static final int N = 200_000;
  private static final int D = 8;

  /** Nanoseconds that no search takes. */
  private static final long NEVER = Long.MAX_VALUE / 2;

  /** A search that is told to stop stops, says so, and returns items with their right scores. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aSearchThatRunsOutOfTimeSaysSo(Strategy strategy) {
    Random r = new Random(5);
    float[] rows = Shape.UNIFORM.rows(r, N, D);
    Index index = Index.builder(Catalog.of(rows, D)).strategy(strategy).build();
    Slate all = new Slate(N);
    float[] q = Shape.UNIFORM.rows(r, 1, D);
    NaiveSearch naive = new NaiveSearch(Metric.EUCLIDEAN, rows, D, null);
    float[] score = new float[N];
    naive.search(Query.of(q), N).forEach(hit -> score[hit.ordinal()] = hit.score());
    for (int threads = 1; threads <= 2; threads++) {
      Searcher searcher =
          threads == 1 ? index.searcher() : index.searcher(Thread::startVirtualThread, 2);
      searcher.search(Query.of(q).deadline(1), all);
      assertFalse(all.complete());
      assertTrue(all.size() < N, all.size() + " items");
      Thread.currentThread().interrupt();
      searcher.search(Query.of(q).deadline(NEVER), all);
      assertTrue(Thread.interrupted(), "the interruption stays pending");
      // The second thread may have searched everything before the first one looks.
      assertTrue(threads == 1 ? !all.complete() : !all.complete() || all.size() == N);
      for (int i = 0; i < all.size(); i++) {
        assertEquals(score[all.ordinal(i)], all.score(i));
      }
      searcher.search(Query.of(q).deadline(NEVER), all);
      assertTrue(all.complete());
      assertEquals(N, all.size());
    }
    try (LiveIndex live = LiveIndex.builder(D).items(Catalog.of(rows, D)).build()) {
      live.search(Query.of(q).deadline(1), all);
      assertFalse(all.complete());
      live.search(Query.of(q).deadline(NEVER), all);
      assertTrue(all.complete());
      assertEquals(N, all.size());
    }
  }

  /** Of wide rows a few blocks take milliseconds: the clock is read between them. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aScanOfWideRowsIsStoppedInBetween(boolean filtered) {
    int n = 2_048;
    int d = 4_096;
    Index index = Index.builder(Catalog.of(new float[n * d], d)).strategy(Strategy.SCAN).build();
    Query query = Query.of(new float[d]);
    if (filtered) {
      query.deny(index.items().add(n - 1));
    }
    Slate slate = new Slate(n);
    stop(index.searcher(), query, slate);
    assertEquals(0, slate.size() % 64);
  }

  /** The counters of a search that was stopped say what it looked at. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aStoppedSearchIsCounted(Strategy strategy) {
    float[] rows = Shape.UNIFORM.rows(new Random(9), N, D);
    Index index = Index.builder(Catalog.of(rows, D)).strategy(strategy).build();
    Searcher searcher = index.searcher();
    Slate slate = new Slate(N);
    stop(searcher, Query.of(new float[D]), slate);
    SearchStats stats = searcher.stats();
    assertTrue(stats.itemsScored() >= slate.size(), slate.size() + " items, " + stats);
    assertTrue(stats.blocksVisited() > 0 && stats.bytesRead() > 0, stats::toString);
  }

  /** Searches with ever later deadlines, until one stops after some items. */
  private static void stop(Searcher searcher, Query query, Slate slate) {
    boolean stopped = false;
    for (long nanos = 1_000; nanos < 10_000_000_000L && !stopped; nanos += nanos / 4) {
      searcher.search(query.deadline(nanos), slate);
      stopped = !slate.complete() && slate.size() > 0;
    }
    assertTrue(stopped, "it was never stopped in between");
  }

  /**
   * A plan may answer queries for many items by a scan of the rows, which looks at the clock too.
   */
  @Test
  void aScanWithinQuantizedLooksAtTheClock() {
    float[] rows = Shape.UNIFORM.rows(new Random(6), 20_000, D);
    Plan plan = new Plan(Strategy.QUANTIZED, Map.of("scanFromK", 1), List.of());
    Searcher searcher = Index.builder(Catalog.of(rows, D)).plan(plan).build().searcher();
    Slate slate = new Slate(10);
    Query query = Query.of(new float[D]);
    searcher.search(query.deadline(1), slate);
    assertFalse(slate.complete());
    searcher.search(query.deadline(NEVER), slate);
    assertTrue(slate.complete());
    assertEquals(20_000, searcher.stats().itemsScored());
  }

  /** Items of given ids are scored one by one. */
  @Test
  void aListOfIdsIsNotReadToItsEnd() {
    float[] rows = Shape.UNIFORM.rows(new Random(7), 5_000, D);
    long[] ids = LongStream.range(0, 5_000).toArray();
    Slate slate = new Slate(5_000);
    Query query = Query.of(new float[D]).allowIds(ids);
    Index index = Index.builder(Catalog.of(rows, D)).build();
    try (LiveIndex live = LiveIndex.builder(D).items(Catalog.of(rows, D)).build()) {
      for (Runnable search :
          List.<Runnable>of(
              () -> index.searcher().search(query, slate), () -> live.search(query, slate))) {
        query.deadline(1);
        search.run();
        assertFalse(slate.complete());
        assertTrue(slate.size() < 5_000, slate.size() + " items");
        query.deadline(NEVER);
        search.run();
        assertTrue(slate.complete());
        assertEquals(5_000, slate.size());
        query.allowIds(Arrays.copyOf(ids, 0)).deadline(1);
        search.run();
        assertTrue(slate.complete(), "nothing was left to be looked at");
        query.allowIds(ids);
      }
    }
  }

  /** Tails that an executor which is stuck leaves behind. */
  @Test
  void tailsAreNotScannedToTheEnd() {
    int n = 700;
    float[] rows = Shape.UNIFORM.rows(new Random(8), n, D);
    Slate slate = new Slate(n);
    try (LiveIndex live =
        LiveIndex.builder(D).parts(Strategy.SCAN, 64).executor(task -> {}).build()) {
      for (int id = 0; id < n; id++) {
        live.upsert(id, Arrays.copyOfRange(rows, id * D, (id + 1) * D));
      }
      assertEquals(11, live.parts());
      Query query = Query.of(new float[D]).deadline(1);
      live.search(query, slate);
      assertFalse(slate.complete());
      assertEquals(0, slate.size());
      Thread.currentThread().interrupt();
      live.search(query.deadline(NEVER), slate);
      assertTrue(Thread.interrupted(), "the interruption stays pending");
      assertFalse(slate.complete());
      live.search(query, slate);
      assertTrue(slate.complete());
      assertEquals(n, slate.size());
    }
  }

  /** Of wide rows a tail takes milliseconds: the clock is read between its blocks. */
  @Test
  void aTailOfWideRowsIsNotScannedToTheEnd() {
    int n = 1_024;
    int d = 4_096;
    Slate slate = new Slate(n);
    try (LiveIndex live = LiveIndex.builder(d).parts(Strategy.SCAN, n).build()) {
      LiveBatch batch = new LiveBatch(d);
      for (int id = 0; id < n; id++) {
        batch.upsert(id, new float[d]);
      }
      live.apply(batch);
      Query query = Query.of(new float[d]);
      boolean stopped = false;
      for (long nanos = 1_000; nanos < 10_000_000_000L && !stopped; nanos += nanos / 4) {
        live.search(query.deadline(nanos), slate);
        stopped = !slate.complete() && slate.size() > 0;
      }
      assertTrue(stopped, "it was never stopped in between");
      assertTrue(slate.size() < n);
      assertEquals(0, slate.size() % 64);
    }
  }
}

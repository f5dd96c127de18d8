package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Searches beside writes. Each batch moves every item by one step, so a consistent view shows all
 * items on one line, and none twice; a torn one shows two lines.
 */
class LiveConcurrencyTest {
  private static final int ITEMS = 300;
  private static final int BATCHES = Integer.getInteger("slate.test.cases", 80) * 10;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSearchSeesOneStateWhole(boolean virtual) throws Exception {
    try (ExecutorService merging = Executors.newFixedThreadPool(2);
        ExecutorService searching =
            virtual
                ? Executors.newVirtualThreadPerTaskExecutor()
                : Executors.newFixedThreadPool(3);
        LiveIndex live = LiveIndex.builder(2).parts(Strategy.TREE, 64).executor(merging).build()) {
      LiveBatch batch = new LiveBatch(2);
      step(live, batch, 0);
      step(live, batch, 1);
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<Long>> searches = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        searches.add(searching.submit(() -> watch(live, stop)));
      }
      for (int i = 2; i <= BATCHES; i++) {
        step(live, batch, i);
      }
      stop.set(true);
      long searched = 0;
      for (Future<Long> each : searches) {
        searched += each.get();
      }
      assertTrue(searched > 0, "nobody searched");
      assertEquals(BATCHES + 1, live.version());
      assertTrue(live.compactions() > 0);
    }
  }

  private static void step(LiveIndex live, LiveBatch batch, int step) {
    batch.clear();
    for (int id = 0; id < ITEMS; id++) {
      // A third comes and goes: deleted at each step and inserted anew.
      if (id % 3 == 0) {
        batch.delete(id);
      }
      batch.upsert(id, step, id);
    }
    live.apply(batch);
  }

  private static long watch(LiveIndex live, AtomicBoolean stop) {
    Slate slate = new Slate(ITEMS + 10);
    Query query = Query.of(new float[] {0, 0}).weights(1, 0);
    long searches = 0;
    float last = -1;
    while (!stop.get()) {
      live.search(query, slate);
      assertEquals(ITEMS, slate.size(), "items of one view");
      float score = slate.score(0);
      assertEquals(score, slate.score(ITEMS - 1), "the first and the last item of one view");
      assertTrue(score >= last, "a later search sees an older state");
      // By insertion: those that stayed first, in order, then those that came anew, in order.
      for (int i = 1; i < ITEMS; i++) {
        assertTrue(slate.place(i) > slate.place(i - 1), "order of places");
      }
      assertEquals(1, slate.id(0));
      assertEquals(0, slate.id(ITEMS * 2 / 3));
      last = score;
      searches++;
    }
    return searches;
  }

  @Test
  void manyWritersAndReadersEndWhereTheyShould() throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        LiveIndex live = LiveIndex.builder(3).parts(Strategy.TREE, 64).executor(pool).build()) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int own = t;
        tasks.add(
            pool.submit(
                () -> {
                  Random r = new Random(own);
                  float[] row = new float[3];
                  Slate slate = new Slate(5);
                  for (int i = 0; i < BATCHES; i++) {
                    long id = own * 1_000L + r.nextInt(500);
                    live.upsert(id, own, i, (float) id);
                    assertTrue(live.copyRow(id, row), "a thread sees what it wrote");
                    assertEquals(i, row[1]);
                    if (i % 3 == 0) {
                      assertTrue(live.delete(id));
                      assertTrue(!live.contains(id));
                      live.upsert(id, own, i, (float) id);
                    }
                    live.search(Query.of(row).allowIds(id), slate);
                    assertEquals(id, slate.id(0));
                    assertEquals(0f, slate.score(0));
                  }
                }));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
      Slate all = new Slate(10_000);
      live.search(new float[3], all);
      assertEquals(live.size(), all.size());
    }
  }

  @Test
  void aCloseAmongWritesAndSearchesIsClean() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
        LiveIndex live = LiveIndex.builder(2).parts(Strategy.SCAN, 64).executor(pool).build();
        List<Future<?>> tasks = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
          tasks.add(pool.submit(() -> untilClosed(() -> live.upsert(System.nanoTime(), 1, 2))));
        }
        Slate slate = new Slate(3);
        tasks.add(pool.submit(() -> untilClosed(() -> live.search(new float[2], slate))));
        Thread.sleep(5);
        live.close();
        for (Future<?> task : tasks) {
          task.get();
        }
      }
    }
  }

  private static void untilClosed(Runnable operation) {
    try {
      while (true) {
        operation.run();
      }
    } catch (IllegalStateException e) {
      assertEquals("the live index is closed", e.getMessage());
    }
  }
}

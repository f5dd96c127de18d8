package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller of a live index sees. */
class LiveIndexTest {
  private static final float[] ORIGIN = {0, 0};

  @Test
  void anUpsertKeepsItsPlaceAndAReturnerGoesToTheEnd() {
    try (LiveIndex live = LiveIndex.builder(2).build()) {
      for (long id = 10; id < 14; id++) {
        live.upsert(id, 1, 1);
      }
      live.upsert(11, 5, 5);
      live.upsert(11, 1, 1);
      assertTrue(live.delete(10));
      assertFalse(live.delete(10));
      live.upsert(10, 1, 1);
      assertEquals(List.of(11L, 12L, 13L, 10L), ids(live, 9));
      live.compact();
      assertEquals(List.of(11L, 12L, 13L, 10L), ids(live, 9));
      assertEquals(1 + 4 + 2 + 2, live.version());
      assertEquals(4, live.size());
    }
  }

  @Test
  void pagesGoOnAfterAnItemThatIsDeletedMeanwhile() {
    try (LiveIndex live = LiveIndex.builder(2).build()) {
      for (long id = 0; id < 9; id++) {
        live.upsert(id, 1, 1);
      }
      Slate page = new Slate(3);
      Query query = Query.of(ORIGIN);
      live.search(query, page);
      query.after(page.score(2), page.place(2));
      live.delete(page.id(2));
      live.compact();
      live.search(query, page);
      assertEquals(3, page.id(0));
      assertThrows(IllegalStateException.class, () -> page.ordinal(0));
    }
  }

  /** The largest place of all: what follows it has a worse score. */
  @Test
  void aPageCanStartBehindAllItemsOfAScore() {
    try (LiveIndex live = LiveIndex.builder(2).build()) {
      for (long id = 0; id < 5; id++) {
        live.upsert(id, 1, 1);
      }
      live.upsert(9, 2, 2);
      Query query = Query.of(ORIGIN).after(2f, Long.MAX_VALUE);
      assertEquals(List.of(9L), ids(live, query, 9));
      live.compact();
      assertEquals(List.of(9L), ids(live, query, 9));
      live.delete(2); // places have a gap
      live.compact();
      assertEquals(List.of(9L), ids(live, query, 9));
    }
  }

  @Test
  void startsWithACatalogue() {
    Catalog items = Catalog.builder(2).add(7, new float[] {1, 1}).add(5, ORIGIN).build();
    try (LiveIndex live = LiveIndex.builder(2).items(items).build()) {
      assertEquals(List.of(5L, 7L), ids(live, 2));
      live.upsert(6, 0, 0);
      assertEquals(List.of(5L, 6L, 7L), ids(live, 3));
      assertEquals(1, live.version());
    }
  }

  /** Where the index has biases, items of a catalogue without any have the bias 0. */
  @Test
  void startsWithACatalogueWithoutBiases() {
    Catalog items =
        Catalog.builder(2).add(5, new float[] {1, 2}).add(6, new float[] {3, 4}).build();
    try (LiveIndex live = LiveIndex.builder(2).metric(Metric.DOT).biased().items(items).build()) {
      live.upsert(7, new float[] {1, 1}, 100f);
      Slate slate = new Slate(9);
      float[] row = new float[2];
      for (int round = 0; round < 2; round++) {
        live.search(new float[] {1, 1}, slate);
        assertEquals("Slate[ids=[7, 6, 5], scores=[102.0, 7.0, 3.0]]", slate.toString());
        assertTrue(live.copyRow(6, row));
        assertEquals(4f, row[1]);
        assertEquals(0f, live.item(6).bias());
        live.compact();
      }
    }
  }

  @Test
  void startsWithACatalogueOfGroups() {
    Catalog items = Catalog.of(new float[] {0, 0, 1, 1, 2, 2, 3, 3}, 2);
    int[] groups = {4, 4, Query.NO_GROUP, 4};
    try (LiveIndex live = LiveIndex.builder(2).items(items, groups).build()) {
      groups[1] = 5;
      live.upsert(9, new float[] {4, 4}, 0f, 4);
      live.upsert(10, new float[] {5, 5}, 0f, Query.NO_GROUP);
      for (int round = 0; round < 2; round++) {
        assertEquals(List.of(0L, 2L, 10L), ids(live, Query.of(ORIGIN).atMost(1), 9));
        assertEquals(List.of(0L, 1L, 2L, 10L), ids(live, Query.of(ORIGIN).atMost(2), 9));
        assertEquals(List.of(0L, 2L), ids(live, Query.of(ORIGIN).atMost(1), 2));
        assertEquals(List.of(1L, 2L), ids(live, Query.of(ORIGIN).atMost(1).allowIds(9, 1, 2), 9));
        live.compact();
      }
      live.upsert(0, 0, 0);
      assertEquals(List.of(0L, 1L, 2L, 10L), ids(live, Query.of(ORIGIN).atMost(1), 9));
    }
  }

  /**
   * The items of one group are nearer than all others, in more than one part: whatever the cap
   * admits of them makes room for the others.
   */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void copiesOfOneAuthorTakeTheirShareAlone(Strategy strategy) {
    try (LiveIndex live = LiveIndex.builder(1).parts(strategy, 64).build()) {
      for (int id = 0; id < 3_000; id++) {
        boolean copy = id % 3 > 0;
        live.upsert(id, new float[] {copy ? 0.5f + id : 10_000 + id}, 0f, copy ? 1 : 2 + id);
      }
      assertTrue(live.parts() > 3, live.parts() + " parts");
      Query query = Query.of(new float[1]).atMost(2);
      assertEquals(List.of(1L, 2L, 0L, 3L, 6L), ids(live, query, 5));
      query.after(10_003f * 10_003f, 3);
      assertEquals(List.of(6L, 9L), ids(live, query, 2));
      query = Query.of(new float[] {2_999.5f}).atMost(1).denyIds(2_999, 0);
      assertEquals(List.of(2_998L, 3L, 6L), ids(live, query, 3));
    }
  }

  @Test
  void anExecutorThatThrowsCostsSpeedOnly() {
    for (Error broken : new Error[] {new OutOfMemoryError("no thread"), new AssertionError("x")}) {
      try (LiveIndex live =
          LiveIndex.builder(2)
              .parts(Strategy.SCAN, 64)
              .executor(
                  task -> {
                    throw broken;
                  })
              .build()) {
        for (long id = 0; id < 3_000; id++) {
          live.upsert(id, (float) id, 1);
          assertTrue(live.parts() < 30, live.parts() + " parts");
        }
        assertEquals(List.of(0L, 1L), ids(live, Query.of(ORIGIN), 2));
      }
    }
  }

  @Test
  void aStuckExecutorGetsAFewTasksAndWritesGoOn() {
    List<Runnable> queue = new ArrayList<>();
    try (LiveIndex live =
        LiveIndex.builder(2).parts(Strategy.SCAN, 64).executor(queue::add).build()) {
      for (long id = 0; id < 20_000; id++) {
        live.upsert(id, (float) id, 1);
      }
      assertEquals(2, queue.size());
      assertTrue(live.parts() < 30, live.parts() + " parts");
      assertEquals(List.of(0L, 1L), ids(live, 2));
    }
  }

  /** Two tasks that wait are of segments alone; tails become many, and need to be merged. */
  @Test
  void anExecutorThatIsStuckWithDyingSegmentsKeepsNoTails() {
    List<Runnable> queue = new ArrayList<>();
    boolean[] stuck = {false};
    try (LiveIndex live =
        LiveIndex.builder(2)
            .parts(Strategy.SCAN, 64)
            .executor(
                task -> {
                  if (stuck[0]) {
                    queue.add(task);
                  } else {
                    task.run();
                  }
                })
            .build()) {
      for (long id = 0; id < 1_000; id++) {
        live.upsert(id, (float) id, 1);
      }
      live.compact();
      for (long id = 1_000; id < 1_256; id++) {
        live.upsert(id, (float) id, 1);
      }
      live.upsert(1_256, 0, 0); // freezes the fourth tail, which becomes the second segment
      assertEquals(3, live.parts());
      stuck[0] = true;
      for (long id = 0; id < 300; id++) {
        live.delete(id);
      }
      for (long id = 1_000; id < 1_100; id++) {
        live.delete(id);
      }
      assertEquals(2, queue.size());
      for (long id = 2_000; id < 12_000; id++) {
        live.upsert(id, (float) id, 1);
        assertTrue(live.parts() < 30, live.parts() + " parts");
      }
      assertEquals(List.of(300L, 301L), ids(live, Query.of(ORIGIN).denyIds(1_256), 2));
      queue.forEach(Runnable::run);
      assertEquals(1_257 - 400 + 10_000, live.size());
    }
  }

  @Test
  void aFailedMergeLosesNothing() {
    boolean[] refuses = {true};
    try (LiveIndex live =
        LiveIndex.builder(2)
            .parts(Strategy.SCAN, 64)
            .executor(
                task -> {
                  if (refuses[0]) {
                    throw new RejectedExecutionException("a test");
                  }
                  task.run();
                })
            .build()) {
      for (long id = 0; id < 5_000; id++) {
        refuses[0] = id % 1000 < 500;
        live.upsert(id % 1_300, (float) id, 1);
      }
      assertEquals(1_300, live.size());
      assertEquals(1_300, ids(live, 2_000).size());
    }
  }

  @Test
  void partsStayFew() {
    try (LiveIndex live = LiveIndex.builder(2).parts(Strategy.TREE, 64).build()) {
      Random r = new Random(1);
      int most = 0;
      for (long id = 0; id < 60_000; id++) {
        live.upsert(id, r.nextFloat(), r.nextFloat());
        most = Math.max(most, live.parts());
      }
      assertTrue(most <= 5 + 10, most + " parts");
      assertTrue(live.bytes() < 60_000L * 80, live.bytes() + " bytes");
      long before = live.compactions();
      live.compact();
      assertEquals(before + 1, live.compactions());
      assertEquals(2, live.parts());
    }
  }

  @Test
  void deadItemsAreMergedAway() {
    try (LiveIndex live = LiveIndex.builder(2).parts(Strategy.SCAN, 64).build()) {
      for (long id = 0; id < 10_000; id++) {
        live.upsert(id, (float) id, 1);
      }
      live.compact();
      long full = live.bytes();
      for (long id = 0; id < 9_990; id++) {
        live.delete(id);
      }
      assertTrue(live.bytes() < full / 4, live.bytes() + " bytes of " + full);
      assertEquals(10, ids(live, 20).size());
    }
  }

  /** COSINE is DOT of normalised rows. */
  @Test
  void searchesAllocateNothingOnceWarm() {
    for (Metric metric : List.of(Metric.EUCLIDEAN, Metric.DOT)) {
      try (LiveIndex live = LiveIndex.builder(4).metric(metric).parts(Strategy.TREE, 64).build()) {
        Random r = new Random(2);
        for (long id = 0; id < 3_000; id++) {
          live.upsert(r.nextInt(2_000), Shape.UNIFORM.rows(r, 1, 4), 0f, r.nextInt(20));
        }
        float[] q = Shape.UNIFORM.rows(r, 1, 4);
        long[] seen = r.longs(50, 0, 2_000).toArray();
        Query query = Query.of(q).denyIds(seen);
        if (metric != Metric.EUCLIDEAN) {
          query.atMost(2);
        }
        Slate slate = new Slate(10);
        long moved =
            Allocation.ofWarm(
                () -> {
                  live.search(q, slate);
                  live.search(query, slate);
                });
        assertEquals(0, moved, "bytes allocated by a warm search, " + metric);
      }
    }
  }

  @Test
  void nothingGoesAfterTheClose() {
    LiveIndex live = LiveIndex.builder(2).build();
    live.upsert(1, 1, 1);
    live.close();
    live.close();
    Slate slate = new Slate(1);
    assertThrows(IllegalStateException.class, () -> live.search(ORIGIN, slate));
    assertThrows(IllegalStateException.class, () -> live.upsert(1, 1, 1));
    assertThrows(IllegalStateException.class, () -> live.delete(1));
    assertThrows(IllegalStateException.class, live::compact);
  }

  @Test
  void wrongInputIsNamed() {
    ItemGroups noGroups = Index.builder(Catalog.of(new float[0], 2)).build().groups();
    try (LiveIndex live = LiveIndex.builder(2).build()) {
      Slate slate = new Slate(1);
      says("row has 3 attributes, but the index has d = 2", () -> live.upsert(1, 1, 2, 3));
      says("attribute is NaN, column 1", () -> live.upsert(1, 1, Float.NaN));
      says(
          "the index has no biases: build it with biased()",
          () -> live.upsert(1, new float[2], 1f));
      says("bias is Infinity", () -> live.upsert(1, ORIGIN, Float.POSITIVE_INFINITY));
      says(
          "query has 3 attributes, but the index has d = 2",
          () -> live.search(new float[3], slate));
      says(
          "items of a live index have no ordinals: use allowIds and denyIds",
          () -> live.search(Query.of(ORIGIN).deny(ItemSet.unbound(1)), slate));
      says(
          "items of a live index have no ordinals: give the group to upsert, and use atMost(m)",
          () -> live.search(Query.of(ORIGIN).atMost(1, noGroups), slate));
      says("most must be at least 1, but it is 0", () -> Query.of(ORIGIN).atMost(0));
      says(
          "there are 2 groups, but 1 items",
          () -> LiveIndex.builder(2).items(Catalog.of(new float[2], 2), new int[2]));
      says("the batch has d = 3, but the index has d = 2", () -> live.apply(new LiveBatch(3)));
      says(
          "a bias goes with DOT only, but the metric is EUCLIDEAN",
          () -> LiveIndex.builder(2).biased().build());
      says(
          "items have d = 1, but the index has d = 2",
          () -> LiveIndex.builder(2).items(Catalog.of(new float[1], 1)));
      assertEquals(0, live.size());
      assertEquals(0, live.version());
    }
  }

  /** The first write that no log takes is refused, and the batch is as it was. */
  @Test
  void aBatchRefusesWhatNoLogTakes() {
    int d = 65_536;
    LiveBatch batch = new LiveBatch(d);
    float[] row = new float[d];
    int most = (256 << 20) / (4 * d + 13);
    for (int i = 0; i < most; i++) {
      batch.upsert(i, row);
    }
    says("a batch is limited to 256 MiB: apply it in parts", () -> batch.upsert(most, row));
    assertEquals(most, batch.size());
    batch.delete(0);
  }

  /** Rows count, and deletions hardly; the limit is that of a log. */
  @Test
  void aBatchIsLimitedByWhatItTakesInALog() {
    int d = 1_024;
    LiveBatch batch = new LiveBatch(d);
    for (int i = 0; i < 500_000; i++) {
      batch.delete(i);
    }
    try (LiveIndex live = LiveIndex.builder(d).build()) {
      assertEquals(1, live.apply(batch.upsert(500_000, new float[d])));
      assertEquals(1, live.size());
      float[] row = new float[d];
      row[3] = 7;
      live.apply(batch.clear().delete(500_000).upsert(1, row).delete(2).upsert(2, new float[d]));
      float[] found = new float[d];
      assertTrue(live.copyRow(1, found));
      assertEquals(7, found[3]);
      assertTrue(live.copyRow(2, found));
      assertEquals(0, found[3]);
    }
  }

  private static void says(String message, Executable wrong) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, wrong).getMessage());
  }

  private static List<Long> ids(LiveIndex live, int k) {
    return ids(live, Query.of(ORIGIN), k);
  }

  private static List<Long> ids(LiveIndex live, Query query, int k) {
    Slate slate = new Slate(k);
    live.search(query, slate);
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < slate.size(); i++) {
      ids.add(slate.id(i));
    }
    return ids;
  }
}

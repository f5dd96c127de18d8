package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Short histories of writes, deletions, searches, merges and a close on several threads are
 * linearizable. Versions put the writes into one order, and each writer's marker tells which writes
 * a search saw: it must have seen exactly those up to one version, all that had ended before it
 * began, and none that began after it had ended; nor less than a search that had ended before.
 */
class LiveHistoryTest {
  private static final int HISTORIES = Integer.getInteger("slate.test.cases", 120);
  private static final int WRITERS = 2;
  private static final int READERS = 2;
  private static final int WRITES = 60;
  private static final int IDS = 12;

  /** The id of a writer's marker is this and its number. */
  private static final long MARKER = 1_000;

  @TempDir private Path root;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** A write: what it put by id, null for what it deleted, in order; and when it ran. */
  private record Write(
      long version, long began, long ended, int writer, Map<Long, Float> changes) {}

  /** A search: what it saw, best first, the version before and behind it; and when it ran. */
  private record Read(
      long began, long ended, long before, long behind, List<Map.Entry<Long, Float>> seen) {}

  @Test
  void everyHistoryIsLinearizable() throws Exception {
    for (int history = 0; history < HISTORIES; history++) {
      Path directory = history % 8 == 0 ? root.resolve("live-" + history) : null;
      try {
        run(history, directory);
      } catch (AssertionError e) {
        throw new AssertionError("history " + history, e);
      }
    }
  }

  private void run(int history, Path directory) throws Exception {
    LiveIndexBuilder builder =
        LiveIndex.builder(1)
            .metric(Metric.DOT)
            .durability(Durability.PROCESS_DEATH)
            .parts(history % 2 == 0 ? Strategy.TREE : Strategy.SCAN, 64)
            .executor(threads);
    LiveIndex live = directory == null ? builder.build() : builder.open(directory);
    AtomicLong clock = new AtomicLong();
    CyclicBarrier start = new CyclicBarrier(WRITERS + READERS + 1);
    List<Future<List<Write>>> writers = new ArrayList<>();
    List<Future<List<Read>>> readers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      int writer = w;
      Random r = new Random(history * 31L + w);
      writers.add(
          threads.submit(
              () -> {
                start.await();
                return write(live, writer, r, clock);
              }));
    }
    for (int i = 0; i < READERS; i++) {
      readers.add(
          threads.submit(
              () -> {
                start.await();
                return read(live, clock);
              }));
    }
    start.await();
    if (history % 3 == 0) {
      for (int i = ThreadLocalRandom.current().nextInt(1_000); i > 0; i--) {
        Thread.onSpinWait();
      }
      live.close();
    } else if (history % 3 == 1) {
      live.compact();
    }
    SortedMap<Long, Write> order = new TreeMap<>();
    for (Future<List<Write>> writer : writers) {
      for (Write write : writer.get()) {
        assertEquals(null, order.put(write.version, write), "two writes of one version");
      }
    }
    List<Read> reads = new ArrayList<>();
    for (Future<List<Read>> reader : readers) {
      reads.addAll(reader.get());
    }
    live.close();
    check(order, reads);
    if (directory != null) {
      checkReopened(builder, directory, order);
    }
  }

  private static List<Write> write(LiveIndex live, int writer, Random r, AtomicLong clock) {
    List<Write> writes = new ArrayList<>();
    LiveBatch batch = new LiveBatch(1);
    for (int i = 1; i <= WRITES; i++) {
      batch.clear();
      Map<Long, Float> changes = new LinkedHashMap<>();
      for (int n = r.nextInt(4); n >= 0; n--) {
        long id = r.nextInt(IDS);
        changes.remove(id);
        if (r.nextInt(3) == 0) {
          batch.delete(id);
          changes.put(id, null);
        } else {
          // Different from every other value of the history, markers included.
          float value = 1_000 + (i * 4 + n) * WRITERS + writer;
          batch.upsert(id, value);
          changes.put(id, value);
        }
      }
      float marker = i * WRITERS + writer;
      batch.upsert(MARKER + writer, marker);
      changes.put(MARKER + writer, marker);
      long began = clock.incrementAndGet();
      try {
        long version = live.apply(batch);
        writes.add(new Write(version, began, clock.incrementAndGet(), writer, changes));
      } catch (IllegalStateException e) {
        assertEquals("the live index is closed", e.getMessage());
        return writes;
      }
    }
    return writes;
  }

  private static List<Read> read(LiveIndex live, AtomicLong clock) {
    List<Read> reads = new ArrayList<>();
    Slate slate = new Slate(IDS + WRITERS + 5);
    Query query = Query.of(new float[] {1});
    for (long version = 0; version < WRITERS * WRITES; ) {
      long began = clock.incrementAndGet();
      long before = live.version();
      try {
        live.search(query, slate);
      } catch (IllegalStateException e) {
        assertEquals("the live index is closed", e.getMessage());
        return reads;
      }
      version = live.version();
      long ended = clock.incrementAndGet();
      List<Map.Entry<Long, Float>> seen = new ArrayList<>();
      for (int i = 0; i < slate.size(); i++) {
        seen.add(Map.entry(slate.id(i), slate.score(i)));
      }
      reads.add(new Read(began, ended, before, version, seen));
    }
    return reads;
  }

  private static void check(SortedMap<Long, Write> order, List<Read> reads) {
    // markers.get(w).get(i) is the version of the index after the first i writes of writer w.
    List<List<Long>> markers = new ArrayList<>();
    for (int w = 0; w < WRITERS; w++) {
      markers.add(new ArrayList<>(List.of(0L)));
    }
    List<List<Map.Entry<Long, Float>>> states = new ArrayList<>();
    Map<Long, Float> state = new LinkedHashMap<>();
    states.add(List.of());
    for (Write write : order.values()) {
      assertEquals(states.size(), write.version, "versions follow on one another");
      markers.get(write.writer).add(write.version);
      change(state, write);
      states.add(best(state));
    }
    long[] versions = new long[reads.size()];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = versionOf(reads.get(i), markers);
      check(reads.get(i), versions[i], order, states);
    }
    checkTime(reads, versions);
  }

  /** The version that a search saw, by the markers in its answer. */
  private static long versionOf(Read read, List<List<Long>> markers) {
    long version = 0;
    for (Map.Entry<Long, Float> item : read.seen) {
      if (item.getKey() >= MARKER) {
        List<Long> own = markers.get((int) (item.getKey() - MARKER));
        version = Math.max(version, own.get(item.getValue().intValue() / WRITERS));
      }
    }
    return version;
  }

  private static void check(
      Read read,
      long version,
      SortedMap<Long, Write> order,
      List<List<Map.Entry<Long, Float>>> states) {
    assertEquals(states.get((int) version), read.seen, "what a search at " + version + " saw");
    assertTrue(
        read.before <= version && version <= read.behind,
        version + " is not from " + read.before + " to " + read.behind);
    for (Write write : order.values()) {
      assertTrue(write.ended > read.began || write.version <= version, "a write was not seen");
      assertTrue(write.began < read.ended || write.version > version, "a write was foreseen");
    }
  }

  /** A search that begins after another has ended sees no older state. */
  private static void checkTime(List<Read> reads, long[] versions) {
    SortedMap<Long, Runnable> events = new TreeMap<>();
    AtomicLong known = new AtomicLong();
    for (int i = 0; i < versions.length; i++) {
      long version = versions[i];
      long[] least = new long[1];
      events.put(reads.get(i).began, () -> least[0] = known.get());
      events.put(
          reads.get(i).ended,
          () -> {
            assertTrue(least[0] <= version, version + " was seen after " + least[0]);
            known.accumulateAndGet(version, Math::max);
          });
    }
    events.values().forEach(Runnable::run);
  }

  private static void change(Map<Long, Float> state, Write write) {
    write.changes.forEach(
        (id, value) -> {
          state.remove(id);
          if (value != null) {
            state.put(id, value);
          }
        });
  }

  private static List<Map.Entry<Long, Float>> best(Map<Long, Float> state) {
    List<Map.Entry<Long, Float>> best = new ArrayList<>();
    state.forEach((id, value) -> best.add(Map.entry(id, value)));
    best.sort((a, b) -> Float.compare(b.getValue(), a.getValue()));
    return best;
  }

  private static void checkReopened(
      LiveIndexBuilder builder, Path directory, SortedMap<Long, Write> order) throws IOException {
    Map<Long, Float> state = new LinkedHashMap<>();
    order.values().forEach(write -> change(state, write));
    try (LiveIndex live = builder.open(directory)) {
      assertEquals(order.size(), live.version(), "writes that were acknowledged");
      Slate slate = new Slate(100);
      live.search(new float[] {1}, slate);
      List<Map.Entry<Long, Float>> seen = new ArrayList<>();
      for (int i = 0; i < slate.size(); i++) {
        seen.add(Map.entry(slate.id(i), slate.score(i)));
      }
      assertEquals(best(state), seen);
    }
  }
}

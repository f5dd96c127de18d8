package dev.slate.kernel.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.IndexListener;
import dev.slate.kernel.journal.RowFormat;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.rows.Transposer;
import dev.slate.kernel.scan.ScanEngine;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A write that memory does not suffice for, in the middle of a batch; and which thread merges when.
 */
class LiveWriterTest {
  private static final int D = 2;
  private static final RowFormat LAYOUT = new RowFormat(D, "EUCLIDEAN", false);

  @TempDir private Path root;

  private static LiveWriter writer() {
    return writer(null, () -> {}, Observer.NONE);
  }

  /** A writer that calls before it lays out items. */
  private static LiveWriter writer(
      @Nullable Executor executor, Runnable layingOut, Observer observer) {
    return new LiveWriter(
        D,
        false,
        64,
        items -> {
          layingOut.run();
          Rows rows = new Rows(items, false, false);
          return new ScanEngine(new Transposer(rows).blocks(new WorkerGroup(null, 1)), D);
        },
        executor,
        observer);
  }

  private static void write(LiveWriter writer, int items) {
    for (long id = 0; id < items; id++) {
      long next = id;
      writer.write(false, to -> put(to, next, (float) next));
    }
  }

  /** Listeners are promised so, and other threads go on to write. */
  @Test
  void anExecutorThatRunsTasksAtOnceMergesWithoutTheLock() {
    LiveWriter[] writer = new LiveWriter[1];
    boolean[] waits = {true};
    Runnable writeElsewhere =
        () -> {
          if (waits[0]) {
            waits[0] = false; // of one thread that writes only one waits for another
            Thread other = Thread.startVirtualThread(() -> write(writer[0], 1));
            assertTrue(assertDoesNotThrow(() -> other.join(Duration.ofSeconds(20))));
          }
        };
    IndexListener listener =
        new IndexListener() {
          @Override
          public void compacted(int parts, long items, long nanos) {
            waits[0] = true;
            writeElsewhere.run();
          }
        };
    writer[0] = writer(Runnable::run, writeElsewhere, new Observer(listener));
    write(writer[0], 300);
    assertTrue(writer[0].compactions() > 0);
    writer[0].close();
  }

  /** Under writes that never end a compaction begins before another one has ended. */
  @Test
  @Timeout(60)
  void mergingEverythingWaitsForWhatRunsAndForNothingElse() throws InterruptedException {
    LiveWriter[] writer = new LiveWriter[1];
    AtomicInteger layouts = new AtomicInteger();
    AtomicInteger before = new AtomicInteger(-1);
    AtomicBoolean filled = new AtomicBoolean();
    Thread compacting = Thread.ofPlatform().daemon().unstarted(() -> writer[0].compact());
    Runnable writing =
        () -> {
          int begun = layouts.incrementAndGet();
          if (Thread.currentThread().equals(compacting)) {
            before.set(begun - 1);
          } else if (before.get() < 0 && begun < 30) {
            if (begun == 1) {
              compacting.start();
              while (!filled.get() || compacting.getState() != Thread.State.WAITING) {
                pause(1); // until it waits, and not for the lock of a write
              }
            }
            write(writer[0], 320);
            for (int i = 0; i < 300 && layouts.get() == begun; i++) {
              pause(1); // until another one has begun
            }
          }
        };
    // Nobody waits for them: where compact() never begins, they never end, and the test must.
    ExecutorService two = Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());
    try {
      writer[0] = writer(two, writing, Observer.NONE);
      write(writer[0], 320);
      filled.set(true);
      while (before.get() < 0) {
        pause(1);
      }
      compacting.join();
      assertTrue(before.get() <= 3, before + " layouts before");
      writer[0].close();
    } finally {
      two.shutdown();
    }
  }

  private static void pause(long millis) {
    assertDoesNotThrow(() -> Thread.sleep(millis));
  }

  private static void put(LiveWriter to, long id, float x) {
    to.put(id, new float[] {x, x}, GroupCounts.NO_GROUP);
  }

  /** Overwrites, deletes and inserts more items than a tail takes, and then fails. */
  private static void fail(LiveWriter writer) {
    assertThrows(
        OutOfMemoryError.class,
        () ->
            writer.write(
                false,
                to -> {
                  put(to, 0, 77);
                  assertTrue(to.remove(1));
                  for (long id = 2; id < 200; id++) {
                    put(to, id, 77);
                  }
                  throw new OutOfMemoryError("a test");
                }));
  }

  private static void holdsWhatItHeld(LiveWriter writer) {
    assertEquals(100, writer.size());
    assertEquals(100, writer.version());
    float[] row = new float[D];
    for (long id = 0; id < 100; id++) {
      Location found = writer.find(id);
      assertNotNull(found, "item " + id);
      found.read(row);
      assertArrayEquals(new float[] {id, id}, row);
    }
    assertNull(writer.find(100));
    LiveSearch search = writer.take();
    search.request.clear();
    search.request.k = 1_000;
    search.request.operands.q = new float[D];
    search.request.operands.d = D;
    writer.search(search);
    assertEquals(100, search.size());
    assertEquals(99, search.id(99));
    writer.give(search);
  }

  @Test
  void isNotSeenAndEndsTheWrites() {
    LiveWriter writer = writer();
    for (long id = 0; id < 100; id++) {
      long next = id;
      writer.write(false, to -> put(to, next, (float) next));
    }
    fail(writer);
    holdsWhatItHeld(writer);
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> writer.write(false, to -> put(to, 500, 1)));
    assertEquals(
        "a write failed halfway: the live index takes no more writes, close it", e.getMessage());
    assertThrows(IllegalStateException.class, writer::compact);
    holdsWhatItHeld(writer);
    writer.close();
    assertThrows(IllegalStateException.class, writer::take);
  }

  @Test
  void isNotInTheDirectory() throws IOException {
    for (boolean saved : new boolean[] {false, true}) {
      Path directory = root.resolve("saved " + saved);
      LiveWriter writer = writer();
      writer.open(directory, LAYOUT, false);
      for (long id = 0; id < 100; id++) {
        long next = id;
        writer.write(false, to -> put(to, next, (float) next));
      }
      fail(writer);
      if (saved) {
        writer.save();
      }
      writer.close();
      LiveWriter again = writer();
      again.open(directory, LAYOUT, false);
      holdsWhatItHeld(again);
      again.write(false, to -> put(to, 100, 100));
      assertEquals(101, again.size());
      again.close();
    }
  }
}

package dev.slate.kernel.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.journal.Layout;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.rows.Transposer;
import dev.slate.kernel.scan.ScanEngine;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that memory does not suffice for, in the middle of a batch. */
class LiveWriterTest {
  private static final int D = 2;
  private static final Layout LAYOUT = new Layout(D, "EUCLIDEAN", false);

  @TempDir private Path root;

  private static LiveWriter writer() {
    return new LiveWriter(
        D,
        false,
        64,
        items -> {
          Rows rows = new Rows(items, false, false);
          return new ScanEngine(new Transposer(rows).blocks(new WorkerGroup(null, 1)), D);
        },
        null,
        Observer.NONE);
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

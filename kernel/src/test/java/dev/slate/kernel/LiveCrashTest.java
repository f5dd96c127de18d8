package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they write, merge and save. */
class LiveCrashTest {
  /** In the soak two hundred. */
  private static final int KILLS = Math.max(6, Integer.getInteger("slate.test.cases", 80) / 100);

  private static final int SAVES = Math.max(3, KILLS / 2);
  private static final int SAVED_ITEMS = 40_000;

  @TempDir private Path root;

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Path directory = root.resolve("live");
    Random r = new Random();
    NumberedWrites model = new NumberedWrites();
    for (int kill = 0; kill < KILLS; kill++) {
      long acknowledged = killed(model.count(), r.nextInt(400), "write", directory.toString());
      try (LiveIndex live = open(directory)) {
        assertTrue(
            live.version() >= acknowledged,
            "version " + live.version() + " of " + acknowledged + " acknowledged");
        model.proceedTo(live.version());
        model.assertHeldBy(live);
        try (var parts = Files.newDirectoryStream(directory, "*.part")) {
          assertFalse(parts.iterator().hasNext(), "a snapshot that was not finished is left");
        }
      }
    }
    assertTrue(model.count() > 0, "nothing was written");
  }

  /** Index.save: under the name there is the file that was saved last, or the one that was next. */
  @Test
  void aSaveThatIsKilledLeavesAWholeFile() throws Exception {
    Path file = root.resolve("x.slate");
    numbered(built(), 0).save(file);
    Random r = new Random();
    long seen = 0;
    int unfinished = 0;
    // Most kills come in the middle of a save, but on a busy machine a few may all miss it.
    for (int kill = 0; kill < SAVES || (unfinished == 0 && kill < 20 * SAVES); kill++) {
      long acknowledged = killed(seen, r.nextInt(200), "save", file.toString());
      Index index = Index.open(file);
      seen = number(index);
      assertTrue(seen == acknowledged || seen == acknowledged + 1, seen + " after " + acknowledged);
      assertEquals(SAVED_ITEMS, index.size());
      try (var parts = Files.newDirectoryStream(root, ".x.slate.*.part")) {
        for (Path part : parts) {
          unfinished++;
          Files.delete(part);
        }
      }
    }
    assertTrue(seen > 0 && unfinished > 0, "saves " + seen + ", of which killed " + unfinished);
  }

  private static Index built() {
    Catalog items = Catalog.of(new float[SAVED_ITEMS * 8], 8);
    return Index.builder(items).strategy(Strategy.SCAN).build();
  }

  private static Index numbered(Index index, long number) {
    return index.attach("number", ByteBuffer.allocate(8).putLong(number).array());
  }

  private static long number(Index index) {
    byte[] attached = index.attachment("number");
    return attached == null ? -1 : ByteBuffer.wrap(attached).getLong();
  }

  /**
   * Kills a process that tells, one by one, of what it has done.
   *
   * @param from what it must find done when it starts
   * @return what it told last
   */
  private static long killed(long from, int millis, String... args) throws Exception {
    Process process = TestProcess.start(LiveCrashTest.class, List.of(), "256m", args);
    long told = -1;
    try (DataInputStream in = new DataInputStream(process.getInputStream())) {
      told = in.readLong();
      assertEquals(from, told, "what the next process found");
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < until) {
        told = in.readLong();
      }
      process.toHandle().destroyForcibly();
      while (true) {
        told = in.readLong();
      }
    } catch (EOFException e) {
      // killed
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(128 + 9, process.exitValue(), "it should have been killed");
    return told;
  }

  /** The process that is killed. */
  public static void main(String[] args) throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    if (args[0].equals("write")) {
      write(Path.of(args[1]), out);
    } else {
      save(Path.of(args[1]), out);
    }
  }

  private static void write(Path directory, DataOutputStream out) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    LiveIndex live = builder().executor(pool).open(directory);
    tell(live.version(), out);
    for (long i = live.version() + 1; ; i++) {
      NumberedWrites.write(i, live);
      tell(i, out);
      if (i % 300 == 0) {
        pool.execute(
            () -> {
              try {
                live.save();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
    }
  }

  private static void save(Path file, DataOutputStream out) throws IOException {
    long number = number(Index.open(file));
    Index index = built();
    tell(number, out);
    while (true) {
      numbered(index, ++number).save(file);
      tell(number, out);
    }
  }

  private static void tell(long number, DataOutputStream out) throws IOException {
    out.writeLong(number);
    out.flush();
  }

  private static LiveIndex open(Path directory) throws IOException {
    return builder().open(directory);
  }

  private static LiveIndexBuilder builder() {
    return LiveIndex.builder(NumberedWrites.D)
        .durability(Durability.PROCESS_DEATH)
        .parts(Strategy.TREE, 64);
  }
}

package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they write, merge and save. Write number i is a function of i, so
 * after any number of writes it is known what must be there.
 */
class LiveCrashTest {
  private static final int KILLS = Math.max(6, Integer.getInteger("slate.test.cases", 80) / 100);
  private static final int D = 3;
  private static final int IDS = 500;

  @TempDir private Path root;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Item(float[] row, int group) {}

  @Test
  void whatWasAcknowledgedSurvivesAKill() throws Exception {
    Path directory = root.resolve("live");
    Random r = new Random();
    long seen = 0;
    Map<Long, Item> model = new LinkedHashMap<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process writer = start(List.of(), "write", directory.toString());
      long acknowledged = seen;
      try (DataInputStream in = new DataInputStream(writer.getInputStream())) {
        acknowledged = in.readLong();
        assertEquals(seen, acknowledged, "the version that the next process found");
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(r.nextInt(400));
        while (System.nanoTime() < until) {
          acknowledged = in.readLong();
        }
        writer.toHandle().destroyForcibly();
        while (true) {
          acknowledged = in.readLong();
        }
      } catch (EOFException e) {
        // killed
      } finally {
        writer.toHandle().destroyForcibly();
      }
      assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
      assertEquals(128 + 9, writer.exitValue(), "it should have been killed");
      try (LiveIndex live = open(directory)) {
        assertTrue(
            live.version() >= acknowledged,
            "version " + live.version() + " of " + acknowledged + " acknowledged");
        for (; seen < live.version(); seen++) {
          apply(seen + 1, model);
        }
        assertHolds(model, live);
      }
    }
    assertTrue(seen > 0, "nothing was written");
  }

  /** A limit on the size of files stands for a disk that is full. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFullDiskStopsWritesAndNothingElse() throws Exception {
    Path directory = root.resolve("full");
    Process writer =
        start(List.of("sh", "-c", "ulimit -f 512; exec \"$@\"", "sh"), "fill", directory + "");
    long acknowledged;
    try (DataInputStream in = new DataInputStream(writer.getInputStream())) {
      assertEquals("the snapshot failed", in.readUTF());
      assertEquals("writes go on", in.readUTF());
      assertEquals("a write failed", in.readUTF());
      assertEquals("so does the next", in.readUTF());
      assertEquals("searches go on", in.readUTF());
      acknowledged = in.readLong();
    } finally {
      writer.toHandle().destroyForcibly();
    }
    assertTrue(writer.waitFor(60, TimeUnit.SECONDS));
    try (LiveIndex live = LiveIndex.builder(D).open(directory)) {
      assertTrue(live.version() >= acknowledged);
      for (long id = 0; id < acknowledged; id++) {
        assertTrue(live.contains(id), "write " + id + " of " + acknowledged);
      }
      live.save();
    }
  }

  private static Process start(List<String> shell, String... args) throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Dslate.simd=scalar", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(LiveCrashTest.class.getName());
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** The process that is killed, or whose disk is full. */
  public static void main(String[] args) throws IOException {
    DataOutputStream out = new DataOutputStream(System.out);
    if (args[0].equals("write")) {
      write(Path.of(args[1]), out);
    } else {
      fill(Path.of(args[1]), out);
    }
    out.flush();
  }

  private static void write(Path directory, DataOutputStream out) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(3);
    LiveIndex live = open(directory, pool);
    out.writeLong(live.version());
    out.flush();
    for (long i = live.version() + 1; ; i++) {
      apply(i, live);
      out.writeLong(i);
      out.flush();
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

  private static void fill(Path directory, DataOutputStream out) throws IOException {
    LiveIndex live = LiveIndex.builder(D).durability(Durability.PROCESS_DEATH).open(directory);
    long id = 0;
    boolean saved = true;
    while (saved) {
      for (int i = 0; i < 2_000; i++) {
        live.upsert(id, (float) id++, 1, 2);
      }
      try {
        live.save();
      } catch (IOException e) {
        saved = false;
      }
    }
    out.writeUTF("the snapshot failed");
    live.upsert(id, (float) id++, 1, 2);
    out.writeUTF("writes go on");
    try {
      while (true) {
        live.upsert(id, (float) id, 1, 2);
        id++;
      }
    } catch (UncheckedIOException e) {
      out.writeUTF("a write failed");
    }
    try {
      live.upsert(id + 1, 1, 1, 1);
    } catch (UncheckedIOException e) {
      out.writeUTF("so does the next");
    }
    Slate slate = new Slate(1);
    live.search(new float[] {7, 1, 2}, slate);
    out.writeUTF(slate.id(0) == 7 ? "searches go on" : slate.toString());
    out.writeLong(id);
  }

  private static LiveIndex open(Path directory) throws IOException {
    return builder().open(directory);
  }

  private static LiveIndex open(Path directory, ExecutorService pool) throws IOException {
    return builder().executor(pool).open(directory);
  }

  private static LiveIndexBuilder builder() {
    return LiveIndex.builder(D).durability(Durability.PROCESS_DEATH).parts(Strategy.TREE, 64);
  }

  /** Write number i, to an index. */
  private static void apply(long i, LiveIndex live) {
    Random r = new Random(i);
    switch (r.nextInt(4)) {
      case 0 -> {
        LiveBatch batch = new LiveBatch(D);
        for (int n = r.nextInt(40); n >= 0; n--) {
          long id = r.nextInt(IDS);
          if (r.nextInt(3) == 0) {
            batch.delete(id);
          } else {
            batch.upsert(id, Shape.UNIFORM.rows(r, 1, D), 0f, group(i));
          }
        }
        live.apply(batch);
      }
      case 1 -> live.delete(r.nextInt(IDS));
      default -> live.upsert(r.nextInt(IDS), Shape.UNIFORM.rows(r, 1, D), 0f, group(i));
    }
  }

  /** The group of the items of a write; the first writes have none. */
  private static int group(long i) {
    return i < 100 || i % 3 == 0 ? Query.NO_GROUP : (int) i;
  }

  /** Write number i, to a map that keeps the order of insertion. */
  private static void apply(long i, Map<Long, Item> model) {
    Random r = new Random(i);
    switch (r.nextInt(4)) {
      case 0 -> {
        for (int n = r.nextInt(40); n >= 0; n--) {
          long id = r.nextInt(IDS);
          if (r.nextInt(3) == 0) {
            model.remove(id);
          } else {
            model.put(id, new Item(Shape.UNIFORM.rows(r, 1, D), group(i)));
          }
        }
      }
      case 1 -> model.remove((long) r.nextInt(IDS));
      default -> model.put((long) r.nextInt(IDS), new Item(Shape.UNIFORM.rows(r, 1, D), group(i)));
    }
  }

  private static void assertHolds(Map<Long, Item> model, LiveIndex live) {
    Slate all = new Slate(IDS + 1);
    live.search(Query.of(new float[D]).weights(0, 0, 0), all);
    List<Long> ids = new ArrayList<>();
    float[] row = new float[D];
    for (int i = 0; i < all.size(); i++) {
      ids.add(all.id(i));
      assertTrue(live.copyRow(all.id(i), row));
      assertEquals(model.get(all.id(i)).group, live.item(all.id(i)).group());
      float[] expected = model.get(all.id(i)).row;
      for (int j = 0; j < D; j++) {
        assertEquals(expected[j], row[j], "row of " + all.id(i));
      }
    }
    assertEquals(List.copyOf(model.keySet()), ids, "ids in order of insertion");
  }
}

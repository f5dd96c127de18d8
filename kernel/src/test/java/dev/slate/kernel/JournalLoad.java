package dev.slate.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;

/**
 * A load on the log of a live index, to be run by hand: upserts a second of one thread, of many
 * threads that share forced writes, and of batches, for each {@link Durability}; then how long it
 * takes to open the directory again, which applies all of them. Single writes that are forced are
 * slow: one thread makes a fiftieth of the operations, many threads a fifth.
 *
 * <pre>
 *   java -Xmx8g --add-modules jdk.incubator.vector -cp ... dev.slate.kernel.JournalLoad DIRECTORY OPERATIONS D
 * </pre>
 */
final class JournalLoad {
  private static final int BATCH = 100;

  private final Path directory;
  private final int operations;
  private final int d;

  private JournalLoad(Path directory, int operations, int d) {
    this.directory = directory;
    this.operations = operations;
    this.d = d;
  }

  public static void main(String[] args) throws Exception {
    JournalLoad load =
        new JournalLoad(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    for (Durability durability : Durability.values()) {
      load.run(durability, 1, 1);
      load.run(durability, 64, 1);
      load.run(durability, 512, 1);
      load.run(durability, 1, BATCH);
      load.run(durability, 8, BATCH);
    }
    System.exit(0);
  }

  private void run(Durability durability, int threads, int batch) throws Exception {
    Path at = Files.createDirectory(directory.resolve(durability + "-" + threads + "-" + batch));
    int count =
        durability == Durability.POWER_LOSS && batch == 1
            ? operations / (threads == 1 ? 50 : 5)
            : operations;
    try (LiveIndex live = open(at, durability)) {
      long start = System.nanoTime();
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int from = (int) ((long) count * t / threads);
        int to = (int) ((long) count * (t + 1) / threads);
        writers.add(Thread.ofVirtual().start(() -> write(live, from, to, batch)));
      }
      for (Thread writer : writers) {
        writer.join();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%-8s %3d threads, batches of %3d: %,.0f upserts/s",
          durability, threads, batch, count / seconds);
    }
    long start = System.nanoTime();
    try (LiveIndex live = open(at, durability)) {
      System.out.printf(
          "; opened %,d items in %.2f s%n", live.size(), (System.nanoTime() - start) / 1e9);
    }
  }

  private LiveIndex open(Path at, Durability durability) throws IOException {
    return LiveIndex.builder(d)
        .durability(durability)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .open(at);
  }

  private void write(LiveIndex live, int from, int to, int batch) {
    Random r = new Random(from);
    for (int i = from; i < to; i += batch) {
      if (batch == 1) {
        live.upsert(i, Shape.UNIFORM.rows(r, 1, d));
        continue;
      }
      LiveBatch writes = new LiveBatch(d);
      for (int j = i; j < Math.min(to, i + batch); j++) {
        writes.upsert(j, Shape.UNIFORM.rows(r, 1, d));
      }
      live.apply(writes);
    }
  }
}

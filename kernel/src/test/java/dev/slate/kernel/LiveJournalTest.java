package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A live index that comes back from its directory, whole, or says which file is damaged. */
class LiveJournalTest {
  private static final int D = 3;

  @TempDir private Path root;

  private static LiveIndexBuilder builder(Metric metric) {
    return LiveIndex.builder(D)
        .metric(metric)
        .parts(Strategy.TREE, 64)
        .durability(Durability.PROCESS_DEATH);
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void comesBackToTheBit(Metric metric) throws IOException {
    Path directory = root.resolve("live");
    Random r = new Random(1);
    List<String> expected;
    long version;
    try (LiveIndex live = builder(metric).open(directory)) {
      write(live, r, 700);
      live.save();
      write(live, r, 500);
      expected = answers(live);
      version = live.version();
    }
    for (int round = 0; round < 3; round++) {
      try (LiveIndex live = builder(metric).open(directory)) {
        assertEquals(version, live.version());
        assertEquals(expected, answers(live));
        if (round == 1) {
          live.save();
        }
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(3, files.count(), "a lock, a snapshot, a log");
    }
  }

  @Test
  void placesStayGoodAcrossARestart() throws IOException {
    Slate page = new Slate(2);
    Query query = Query.of(new float[D]);
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(root.resolve("p"))) {
      for (long id = 0; id < 6; id++) {
        live.upsert(id, 1, 1, 1);
      }
      live.delete(0);
      live.search(query, page);
      live.save();
      live.delete(page.id(1));
    }
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(root.resolve("p"))) {
      live.search(query.after(page.score(1), page.place(1)), page);
      assertEquals(3, page.id(0));
    }
  }

  @Test
  void startsADirectoryWithACatalogue() throws IOException {
    Catalog items = Catalog.of(new float[] {1, 2, 3, 4, 5, 6}, D);
    try (LiveIndex live = builder(Metric.DOT).items(items).open(root)) {
      live.upsert(9, 7, 8, 9);
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      assertEquals(3, live.size());
      float[] row = new float[D];
      assertTrue(live.copyRow(1, row));
      assertEquals(4, row[0]);
    }
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> builder(Metric.DOT).items(items).open(root));
    assertEquals(root + " holds items already", e.getMessage());
  }

  @Test
  void oneProcessAtATime() throws IOException {
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, 1, 2, 3);
      IllegalStateException e =
          assertThrows(IllegalStateException.class, () -> builder(Metric.DOT).open(root));
      assertEquals(root + " is open already", e.getMessage());
    }
    builder(Metric.DOT).open(root).close();
  }

  @Test
  void anotherLayoutIsRefusedByName() throws IOException {
    builder(Metric.DOT).open(root).close();
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> builder(Metric.EUCLIDEAN).open(root));
    assertEquals(
        root.resolve("log-0") + ": holds DOT with d = 3, but EUCLIDEAN with d = 3 was asked for",
        e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> LiveIndex.builder(4).metric(Metric.DOT).open(root));
  }

  /** Every bit of every file, one at a time: an error that names the file, never another answer. */
  @Test
  void aFlippedBitIsNoticed() throws IOException {
    Path directory = root.resolve("live");
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      write(live, new Random(3), 12);
      live.save();
      write(live, new Random(4), 8);
    }
    for (Path file : files(directory)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        Files.write(file, flipped);
        int at = bit;
        Exception e =
            assertThrows(
                Exception.class,
                () -> builder(Metric.EUCLIDEAN).open(directory).close(),
                () -> "bit " + at + " of " + file);
        assertTrue(e instanceof IOException, () -> at + " " + e);
        assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
      }
      Files.write(file, bytes);
    }
    builder(Metric.EUCLIDEAN).open(directory).close();
  }

  /**
   * A log that is cut off, as by a crash, gives the writes that are whole; a snapshot that is cut
   * off is an error.
   */
  @Test
  void aFileThatIsCutOffGivesWholeWritesOrAnError() throws IOException {
    Path directory = root.resolve("live");
    List<Long> versions = new ArrayList<>();
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      write(live, new Random(5), 10);
      live.save();
      write(live, new Random(6), 10);
      versions.add(live.version());
    }
    for (Path file : files(directory)) {
      byte[] bytes = Files.readAllBytes(file);
      boolean log = file.getFileName().toString().startsWith("log");
      long last = -1;
      for (int length = 0; length < bytes.length; length++) {
        byte[] cut = java.util.Arrays.copyOf(bytes, length);
        Files.write(file, cut);
        if (!log) {
          IOException e =
              assertThrows(
                  IOException.class, () -> builder(Metric.EUCLIDEAN).open(directory).close());
          assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
          continue;
        }
        try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
          assertTrue(live.version() >= last && live.version() < versions.get(0));
          last = live.version();
        }
      }
      Files.write(file, bytes);
    }
    // Zeros at the end are space that the disk had reserved.
    Path log = files(directory).stream().filter(f -> f.toString().contains("log")).findAny().get();
    byte[] bytes = Files.readAllBytes(log);
    Files.write(log, java.util.Arrays.copyOf(bytes, bytes.length + 1000));
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      assertEquals(versions.get(0), live.version());
      live.upsert(77, 1, 2, 3);
    }
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      assertTrue(live.contains(77));
    }
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(root)) {
      write(live, new Random(7), 10);
      live.save();
    }
    Path log = root.resolve("log-1");
    Files.delete(log);
    IOException e =
        assertThrows(IOException.class, () -> builder(Metric.EUCLIDEAN).open(root).close());
    assertEquals(log + ": is missing", e.getMessage());
    assertFalse(Files.exists(log));
  }

  /** Writers share the waits for the disk; all of them are there afterwards. */
  @Test
  void concurrentWritesAreAllThere() throws Exception {
    int threads = 64;
    int each = 50;
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
        LiveIndex live = LiveIndex.builder(D).parts(Strategy.TREE, 64).executor(pool).open(root)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        long first = (long) t * each;
        tasks.add(
            pool.submit(
                () -> {
                  for (long id = first; id < first + each; id++) {
                    live.upsert(id, (float) id, 1, 2);
                  }
                }));
      }
      live.save();
      for (Future<?> task : tasks) {
        task.get();
      }
    }
    try (LiveIndex live = LiveIndex.builder(D).open(root)) {
      assertEquals((long) threads * each, live.size());
      assertEquals((long) threads * each, live.version());
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> !f.endsWith("lock")).sorted().toList();
    }
  }

  private static void write(LiveIndex live, Random r, int writes) {
    LiveBatch batch = new LiveBatch(D);
    for (int i = 0; i < writes; i++) {
      int id = r.nextInt(400);
      if (i % 5 == 0) {
        batch.clear();
        batch.upsert(id, Shape.GRID.rows(r, 1, D)).delete(r.nextInt(400));
        batch.upsert(id + 1, Shape.GRID.rows(r, 1, D));
        live.apply(batch);
      } else if (i % 7 == 0) {
        live.delete(id);
      } else {
        live.upsert(id, Shape.GRID.rows(r, 1, D));
      }
    }
  }

  private static List<String> answers(LiveIndex live) {
    List<String> answers = new ArrayList<>();
    Random r = new Random(9);
    Slate slate = new Slate(1_000);
    for (int i = 0; i < 5; i++) {
      live.search(Shape.GRID.rows(r, 1, D), slate);
      for (int j = 0; j < slate.size(); j++) {
        answers.add(slate.id(j) + " " + slate.place(j) + " " + slate.score(j));
      }
    }
    return answers;
  }
}

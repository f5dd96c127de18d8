package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.journal.Items;
import dev.slate.kernel.journal.Journal;
import dev.slate.kernel.journal.RowFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A live index that comes back from its directory, whole, or says which file is damaged. */
class LiveJournalTest {
  private static final int D = 3;

  /** Where the format stands in a file: behind the header of a frame and 8 bytes. */
  private static final int FORMAT_AT = 20;

  /** Bytes at the beginning of a file in which each bit is tried. */
  private static final int HEAD = 64;

  @TempDir private Path root;

  private static LiveIndexBuilder builder(Metric metric) {
    return LiveIndex.builder(D)
        .metric(metric)
        .parts(Strategy.TREE, 64)
        .durability(Durability.PROCESS_DEATH);
  }

  @ParameterizedTest
  @CsvSource({
    "EUCLIDEAN,false,false",
    "DOT,false,false",
    "COSINE,false,true",
    "EUCLIDEAN,true,false",
    "DOT,true,true"
  })
  void comesBackToTheBit(Metric metric, boolean groupedBefore, boolean groupedAfter)
      throws IOException {
    Path directory = root.resolve("live");
    Random r = new Random(1);
    List<String> expected;
    long version;
    try (LiveIndex live = builder(metric).open(directory)) {
      write(live, r, 700, groupedBefore);
      live.save();
      write(live, r, 250);
      write(live, r, 250, groupedAfter);
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

  /** Files of the version before groups, as it wrote them. */
  @Test
  void readsFilesFromBeforeGroups() throws IOException {
    Files.write(
        root.resolve("snapshot-1"),
        Base64.getDecoder()
            .decode(
                "IAAAAHsFMxmxfkVNU1RMSVZFMDEBAAAAAQAAAAAAAAABAAAAAQMAAABET1QYAAAAEVkN0kCIBIYCAAAAAAAAAAIA"
                    + "AAAAAAAAAgAAAAAAAAA0AAAALk+rW5KSnBACAAAABQAAAAAAAAAAAAAAAAAAAAAAAEAAAIA/BwAAAAAAAAABAAAA"
                    + "AAAAAAAAAAAAAEBADAAAADytstATTxi5AAAAAAIAAAAAAAAA"));
    Files.write(
        root.resolve("log-1"),
        Base64.getDecoder()
            .decode(
                "IAAAAHsFMxmxfkVNU1RMSVZFMDEBAAAAAQAAAAAAAAABAAAAAQMAAABET1QdAAAA4d27JpU3KukDAAAAAAAAAAEA"
                    + "AAABBgAAAAAAAAAAAIC/AAAAQBUAAABy1Kgwa4oRTwQAAAAAAAAAAQAAAAIFAAAAAAAAAA=="));
    LiveIndexBuilder builder = LiveIndex.builder(1).metric(Metric.DOT).biased();
    Slate slate = new Slate(9);
    for (int round = 0; round < 2; round++) {
      try (LiveIndex live = builder.open(root)) {
        live.search(Query.of(new float[] {1}).atMost(1), slate);
        assertEquals("Slate[ids=[7, 6], scores=[3.0, 1.0]]", slate.toString());
        assertEquals(1, slate.place(0));
        assertEquals(2, slate.place(1));
        live.save();
      }
      assertEquals(
          List.of("log-" + (round + 2) + " 3", "snapshot-" + (round + 2) + " 1"), formats());
    }
  }

  /** A newer format is begun by the first group, and by nothing else. */
  @Test
  void groupsBeginFilesOfANewerFormat() throws IOException {
    float[] row = new float[D];
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, row, 0f, Query.NO_GROUP);
      live.apply(new LiveBatch(D).upsert(2, row).delete(1));
      assertEquals(List.of("log-0 1"), formats());
      live.upsert(3, row, 0f, 7);
      live.upsert(4, row, 0f, 7);
      assertEquals(List.of("log-0 1", "log-1 2"), formats());
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      assertEquals(7, live.item(3).group());
      assertEquals(Query.NO_GROUP, live.item(2).group());
      live.apply(new LiveBatch(D).upsert(5, row).upsert(5, row, 0f, -1));
      assertEquals(List.of("log-0 1", "log-1 2"), formats());
      live.save();
      assertEquals(List.of("log-2 2", "snapshot-2 2"), formats());
      live.upsert(3, row);
      live.upsert(4, row);
      live.upsert(5, row);
      live.save();
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      assertEquals(Query.NO_GROUP, live.item(3).group());
      live.save();
      assertEquals(List.of("log-4 2", "snapshot-4 1"), formats());
    }
    Path log = root.resolve("log-4");
    byte[] bytes = Files.readAllBytes(log);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(FORMAT_AT, 5);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 12, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(0));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, (int) crc.getValue());
    Files.write(log, bytes);
    IOException e = assertThrows(IOException.class, () -> builder(Metric.DOT).open(root).close());
    assertEquals(log + ": has format 5, but this version reads up to 4", e.getMessage());
  }

  /** Writes that are forced are in logs of a format of their own. */
  @Test
  void anotherDurabilityBeginsALogOfAnotherFormat() throws IOException {
    for (int round = 0; round < 2; round++) {
      for (Durability durability : Durability.values()) {
        try (LiveIndex live = builder(Metric.DOT).durability(durability).open(root)) {
          live.upsert(live.size(), new float[D]);
          live.upsert(live.size(), new float[D]);
        }
      }
    }
    assertEquals(List.of("log-0 3", "log-1 1", "log-2 3", "log-3 1"), formats());
    try (LiveIndex live = builder(Metric.DOT).durability(Durability.POWER_LOSS).open(root)) {
      assertEquals(8, live.size());
      live.upsert(8, new float[D], 0f, 1);
      assertEquals("log-4 4", formats().get(4));
      assertEquals(5, formats().size());
    }
  }

  /** The listener is told of a flush that a loss of power has left in part. */
  @Test
  void aFlushThatIsThereInPartIsCutOff() throws IOException {
    Path crashed = Files.createDirectory(root.resolve("crashed"));
    Path log = crashed.resolve("log-0");
    try (LiveIndex live =
        builder(Metric.DOT).durability(Durability.POWER_LOSS).open(root.resolve("live"))) {
      live.upsert(1, new float[D]);
      live.upsert(2, new float[D]);
      Files.copy(root.resolve("live/log-0"), log);
    }
    byte[] bytes = Files.readAllBytes(log);
    bytes[bytes.length - 1]++;
    Files.write(log, bytes);
    List<String> told = new ArrayList<>();
    IndexListener listener =
        new IndexListener() {
          @Override
          public void cut(Path log, long end, Path kept) {
            told.add(log + " at " + end + " to " + kept);
          }
        };
    LiveIndexBuilder builder = builder(Metric.DOT).durability(Durability.POWER_LOSS);
    try (LiveIndex live = builder.listener(listener).open(crashed)) {
      assertEquals(1, live.version());
      live.upsert(3, new float[D]);
    }
    int write = Math.toIntExact(12 + Journal.bytes(1, 0, D)) - Integer.BYTES;
    int end = bytes.length - write;
    Path kept = crashed.resolve("log-0.cut-" + end);
    assertEquals(List.of(log + " at " + end + " to " + kept), told);
    assertArrayEquals(
        Arrays.copyOfRange(bytes, end, bytes.length), Files.readAllBytes(kept), "what was behind");
    try (LiveIndex live = builder.open(crashed)) {
      assertTrue(live.contains(1) && !live.contains(2) && live.contains(3));
    }
    assertEquals(1, told.size());
  }

  @Test
  void groupsOfACatalogueAndOfABatchComeBack() throws IOException {
    Catalog items = Catalog.of(new float[] {1, 2, 3, 4, 5, 6}, D);
    int[] groups = {8, Query.NO_GROUP};
    try (LiveIndex live = builder(Metric.DOT).items(items, groups).open(root)) {
      live.apply(new LiveBatch(D).upsert(9, new float[] {7, 8, 9}, 0f, 8).delete(1));
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      Slate slate = new Slate(9);
      live.search(Query.of(new float[] {1, 1, 1}).atMost(1), slate);
      assertEquals("Slate[ids=[9], scores=[24.0]]", slate.toString());
      live.delete(9);
      live.search(Query.of(new float[] {1, 1, 1}).atMost(1), slate);
      assertEquals("Slate[ids=[0], scores=[6.0]]", slate.toString());
    }
  }

  /** The files and the formats that their headers name. */
  private List<String> formats() throws IOException {
    List<String> formats = new ArrayList<>();
    for (Path file : files(root)) {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      formats.add(file.getFileName() + " " + bytes.getInt(FORMAT_AT));
    }
    return formats;
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

  /** The second opening must not give away the lock of the first. */
  @Test
  void anotherProcessIsRefusedAfterASecondOpening() throws Exception {
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, 1, 2, 3);
      assertThrows(IllegalStateException.class, () -> builder(Metric.DOT).open(root));
      Process other = TestProcess.start(Opening.class, List.of(), "64m", root.toString());
      assertTrue(other.waitFor(2, TimeUnit.MINUTES));
      assertEquals(Opening.REFUSED, other.exitValue());
    }
  }

  /** The second close must not give away the lock of a later opening. */
  @Test
  void aSecondCloseGivesNothingAway() throws Exception {
    builder(Metric.DOT).open(root).close();
    Journal journal = journalOfAnEmptyLog();
    journal.close();
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, 1, 2, 3);
      journal.close();
      assertThrows(IllegalStateException.class, () -> builder(Metric.DOT).open(root));
      Process other = TestProcess.start(Opening.class, List.of(), "64m", root.toString());
      assertTrue(other.waitFor(2, TimeUnit.MINUTES));
      assertEquals(Opening.REFUSED, other.exitValue());
    }
  }

  private Journal journalOfAnEmptyLog() throws IOException {
    Items none =
        (Items)
            Proxy.newProxyInstance(
                Items.class.getClassLoader(),
                new Class<?>[] {Items.class},
                (proxy, method, arguments) -> (LongConsumer) at -> {});
    return Journal.open(root, new RowFormat(D, "DOT", false), true, none);
  }

  /** Opens a directory, in a process of its own. */
  static final class Opening {
    static final int REFUSED = 7;

    private Opening() {}

    public static void main(String[] args) throws IOException {
      try {
        builder(Metric.DOT).open(Path.of(args[0])).close();
      } catch (IllegalStateException e) {
        System.exit(REFUSED);
      }
    }
  }

  /** An interruption may stop a save, and nothing else. */
  @Test
  void writesOfAnInterruptedThreadGoOn() throws IOException {
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      Thread.currentThread().interrupt();
      try {
        live.upsert(1, 1, 2, 3);
        live.upsert(2, new float[] {4, 5, 6}, 0f, 9); // begins a log
        try {
          live.save();
        } catch (IOException e) {
          assertTrue(e.getMessage().contains("snapshot-"), e.getMessage());
        }
        live.upsert(3, 7, 8, 9);
      } finally {
        assertTrue(Thread.interrupted());
      }
      live.upsert(4, 7, 8, 10);
      live.save();
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      assertEquals(4, live.size());
    }
  }

  /** A log that cannot be begun fails a save or a write; the next one tries again. */
  @Test
  void aLogThatCouldNotBeBegunIsTriedAgain() throws IOException {
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, 1, 2, 3);
      Path inTheWay = Files.createDirectory(root.resolve("log-1"));
      IOException e = assertThrows(IOException.class, live::save);
      assertTrue(e.getMessage().startsWith(root + ": cannot begin a log: "), e.getMessage());
      assertThrows(UncheckedIOException.class, () -> live.upsert(2, 1, 2, 3));
      assertEquals(1, live.size());
      assertThrows(UncheckedIOException.class, () -> live.upsert(2, new float[] {1, 2, 3}, 0f, 5));
      Files.delete(inTheWay);
      live.upsert(2, new float[] {1, 2, 3}, 0f, 5);
      live.upsert(3, 1, 2, 3);
    }
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      assertEquals(3, live.size());
      assertEquals(5, live.item(2).group());
      live.save();
    }
  }

  @Test
  void bytesBehindTheEndOfALogAreDamage() throws IOException {
    try (LiveIndex live = builder(Metric.DOT).open(root)) {
      live.upsert(1, 1, 2, 3);
      live.upsert(2, new float[] {1, 2, 3}, 0f, 5);
    }
    Path sealed = root.resolve("log-0");
    long end = Files.size(sealed);
    Files.write(sealed, new byte[] {1}, StandardOpenOption.APPEND);
    IOException e = assertThrows(IOException.class, () -> builder(Metric.DOT).open(root));
    assertTrue(e.getMessage().startsWith(sealed + ": "), e.getMessage());
    assertTrue(e.getMessage().endsWith("byte " + end), e.getMessage());
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

  /**
   * Every bit of the heads of all files, and two bits of each byte behind them, which checksums
   * cover, one at a time: an error that names the file, never another answer.
   */
  @Test
  void aFlippedBitIsNoticed() throws IOException {
    Path directory = root.resolve("live");
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      write(live, new Random(3), 8, true);
      live.save();
      write(live, new Random(4), 6, true);
    }
    for (Path file : files(directory)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int bit = 0; bit < bytes.length * 8; bit += bit < 8 * HEAD ? 1 : 3 + bit % 3) {
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
        byte[] cut = Arrays.copyOf(bytes, length);
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
    Files.write(log, Arrays.copyOf(bytes, bytes.length + 1000));
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      assertEquals(versions.get(0), live.version());
      live.upsert(77, 1, 2, 3);
    }
    try (LiveIndex live = builder(Metric.EUCLIDEAN).open(directory)) {
      assertTrue(live.contains(77));
    }
  }

  /** A log of the same number from another directory, whose writes do not follow the snapshot. */
  @Test
  void aLogOfAnotherDirectoryIsNamed() throws IOException {
    for (int before : new int[] {3, 5}) {
      try (LiveIndex live = builder(Metric.DOT).open(root.resolve("new/of " + before))) {
        for (long id = 0; id < before; id++) {
          live.upsert(id, 1, 2, 3);
        }
        live.save();
        live.upsert(9, 1, 2, 3);
      }
    }
    Path log = root.resolve("new/of 3/log-1");
    Files.copy(root.resolve("new/of 5/log-1"), log, StandardCopyOption.REPLACE_EXISTING);
    IOException e =
        assertThrows(
            IOException.class, () -> builder(Metric.DOT).open(root.resolve("new/of 3")).close());
    assertEquals(log + ": jumps from write 3 to write 6", e.getMessage());
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

  @Test
  void aSnapshotThatWasNotFinishedIsDeleted() throws IOException {
    builder(Metric.DOT).open(root).close();
    Path part = Files.write(root.resolve("snapshot-12.part"), new byte[5]);
    Path other = Files.write(root.resolve("notes.part"), new byte[5]);
    builder(Metric.DOT).open(root).close();
    assertFalse(Files.exists(part));
    assertTrue(Files.exists(other));
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

  /** A snapshot that is due waits in the executor; one that a caller asks for does not. */
  @Test
  void aSaveDoesNotWaitForAStuckExecutor() throws IOException {
    int d = 4_096;
    List<Runnable> queue = new ArrayList<>();
    LiveIndexBuilder builder =
        LiveIndex.builder(d).durability(Durability.PROCESS_DEATH).executor(queue::add);
    LiveBatch batch = new LiveBatch(d);
    for (long id = 0; id < 128; id++) {
      batch.upsert(id, new float[d]);
    }
    try (LiveIndex live = builder.open(root)) {
      for (int i = 0; i < 40; i++) { // 80 MiB, of which 64 make a snapshot due
        live.apply(batch);
      }
      assertTrue(queue.size() <= 3, queue.size() + " tasks");
      assertTimeoutPreemptively(Duration.ofMinutes(1), live::save);
      List<Path> saved = files(root);
      assertEquals(List.of(root.resolve("log-1"), root.resolve("snapshot-1")), saved);
      List.copyOf(queue).forEach(Runnable::run);
      assertEquals(saved, files(root), "the snapshot that waited is not due any more");
      live.save();
      assertEquals(List.of(root.resolve("log-2"), root.resolve("snapshot-2")), files(root));
      for (int i = 0; i < 70; i++) { // 140 MiB: a task that is not run is not waited for
        live.apply(batch);
      }
      assertEquals(List.of(root.resolve("log-3"), root.resolve("snapshot-3")), files(root));
    }
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(f -> !f.endsWith("lock")).sorted().toList();
    }
  }

  private static void write(LiveIndex live, Random r, int writes) {
    write(live, r, writes, false);
  }

  private static void write(LiveIndex live, Random r, int writes, boolean grouped) {
    LiveBatch batch = new LiveBatch(D);
    for (int i = 0; i < writes; i++) {
      int id = r.nextInt(400);
      if (i % 5 == 0) {
        batch.clear();
        batch.upsert(id, Shape.GRID.rows(r, 1, D)).delete(r.nextInt(400));
        batch.upsert(id + 1, Shape.GRID.rows(r, 1, D), 0f, grouped ? id % 7 : Query.NO_GROUP);
        live.apply(batch);
      } else if (i % 7 == 0) {
        live.delete(id);
      } else {
        boolean member = grouped && i % 3 > 0;
        live.upsert(id, Shape.GRID.rows(r, 1, D), 0f, member ? i % 4 - 2 : Query.NO_GROUP);
      }
    }
  }

  private static List<String> answers(LiveIndex live) {
    List<String> answers = new ArrayList<>();
    Random r = new Random(9);
    Slate slate = new Slate(1_000);
    for (int i = 0; i < 5; i++) {
      Query query = Query.of(Shape.GRID.rows(r, 1, D));
      live.search(i % 2 == 0 ? query : query.atMost(2), slate);
      for (int j = 0; j < slate.size(); j++) {
        int group = live.item(slate.id(j)).group();
        answers.add(
            slate.id(j) + " " + slate.place(j) + " " + slate.score(j) + " of group " + group);
      }
    }
    return answers;
  }
}

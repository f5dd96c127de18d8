package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An index whose file is read in parts gives the answers of the whole, or says what is wrong. */
class OnDemandTest {
  private static final int N = 30_000;
  private static final int D = 8;
  private static final int QUERIES = 12;

  @TempDir private Path directory;

  private final float[] queries = Shape.UNIFORM.rows(new Random(7), QUERIES, D);

  private Path saved(Strategy strategy) throws IOException {
    CatalogBuilder items = Catalog.builder(D);
    Random r = new Random(6);
    for (int i = 0; i < N; i++) {
      items.add(3L * i + 1, Shape.UNIFORM.rows(r, 1, D));
    }
    Path file = directory.resolve(strategy + ".slate");
    Index.builder(items.build()).strategy(strategy).build().save(file);
    return file;
  }

  private static String answer(Searcher searcher, float[] queries, int i, int k) {
    Slate slate = new Slate(k);
    float[] query = new float[D];
    System.arraycopy(queries, i * D, query, 0, D);
    searcher.search(query, slate);
    StringBuilder all = new StringBuilder();
    for (int j = 0; j < slate.size(); j++) {
      all.append(slate.id(j)).append(' ').append(Float.floatToRawIntBits(slate.score(j)));
      all.append('\n');
    }
    return all.toString();
  }

  private List<String> answers(Index index) {
    Searcher searcher = index.searcher();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      all.add(answer(searcher, queries, i, 10));
    }
    return all;
  }

  /** Flips a bit in every page: found at once or by whoever needs it, and never an answer. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aFlippedBitIsNamedByWhoeverNeedsIt(Strategy strategy) throws IOException {
    Path file = saved(strategy);
    List<String> expected = answers(Index.open(file));
    byte[] bytes = Files.readAllBytes(file);
    Random r = new Random(1);
    int atOnce = 0;
    int later = 0;
    int unneeded = 0;
    for (int page = 0; page < bytes.length; page += 1 << 14) {
      int at = Math.min(bytes.length - 1, page + r.nextInt(1 << 14));
      write(file, at, (byte) (bytes[at] ^ 1 << r.nextInt(8)));
      try (Index index = Index.open(file, Opening.ON_DEMAND)) {
        int i = page / (1 << 14) % QUERIES;
        try {
          assertEquals(expected.get(i), answer(index.searcher(), queries, i, 10));
          unneeded++;
        } catch (UncheckedIOException e) {
          assertNamed(file, e.getCause());
          later++;
        }
        assertNamed(file, assertThrows(IOException.class, index::load, "at " + at));
        if (later % 8 == 1) {
          Path copy = directory.resolve("copy.slate");
          assertNamed(file, assertThrows(IOException.class, () -> index.save(copy), "at " + at));
          assertFalse(Files.exists(copy));
        }
      } catch (IOException e) {
        assertNamed(file, e);
        atOnce++;
      }
      write(file, at, bytes[at]);
    }
    assertTrue(atOnce > 0 && later > 0, atOnce + " " + later + " " + unneeded);
    assertTrue(later + unneeded > 60, "most of the file is read on demand");
    assertTrue(strategy == Strategy.SCAN || unneeded > 0, "not all is needed");
  }

  private static void write(Path file, int at, byte value) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {value}), at);
    }
  }

  private static void assertNamed(Path file, IOException e) {
    String message = e.getMessage();
    assertTrue(message.startsWith(file + ": is damaged"), message);
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aFileThatIsCutOffIsAnError(Strategy strategy) throws IOException {
    Path file = saved(strategy);
    List<String> expected = answers(Index.open(file));
    byte[] bytes = Files.readAllBytes(file);
    int thrown = 0;
    for (int part = 0; part < 16; part++) {
      Files.write(file, bytes);
      try (Index index = Index.open(file, Opening.ON_DEMAND)) {
        if (part % 2 == 0) {
          assertEquals(expected.get(0), answer(index.searcher(), queries, 0, 10));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.truncate((long) bytes.length * part / 16);
        }
        Searcher searcher = index.searcher();
        for (int i = 0; i < QUERIES; i++) {
          try {
            assertEquals(expected.get(i), answer(searcher, queries, i, 10));
          } catch (UncheckedIOException e) {
            assertEquals(
                file + ": was cut off after it was opened", e.getCause().getMessage(), "" + part);
            thrown++;
          }
        }
      }
      IOException refused =
          assertThrows(IOException.class, () -> Index.open(file, Opening.ON_DEMAND));
      assertTrue(refused.getMessage().contains("cut off"), refused.getMessage());
    }
    assertTrue(thrown > 16, "searches that needed what was cut off: " + thrown);
  }

  /** The index keeps the file that it opened, whatever becomes of its name. */
  @Test
  void aFileThatIsReplacedOrDeletedStays() throws IOException {
    Path file = saved(Strategy.TREE);
    List<String> expected = answers(Index.open(file));
    Path other = directory.resolve("other");
    Index.builder(Catalog.of(new float[2 * D], D)).build().save(other);
    try (Index index = Index.open(file, Opening.ON_DEMAND)) {
      Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      assertEquals(expected, answers(index));
    }
    Path again = saved(Strategy.TREE);
    try (Index index = Index.open(again, Opening.ON_DEMAND)) {
      index.save(again);
      assertEquals(expected, answers(index));
    }
    try (Index index = Index.open(again, Opening.ON_DEMAND)) {
      Files.delete(again);
      assertEquals(expected, answers(index));
      index.load();
      assertEquals(expected, answers(index));
    }
    assertThrows(NoSuchFileException.class, () -> Index.open(again, Opening.ON_DEMAND));
  }

  /** What was read is not read again, and what was not is. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void aPartIsReadOnce(Strategy strategy) throws IOException {
    Path file = saved(strategy);
    List<String> expected = answers(Index.open(file));
    try (Index index = Index.open(file, Opening.ON_DEMAND)) {
      assertEquals(expected.get(3), answer(index.searcher(), queries, 3, 10));
      Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
      assertEquals(expected.get(3), answer(index.searcher(), queries, 3, 10));
      assertNamed(file, assertThrows(IOException.class, index::load));
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void threadsThatNeedAPartAtOnceGetTheSame(Strategy strategy) throws Exception {
    Path file = saved(strategy);
    List<String> expected = answers(Index.open(file));
    int threads = 3;
    try (ExecutorService pool = Executors.newFixedThreadPool(threads + 1)) {
      for (int round = 0; round < 20; round++) {
        try (Index index = Index.open(file, Opening.ON_DEMAND)) {
          CyclicBarrier start = new CyclicBarrier(threads);
          List<Callable<Void>> tasks = new ArrayList<>();
          for (int t = 0; t < threads; t++) {
            Searcher searcher = t == 0 ? index.searcher(pool, 2) : index.searcher();
            tasks.add(
                () -> {
                  start.await();
                  for (int i = 0; i < QUERIES; i++) {
                    assertEquals(expected.get(i), answer(searcher, queries, i, 10));
                  }
                  return null;
                });
          }
          for (Future<Void> task : pool.invokeAll(tasks)) {
            task.get();
          }
          index.load();
          assertEquals(expected, answers(index));
        }
      }
    }
  }

  @Test
  void anInterruptDoesNotCloseTheFile() throws IOException {
    Path file = saved(Strategy.TREE);
    List<String> expected = answers(Index.open(file));
    try (Index index = Index.open(file, Opening.ON_DEMAND)) {
      Thread.currentThread().interrupt();
      assertEquals(expected.get(0), answer(index.searcher(), queries, 0, 10));
      assertTrue(Thread.interrupted());
      assertEquals(expected, answers(index));
    }
  }

  @Test
  void aClosedIndexAnswersFromWhatItHas() throws IOException {
    Path file = saved(Strategy.TREE);
    List<String> expected = answers(Index.open(file));
    Index index = Index.open(file, Opening.ON_DEMAND);
    Index attached = index.attach("a", new byte[1]);
    Searcher searcher = index.searcher();
    assertEquals(expected.get(0), answer(searcher, queries, 0, 10));
    attached.close();
    index.close();
    assertEquals(expected.get(0), answer(searcher, queries, 0, 10));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> answer(searcher, queries, 0, N));
    assertEquals(file + ": is closed, and was not read to its end", e.getMessage());
    assertThrows(IllegalStateException.class, index::load);
    Path copy = directory.resolve("copy.slate");
    assertThrows(IllegalStateException.class, () -> index.save(copy));
    try (Stream<Path> left = Files.list(directory)) {
      assertEquals(List.of(file), left.toList());
    }
    assertEquals(expected.get(0), answer(searcher, queries, 0, 10), "a searcher can go on");
    Index built = Index.builder(Catalog.of(new float[D], D)).build();
    built.close();
    built.load();
    assertEquals(1, built.size());
  }

  @Test
  void theFileIsClosedWhenAllOfItIsRead() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
    for (Strategy strategy : Strategy.values()) {
      Path file = saved(strategy);
      Index index = Index.open(file, Opening.ON_DEMAND);
      assertEquals(1, handles(file), strategy.name());
      index.load();
      assertEquals(0, handles(file), strategy.name());
      index.load();
    }
    Path empty = directory.resolve("empty.slate");
    Index.builder(Catalog.of(new float[0], D)).build().save(empty);
    Index.open(empty, Opening.ON_DEMAND).load();
    assertEquals(0, handles(empty));
    Files.write(empty, new byte[100]);
    assertThrows(IOException.class, () -> Index.open(empty, Opening.ON_DEMAND));
    assertEquals(0, handles(empty));
  }

  private static long handles(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(
              handle -> {
                try {
                  return Files.readSymbolicLink(handle).equals(file.toAbsolutePath());
                } catch (IOException e) { // that of the listing, closed by now
                  return false;
                }
              })
          .count();
    }
  }

  @Test
  void nothingIsAllocatedOnceAPartIsThere() throws IOException {
    Path file = saved(Strategy.TREE);
    try (Index index = Index.open(file, Opening.ON_DEMAND)) {
      Searcher searcher = index.searcher();
      Slate slate = new Slate(10);
      Query query = Query.of(new float[D]);
      assertEquals(0, Allocation.ofWarm(() -> searcher.search(query, slate)));
    }
  }
}

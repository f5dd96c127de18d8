package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An index that was saved and opened is the index that was built. */
class SnapshotTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void opensAsItWasBuilt(Strategy strategy) throws IOException {
    Random r = new Random(3);
    for (int n : new int[] {0, 1, 65, 5_000}) {
      for (int d : new int[] {1, 5, 24}) {
        for (Metric metric : Metric.values()) {
          boolean biased = metric == Metric.DOT && d > 1;
          CatalogBuilder items = Catalog.builder(d);
          for (int i = 0; i < n; i++) {
            items.add(7L * i - 100, Shape.UNIFORM.rows(r, 1, d));
            if (biased) {
              items.bias(r.nextFloat());
            }
          }
          Index built = Index.builder(items.build()).metric(metric).strategy(strategy).build();
          Path file = directory.resolve("x.slate");
          built.save(file);
          String what = strategy + " " + metric + " " + n + " x " + d;
          assertSame(built, Index.open(file), r, what);
          try (Index opened = Index.open(file, Opening.ON_DEMAND)) {
            assertSame(built, opened, r, what + " on demand");
          }
        }
      }
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void opensManyBlocks() throws IOException {
    Random r = new Random(4);
    float[] rows = Shape.UNIFORM.rows(r, 100_000, 8);
    for (Strategy strategy : Strategy.values()) {
      Index built = Index.builder(Catalog.of(rows, 8)).strategy(strategy).build();
      Path file = directory.resolve("x.slate");
      built.save(file);
      assertTrue(Files.size(file) > 3 << 20, "several blocks");
      assertSame(built, Index.open(file), r, strategy.name());
      try (Index opened = Index.open(file, Opening.ON_DEMAND)) {
        assertSame(built, opened, r, strategy + " on demand");
      }
    }
  }

  /** Every condition of a query, of the whole index and in batches. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void everyConditionHoldsInAnOpenedIndex(Strategy strategy) throws IOException {
    for (Metric metric : Metric.values()) {
      for (Opening opening : Opening.values()) {
        everyConditionHolds(strategy, metric, opening);
      }
    }
  }

  private void everyConditionHolds(Strategy strategy, Metric metric, Opening opening)
      throws IOException {
    Random r = new Random(5);
    int n = 1_500;
    int d = 6;
    CatalogBuilder items = Catalog.builder(d);
    int[] groups = new int[n];
    for (int i = 0; i < n; i++) {
      items.add(3L * i + 1, Shape.GRID.rows(r, 1, d));
      groups[i] = r.nextInt(40);
    }
    Index built = Index.builder(items.build()).metric(metric).strategy(strategy).build();
    Path file = directory.resolve("x.slate");
    built.save(file);
    Index opened = Index.open(file, opening);
    long[] some = r.longs(300, 0, 3L * n).toArray();
    ItemSet expectedSet = built.items(some);
    ItemSet openedSet = opened.items(some);
    float[] q = Shape.UNIFORM.rows(r, 1, d);
    Slate middle = new Slate(200);
    built.searcher().search(q, middle);
    float radius = middle.score(199);
    float[] weights = {1, 0, 2, 0.5f, 1, 3};
    List<BiFunction<Query, Index, Query>> conditions =
        new ArrayList<>(
            List.of(
                (query, index) -> query.radius(radius),
                (query, index) -> query.atMost(1, index.groups(groups)),
                (query, index) -> query.atMost(3, index.groups(groups)).radius(radius),
                (query, index) -> query.atMost(2, index.groups(groups)).denyIds(some),
                (query, index) ->
                    query.allowIds(some).after(middle.score(50), middle.ordinal(50))));
    if (metric == Metric.EUCLIDEAN) {
      conditions.add((query, index) -> query.weights(weights));
    }
    String what = strategy + " " + metric + " " + opening;
    for (BiFunction<Query, Index, Query> condition : conditions) {
      for (int set = 0; set < 3; set++) {
        Query first = condition.apply(Query.of(q), built);
        Query second = condition.apply(Query.of(q), opened);
        if (set == 1) {
          first.allow(expectedSet);
          second.allow(openedSet);
        } else if (set == 2) {
          first.deny(expectedSet);
          second.deny(openedSet);
        }
        for (Slate[] pair : List.of(slates(new int[] {25, 25}), unboundedPair())) {
          Searcher a = built.searcher();
          Searcher b = opened.searcher();
          a.search(first, pair[0]);
          b.search(second, pair[1]);
          assertSame(pair[0], pair[1], what);
          assertEquals(a.stats(), b.stats(), what);
        }
      }
    }
    for (int m : new int[] {1, 7, 100}) {
      float[] queries = Shape.UNIFORM.rows(r, m, d);
      int[] k = r.ints(m, 1, 40).toArray();
      Slate[] a = slates(k);
      Slate[] b = slates(k);
      built.searcher().searchAll(queries, a);
      opened.searcher(Runnable::run, 2).searchAll(queries, b);
      for (int i = 0; i < m; i++) {
        assertSame(a[i], b[i], what + " query " + i);
      }
    }
  }

  private static Slate[] slates(int[] k) {
    return Arrays.stream(k).mapToObj(Slate::new).toArray(Slate[]::new);
  }

  private static Slate[] unboundedPair() {
    return new Slate[] {Slate.unbounded(), Slate.unbounded()};
  }

  private static void assertSame(Slate a, Slate b, String what) {
    assertEquals(a.size(), b.size(), what);
    for (int i = 0; i < a.size(); i++) {
      assertEquals(a.id(i), b.id(i), what);
      assertEquals(a.ordinal(i), b.ordinal(i), what);
      assertEquals(Float.floatToRawIntBits(a.score(i)), Float.floatToRawIntBits(b.score(i)), what);
    }
  }

  /** Files of earlier versions, which stay as they are. */
  @ParameterizedTest
  @EnumSource(Strategy.class)
  void readsTheFirstFormat(Strategy strategy) throws Exception {
    Index opened = fixture("format-1-", strategy, Opening.LOAD);
    assertNull(opened.attachment("names"));
    fixture("format-1-", strategy, Opening.ON_DEMAND).load();
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void readsTheSecondFormat(Strategy strategy) throws Exception {
    for (Opening opening : Opening.values()) {
      Index opened = fixture("format-2-", strategy, opening);
      assertArrayEquals(new byte[] {1, 2, 3}, opened.attachment("names"));
    }
  }

  private static Index fixture(String format, Strategy strategy, Opening opening) throws Exception {
    CatalogBuilder items = Catalog.builder(2);
    for (int i = 0; i < 40; i++) {
      items.add(100L + i, new float[] {i % 7, Math.floorDiv(i, 7)});
    }
    Index built = Index.builder(items.build()).strategy(strategy).build();
    String name = "/fixtures/" + format + strategy.name().toLowerCase(Locale.ROOT) + ".slate";
    Index opened = Index.open(Path.of(SnapshotTest.class.getResource(name).toURI()), opening);
    assertEquals(built.dimensions(), opened.dimensions());
    for (int round = 0; round < 20; round++) {
      float[] q = {round % 7 + 0.25f, round / 3f};
      Slate a = new Slate(12);
      Slate b = new Slate(12);
      built.searcher().search(q, a);
      opened.searcher().search(q, b);
      assertSame(a, b, strategy.name());
    }
    return opened;
  }

  @Test
  void attachmentsTravelWithTheIndex() throws IOException {
    Index plain = Index.builder(Catalog.of(new float[] {1, 2, 3}, 1)).build();
    byte[] names = {1, 2, 3};
    byte[] large = new byte[3 << 20];
    new Random(1).nextBytes(large);
    Index attached =
        plain.attach("names", new byte[] {9}).attach("large", large).attach("names", names);
    names[0] = 7;
    assertNull(plain.attachment("names"));
    Path file = directory.resolve("x.slate");
    attached.save(file);
    Index opened = Index.open(file);
    assertArrayEquals(new byte[] {1, 2, 3}, opened.attachment("names"));
    assertArrayEquals(large, opened.attachment("large"));
    assertNull(opened.attachment("other"));
    opened.attachment("names")[0] = 5;
    assertEquals(1, opened.attachment("names")[0]);
    assertSame(attached, opened, new Random(2), "attached");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                plain
                    .searcher()
                    .search(Query.of(new float[1]).deny(attached.items()), new Slate(1)));
    assertEquals("deny is a set of another index", e.getMessage());
    Path again = directory.resolve("y.slate");
    opened.save(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void savesToAChannel() throws IOException {
    Index index =
        Index.builder(Catalog.of(Shape.UNIFORM.rows(new Random(1), 70, 2), 2))
            .build()
            .attach("a", new byte[5]);
    Path file = directory.resolve("x.slate");
    index.save(file);
    Path channelled = directory.resolve("y.slate");
    try (FileChannel channel =
        FileChannel.open(channelled, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      index.save(channel);
      assertTrue(channel.isOpen());
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(channelled));
  }

  private static void assertSame(Index built, Index opened, Random r, String what) {
    assertEquals(built.plan(), opened.plan(), what);
    assertEquals(built.metric(), opened.metric(), what);
    assertEquals(built.size(), opened.size(), what);
    assertEquals(built.dimensions(), opened.dimensions(), what);
    double size = (double) built.bytes();
    assertEquals(size, (double) opened.bytes(), 0.01 * size, what);
    assertEquals(built.ordinal(-93), opened.ordinal(-93), what);
    Searcher expected = built.searcher();
    Searcher found = opened.searcher();
    for (int k : new int[] {1, 10, 300}) {
      float[] q = Shape.UNIFORM.rows(r, 1, built.dimensions());
      Slate a = new Slate(k);
      Slate b = new Slate(k);
      for (int kind = 0; kind < 3; kind++) {
        Query query = Query.of(q);
        if (kind == 1) {
          query.denyIds(-100, -93, 40);
        } else if (kind == 2 && a.size() > 0) {
          query.after(a.score(a.size() - 1), a.ordinal(a.size() - 1));
        }
        expected.search(query, a);
        found.search(query, b);
        assertEquals(expected.stats(), found.stats(), what);
        assertSame(a, b, what);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Strategy.class)
  void damageIsNamed(Strategy strategy) throws IOException {
    float[] rows = Shape.UNIFORM.rows(new Random(1), 70, 2);
    Path file = directory.resolve("x.slate");
    Index.builder(Catalog.of(rows, 2)).strategy(strategy).build().save(file);
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i += i < 128 || i > whole.length - 64 ? 1 : 3) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      refused(file, flipped, "byte " + i);
      if (i % 7 == 0) {
        refused(file, Arrays.copyOf(whole, i), "cut at " + i);
      }
    }
    refused(file, Arrays.copyOf(whole, whole.length + 1), "a byte more");
    Files.write(file, whole);
    assertEquals(70, Index.open(file).size());
  }

  private static String refused(Path file, byte[] bytes, String what) throws IOException {
    Files.write(file, bytes);
    IOException e = assertThrows(IOException.class, () -> Index.open(file), what);
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    return e.getMessage();
  }

  @Test
  void aNewerFormatIsRefusedByName() throws IOException {
    Path file = directory.resolve("x.slate");
    Index.builder(Catalog.of(new float[] {1, 2}, 1)).build().save(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(8, 9);
    CRC32C crc = new CRC32C();
    crc.update(bytes.array(), 0, 24);
    bytes.putInt(24, (int) crc.getValue());
    String message = refused(file, bytes.array(), "format 9");
    assertTrue(message.contains("format 9, but this version reads up to 3"), message);
  }

  @Test
  void aSaveThatFailsLeavesTheOldFile() throws IOException {
    Path file = directory.resolve("x.slate");
    Index old = Index.builder(Catalog.of(new float[] {1, 2}, 1)).build();
    old.save(file);
    float[] rows = Shape.UNIFORM.rows(new Random(1), 100_000, 8);
    Index large = Index.builder(Catalog.of(rows, 8)).strategy(Strategy.SCAN).build();
    IOException e = assertThrows(IOException.class, () -> IndexFile.save(large, file, Full::new));
    assertEquals(file + ": cannot be written: no space left", e.getMessage());
    assertEquals(2, Index.open(file).size());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
    assertThrows(IOException.class, () -> old.save(directory));
    Path nowhere = directory.resolve("no").resolve("x.slate");
    e = assertThrows(NoSuchFileException.class, () -> old.save(nowhere));
    assertEquals(nowhere + ": its directory does not exist", e.getMessage());
  }

  @Test
  void aDirectoryThatMayNotBeWrittenIsRefused() throws IOException {
    Path locked = Files.createDirectory(directory.resolve("locked"));
    assumeTrue(locked.toFile().setWritable(false) && !Files.isWritable(locked), "root may");
    Index index = Index.builder(Catalog.of(new float[] {1, 2}, 2)).build();
    Path file = locked.resolve("x.slate");
    IOException e = assertThrows(AccessDeniedException.class, () -> index.save(file));
    assertEquals(file + ": permission denied", e.getMessage());
  }

  @Test
  void aDirectoryIsNamed() {
    for (Opening opening : Opening.values()) {
      IOException e = assertThrows(IOException.class, () -> Index.open(directory, opening));
      assertEquals(directory + ": is a directory", e.getMessage());
    }
  }

  /** A disk of two million bytes. */
  private record Full(SeekableByteChannel to) implements SeekableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (to.position() + bytes.remaining() > 2_000_000) {
        throw new IOException("no space left");
      }
      return to.write(bytes);
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return to.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return to.position();
    }

    @Override
    public SeekableByteChannel position(long at) throws IOException {
      to.position(at);
      return this;
    }

    @Override
    public long size() throws IOException {
      return to.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      to.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return to.isOpen();
    }

    @Override
    public void close() throws IOException {
      to.close();
    }
  }
}

package dev.slate.kernel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.layout.RowChunks;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a write takes in a log, and what of a log is forced to the disk when. */
class JournalTest {
  private static final RowFormat LAYOUT = new RowFormat(1, "DOT", false);

  @TempDir private Path root;

  /** Takes note of what is forced to the disk, in order. */
  private static final class Noted implements Disk {
    final List<String> forced = new ArrayList<>();

    @Override
    public void sync(RandomAccessFile file, Path name) throws IOException {
      forced.add("bytes of " + name.getFileName() + ": " + file.length());
    }

    @Override
    public void forceEntry(Path file) {
      forced.add("entry of " + file.getFileName());
    }
  }

  /** Takes note of the writes that are read, and of what is cut off. */
  private static final class Read implements Items {
    long versions;
    final List<Long> cuts = new ArrayList<>();

    @Override
    public LongConsumer reading(Path file, long bytes) {
      return at -> {};
    }

    @Override
    public void load(
        long[] ids,
        long[] places,
        int @Nullable [] groups,
        RowChunks rows,
        long version,
        long nextPlace) {}

    @Override
    public void begin(Path file, long version) {
      assertEquals(++versions, version);
    }

    @Override
    public void put(long id, float[] row, int group) {}

    @Override
    public void remove(long id) {}

    @Override
    public void end() {}

    @Override
    public void cut(Path log, long end, Path kept) {
      assertEquals(log + ".cut-" + end, kept.toString());
      cuts.add(end);
    }
  }

  private static Journal open(Path directory, Disk disk) throws IOException {
    return Journal.open(directory, LAYOUT, true, new Read(), disk);
  }

  private static void write(Journal to, long version) {
    to.begin(version);
    to.remove(version);
    to.await(to.end());
  }

  /** A log that was sealed, and not forced, by a process that died. */
  @Test
  void aSealedLogIsForcedBeforeTheNextOneBegins() throws IOException {
    Path directory = root.resolve("live");
    try (Journal journal = open(directory, Disk.REAL)) {
      write(journal, 1);
      journal.rotate();
    }
    Files.delete(directory.resolve("log-1"));
    Noted disk = new Noted();
    try (Journal journal = open(directory, disk)) {
      assertEquals(
          List.of(
              "entry of live",
              "bytes of log-0: " + Files.size(directory.resolve("log-0")),
              "entry of log-0",
              "bytes of log-1: " + Files.size(directory.resolve("log-1")),
              "entry of log-1"),
          disk.forced);
      write(journal, 2);
    }
  }

  /** What is left of a log once a frame that is cut off has been dropped. */
  @Test
  void aLogThatGoesOnIsForcedFirst() throws IOException {
    Path directory = root.resolve("live");
    try (Journal journal = open(directory, Disk.REAL)) {
      write(journal, 1);
    }
    Path log = directory.resolve("log-0");
    long whole = Files.size(log);
    Files.write(log, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    Noted disk = new Noted();
    try (Journal journal = open(directory, disk)) {
      assertEquals(
          List.of("entry of live", "bytes of log-0: " + whole, "entry of log-0"), disk.forced);
      write(journal, 2);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aLogThatCannotBeForcedIsClosed() throws IOException {
    Path directory = root.resolve("live");
    open(directory, Disk.REAL).close();
    Disk broken =
        new Disk() {
          @Override
          public void sync(RandomAccessFile file, Path name) throws IOException {
            throw new IOException("a test");
          }

          @Override
          public void forceEntry(Path file) {}
        };
    IOException e = assertThrows(IOException.class, () -> open(directory, broken));
    assertEquals("a test", e.getMessage());
    Path log = directory.toRealPath().resolve("log-0");
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      assertFalse(files.anyMatch(file -> leadsTo(file, log)));
    }
    open(directory, Disk.REAL).close();
  }

  private static boolean leadsTo(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException e) { // closed meanwhile
      return false;
    }
  }

  private static final int FRAMES = 10;
  private static final int FLUSHES = 3;

  /** Bytes that reach the disk together. */
  private static final int PAGE = 4_096;

  /** A log of some flushes of several frames each, as it was left. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Left(byte[] bytes, int[] ends) {
    /** The same with a page of zeros in a flush. */
    Left withoutAPageOf(int flush) {
      byte[] changed = bytes.clone();
      int at = (ends[flush - 1] / PAGE + 1) * PAGE;
      assertTrue(at + PAGE < ends[flush]);
      Arrays.fill(changed, at, at + PAGE, (byte) 0);
      return new Left(changed, ends);
    }
  }

  /**
   * Writes a log.
   *
   * @param end what is done at last; the log is left as it is before that, or after it
   */
  private Left left(String name, boolean crashed, Consumer<Journal> end) throws IOException {
    Path directory = root.resolve(name);
    Path log = directory.resolve("log-0");
    int[] ends = new int[FLUSHES + 1];
    byte[] bytes;
    try (Journal journal = open(directory, new Noted())) {
      ends[0] = (int) Files.size(log);
      long version = 0;
      for (int flush = 1; flush <= FLUSHES; flush++) {
        long last = 0;
        for (int i = 0; i < FRAMES; i++) {
          journal.begin(++version);
          for (int id = 0; id < 100; id++) {
            journal.put(id, new float[] {id + version}, GroupCounts.NO_GROUP);
          }
          last = journal.end();
        }
        journal.await(last);
        ends[flush] = (int) Files.size(log);
      }
      end.accept(journal);
      bytes = Files.readAllBytes(log);
    }
    return new Left(crashed ? bytes : Files.readAllBytes(log), ends);
  }

  private Left crashed() throws IOException {
    return left("left", true, journal -> {});
  }

  /** Opens a directory that holds nothing but a log; null if it is damaged. */
  private @Nullable Read opened(byte[] log) throws IOException {
    Path directory = root.resolve("opened");
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
    Files.write(directory.resolve("log-0"), log);
    Read read = new Read();
    try (Journal journal = Journal.open(directory, LAYOUT, true, read, new Noted())) {
      write(journal, read.versions + 1);
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("log-0: is damaged: "), e.getMessage());
      return null;
    }
    Read again = new Read();
    Journal.open(directory, LAYOUT, true, again, new Noted()).close();
    assertEquals(read.versions + 1, again.versions, "it goes on behind the cut");
    assertEquals(List.of(), again.cuts);
    return read;
  }

  /** As a loss of power during a flush leaves it: the pages of one flush come in no order. */
  @Test
  void theLastFlushMayBeThereInPart() throws IOException {
    Left left = crashed();
    Read read = opened(left.withoutAPageOf(3).bytes);
    assertNotNull(read);
    assertEquals(1, read.cuts.size());
    long cut = read.cuts.get(0);
    assertTrue(cut >= left.ends[2] && cut < left.ends[3], cut + " of " + left.ends[2]);
    assertTrue(read.versions >= 2 * FRAMES && read.versions < 3 * FRAMES, read.versions + "");
    byte[] kept = Files.readAllBytes(root.resolve("opened/log-0.cut-" + cut));
    assertArrayEquals(
        Arrays.copyOfRange(left.withoutAPageOf(3).bytes, (int) cut, left.bytes.length), kept);
  }

  @Test
  void aFlushThatAnotherFollowsMustBeWhole() throws IOException {
    assertNull(opened(crashed().withoutAPageOf(2).bytes));
  }

  @Test
  void theLastFlushOfALogThatWasClosedMustBeWhole() throws IOException {
    Left closed = left("closed", false, journal -> {});
    assertNull(opened(closed.withoutAPageOf(3).bytes));
    assertEquals(closed.ends[3] + Frames.SMALL, closed.bytes.length);
    Left sealed = left("sealed", true, Journal::rotate);
    assertNull(opened(sealed.withoutAPageOf(3).bytes));
    assertEquals(sealed.ends[3] + Frames.SMALL, sealed.bytes.length);
  }

  /** Each change of a byte is an error, or a cut in the last flush that is told of. */
  @Test
  void aChangeIsNeverOverlooked() throws IOException {
    Left crashed = crashed();
    for (int at = 0; at < crashed.bytes.length; at += at < 200 ? 1 : 97) {
      assertNoticed(crashed, at, at >= crashed.ends[2]);
    }
    Left closed = left("closed", false, journal -> {});
    for (int at = closed.ends[2]; at < closed.bytes.length; at += at < closed.ends[3] ? 97 : 1) {
      assertNoticed(closed, at, at >= closed.ends[3]);
    }
  }

  private void assertNoticed(Left left, int at, boolean cut) throws IOException {
    byte[] changed = left.bytes.clone();
    changed[at] ^= (byte) (1 << at % 8);
    Read read = opened(changed);
    assertEquals(cut, read != null, "byte " + at);
    assertEquals(cut ? 1 : 0, read == null ? 0 : read.cuts.size(), "byte " + at);
  }

  /** The largest write that is accepted makes the largest frame that is read. */
  @Test
  void theBytesOfAWriteAreThoseOfItsFrame() {
    int width = 3;
    float[] row = new float[width];
    PendingFrames pending = new PendingFrames(width, 0, false);
    pending.begin(1);
    for (int i = 0; i < 5; i++) {
      pending.put(i, row, i);
    }
    pending.remove(7);
    pending.remove(8);
    pending.end();
    ByteBuffer frame = pending.take().bytes().flip();
    assertEquals(Journal.bytes(5, 2, width), frame.remaining() - Frames.HEADER);
    assertEquals(Frames.MOST, Journal.MOST_BYTES);
  }

  /** Frames that are being written share no buffer with those that come after them. */
  @Test
  void framesThatWereTakenStayAsTheyAre() {
    PendingFrames pending = new PendingFrames(1, 0, false);
    pending.begin(1);
    pending.remove(7);
    pending.end();
    ByteBuffer first = pending.take().bytes();
    byte[] before = bytes(first);
    for (long version = 2; version < 5; version++) {
      pending.begin(version);
      pending.remove(8);
      pending.end();
      assertNotSame(first, pending.take().bytes());
    }
    assertArrayEquals(before, bytes(first));
  }

  private static byte[] bytes(ByteBuffer filled) {
    byte[] bytes = new byte[filled.position()];
    filled.get(0, bytes);
    return bytes;
  }

  @Test
  void aFrameThatIsAbandonedLeavesTheOnesBefore() {
    PendingFrames pending = new PendingFrames(1, 0, false);
    pending.begin(1);
    pending.remove(7);
    long end = pending.end();
    pending.begin(2);
    pending.remove(8);
    pending.abandon();
    assertEquals(end, pending.bytes());
    assertEquals(end, pending.take().bytes().position());
    assertEquals(0, pending.bytes());
    pending.begin(2);
    pending.abandon();
    assertEquals(0, pending.bytes());
  }
}

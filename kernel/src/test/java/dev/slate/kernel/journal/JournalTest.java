package dev.slate.kernel.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a write takes in a log, and what of a log is forced to the disk when. */
class JournalTest {
  private static final Layout LAYOUT = new Layout(1, "DOT", false);

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

  /** Ignores what is read. */
  private static final class Ignored implements Items {
    @Override
    public LongConsumer reading(Path file, long bytes) {
      return at -> {};
    }

    @Override
    public void load(
        long[] ids,
        long[] places,
        int @Nullable [] groups,
        float[][] rows,
        int rowsPerChunk,
        long version,
        long nextPlace) {}

    @Override
    public void begin(Path file, long version) {}

    @Override
    public void put(long id, float[] row, int group) {}

    @Override
    public void remove(long id) {}

    @Override
    public void end() {}
  }

  private static Journal open(Path directory, Disk disk) throws IOException {
    return Journal.open(directory, LAYOUT, true, new Ignored(), disk);
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
    open(directory, disk).close();
    assertEquals(
        List.of(
            "entry of live",
            "bytes of log-0: " + Files.size(directory.resolve("log-0")),
            "entry of log-0",
            "bytes of log-1: " + Files.size(directory.resolve("log-1")),
            "entry of log-1"),
        disk.forced.subList(0, 5));
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

  /** The largest write that is accepted makes the largest frame that is read. */
  @Test
  void theBytesOfAWriteAreThoseOfItsFrame() {
    int width = 3;
    float[] row = new float[width];
    PendingFrames pending = new PendingFrames(width, 0);
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
    PendingFrames pending = new PendingFrames(1, 0);
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
    PendingFrames pending = new PendingFrames(1, 0);
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

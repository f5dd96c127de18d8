package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files: of several members, cut off, and far larger than they look. */
class GzipTest {
  @TempDir Path dir;

  /** gzip files may be concatenated, as logs are: the reader sees one text. */
  @Property(tries = 100)
  void membersFollowEachOther(
      @ForAll @IntRange(max = 400) int first, @ForAll @IntRange(max = 400) int second) {
    byte[] whole = SampleFile.NPY.bytes();
    int a = Math.min(Math.min(first, second), whole.length);
    int b = Math.min(Math.max(first, second), whole.length);
    byte[] members =
        Edit.join(
            SampleFile.gzip(Arrays.copyOf(whole, a)),
            SampleFile.gzip(Arrays.copyOfRange(whole, a, b)),
            SampleFile.gzip(Arrays.copyOfRange(whole, b, whole.length)));
    Damaged.read(".npy.gz", members, rows -> assertTrue(Arrays.deepEquals(Fixtures.ROWS, rows)));
  }

  /** The end of the second member is missing. */
  @Property(tries = 100)
  void cutInTheSecondMember(@ForAll @IntRange(min = 1, max = 1000) int missing) {
    byte[] first =
        SampleFile.gzip("1,2\n".repeat(50).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] second =
        SampleFile.gzip("3,4\n".repeat(50).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] both = Edit.join(first, second);
    int length = both.length - 1 - missing % (second.length - 1);
    Damaged.read(".csv.gz", Arrays.copyOf(both, length), rows -> assertNull(rows));
  }

  @Test
  @Timeout(60)
  void moreRowsThanTheHeapHolds() throws IOException {
    String file = bomb("rows.csv.gz", "0,0\n".repeat(1 << 18), 100);
    Fixtures.assertBad(() -> Fixtures.read(file), "already take half of the heap");
  }

  @Test
  @Timeout(60)
  void anEndlessLine() throws IOException {
    String file = bomb("line.csv.gz", "1".repeat(1 << 20), 100);
    Fixtures.assertBad(() -> Fixtures.read(file), "is not well-formed");
  }

  /** No more is unpacked than the header promises. */
  @Test
  @Timeout(60)
  void moreBytesThanTheHeaderPromises() throws IOException {
    Path file = dir.resolve("bytes.npy.gz");
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(SampleFile.gzip(SampleFile.NPY.bytes()));
      byte[] zeros = SampleFile.gzip(new byte[1 << 20]);
      for (int i = 0; i < 600; i++) {
        out.write(zeros);
      }
    }
    Fixtures.assertBad(
        () -> Fixtures.read(file.toString()),
        "bytes after the 3 x 4 values that its header promises");
  }

  /** A text over and over, each time as a member of its own. */
  private String bomb(String name, String piece, int times) throws IOException {
    Path file = dir.resolve(name);
    byte[] member = SampleFile.gzip(piece.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < times; i++) {
        out.write(member);
      }
    }
    return file.toString();
  }
}

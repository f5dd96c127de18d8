package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class GzipStreamTest {
  private static final byte[] CONTENT = {1, 2, 3};

  private static byte[] packed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(CONTENT);
    }
    return bytes.toByteArray();
  }

  /** The member, and then what follows it, in a read of its own that is not announced. */
  private static InputStream in(byte[] following) throws IOException {
    return new SequenceInputStream(
        new ByteArrayInputStream(packed()), new ByteArrayInputStream(following)) {
      @Override
      public int available() {
        return 0;
      }
    };
  }

  @Test
  void aMemberEndsWithTheFile() throws IOException {
    assertArrayEquals(CONTENT, new GzipStream(in(new byte[0])).readAllBytes());
  }

  @Test
  void zerosBehindTheLastMemberArePadding() throws IOException {
    assertArrayEquals(CONTENT, new GzipStream(in(new byte[100_000])).readAllBytes());
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.write(packed());
    padded.write(new byte[7]);
    InputStream whole = new ByteArrayInputStream(padded.toByteArray());
    assertArrayEquals(CONTENT, new GzipStream(whole).readAllBytes());
  }

  @Test
  void aMemberBehindZerosIsRefusedRatherThanLost() throws IOException {
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    behind.write(new byte[3]);
    behind.write(packed());
    GzipStream stream = new GzipStream(in(behind.toByteArray()));
    assertThrows(ZipException.class, stream::readAllBytes);
  }

  @Test
  void whatComesBehindTheLastReadIsSeen() throws IOException {
    GzipStream stream = new GzipStream(in(new byte[] {0, 1, 0}));
    assertThrows(ZipException.class, stream::readAllBytes);
  }
}

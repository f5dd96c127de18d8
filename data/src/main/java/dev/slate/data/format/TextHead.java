package dev.slate.data.format;

import dev.slate.data.Undecoded;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes of a text, read ahead to guess its dialect and layout.
 *
 * @param bytes the first bytes, without a byte order mark
 * @param charset UTF-8, unless a byte order mark says otherwise
 * @param whole whether they are all there is
 */
record TextHead(byte[] bytes, Charset charset, boolean whole) {
  private static final int BYTES = 1 << 16;

  /** Reads the head; the stream stands behind it. */
  static TextHead of(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(BYTES);
    boolean whole = bytes.length < BYTES;
    if (startsWith(bytes, 0xff, 0xfe, 0, 0)) {
      return new TextHead(from(bytes, 4), StandardCharsets.UTF_32LE, whole);
    }
    if (startsWith(bytes, 0, 0, 0xfe, 0xff)) {
      return new TextHead(from(bytes, 4), StandardCharsets.UTF_32BE, whole);
    }
    if (startsWith(bytes, 0xff, 0xfe)) {
      return new TextHead(from(bytes, 2), StandardCharsets.UTF_16LE, whole);
    }
    if (startsWith(bytes, 0xfe, 0xff)) {
      return new TextHead(from(bytes, 2), StandardCharsets.UTF_16BE, whole);
    }
    boolean marked = startsWith(bytes, 0xef, 0xbb, 0xbf);
    return new TextHead(marked ? from(bytes, 3) : bytes, StandardCharsets.UTF_8, whole);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] from(byte[] bytes, int start) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  /** The text of the head; its last line may be cut off, unless it is the whole. */
  String text() {
    return new String(bytes, charset);
  }

  /**
   * The whole text again.
   *
   * @param skipped its first characters, to be left out
   * @param in what follows the head
   * @return characters, {@link Undecoded#MARK} in place of malformed bytes
   */
  Reader rejoin(String skipped, InputStream in) {
    int start = skipped.getBytes(charset).length;
    return Undecoded.reader(
        new SequenceInputStream(new ByteArrayInputStream(bytes, start, bytes.length - start), in),
        charset);
  }
}

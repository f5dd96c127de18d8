package dev.slate.bench.results;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files at once, and none that cannot be text or never ends. */
public final class WholeFile {
  /** Bytes of the largest file that is read; results of ten thousand benchmarks take a tenth. */
  static final int MOST = 1 << 30;

  private WholeFile() {}

  /**
   * Reads a file.
   *
   * @param file its path
   * @return all its bytes
   * @throws BadInputException if it begins with zeros or holds more than a GiB
   * @throws IOException if it cannot be read
   */
  public static byte[] read(String file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return read(file, in);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param source what it is, for messages
   * @param in stays open
   * @return all its bytes
   * @throws BadInputException if it begins with zeros or holds more than a GiB
   * @throws IOException if it cannot be read
   */
  public static byte[] read(String source, InputStream in) throws IOException {
    return read(source, in, MOST);
  }

  static byte[] read(String source, InputStream in, int most) throws IOException {
    byte[] two = in.readNBytes(2);
    if (two.length == 2 && two[0] == 0 && two[1] == 0) {
      throw new BadInputException(source, "is no text: it begins with zeros");
    }
    // Not a SequenceInputStream, which closes what it has read to the end.
    PushbackInputStream whole = new PushbackInputStream(in, two.length + 1);
    whole.unread(two);
    byte[] all = whole.readNBytes(most + 1);
    if (all.length > most) {
      throw new BadInputException(source, "is larger than " + (most >> 20) + " MiB");
    }
    return all;
  }
}

package dev.slate.bench.results;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads text files at once, and none that cannot be text or never ends. */
public final class WholeFile {
  /** Bytes of the largest file that is read; results of ten thousand benchmarks take a tenth. */
  static final int MOST = 1 << 30;

  private static final int BEGINNING = 1 << 13;

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
    byte[] beginning = in.readNBytes(BEGINNING);
    if (beginning.length >= 2 && beginning[0] == 0 && beginning[1] == 0) {
      throw new BadInputException(source, "is no text: it begins with zeros");
    }
    byte[] rest = in.readNBytes(most - beginning.length + 1);
    if (beginning.length + rest.length > most) {
      throw new BadInputException(source, "is larger than " + (most >> 20) + " MiB");
    }
    byte[] all = Arrays.copyOf(beginning, beginning.length + rest.length);
    System.arraycopy(rest, 0, all, beginning.length, rest.length);
    return all;
  }
}

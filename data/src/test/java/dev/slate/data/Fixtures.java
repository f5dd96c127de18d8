package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.kernel.Catalog;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.function.Executable;

/**
 * Files made by other programs (see {@code fixtures/make.py}), what they hold, and helpers to ask
 * for it.
 */
final class Fixtures {
  static final float[][] ROWS = {
    {-1.5f, 0, 2.25f, 100}, {0.001f, 7, -8, 0.1f}, {3, 4, 5, 6},
  };
  static final float[][] WHOLE = {{0, 1, 2, 100}, {7, 8, 9, 10}, {3, 4, 5, 127}};
  static final float[][] TALL = tall();

  private Fixtures() {}

  private static float[][] tall() {
    float[][] rows = new float[7][5];
    for (int i = 0; i < 35; i++) {
      rows[i / 5][i % 5] = i / 4f;
    }
    return rows;
  }

  static String fixture(String name) {
    try {
      return Path.of(
              Objects.requireNonNull(Fixtures.class.getResource("/fixtures/make.py")).toURI())
          .resolveSibling(name)
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All rows of a catalogue. */
  static float[][] rows(Catalog items) {
    float[] all = new float[items.size() * items.dimensions()];
    items.copyRows(0, items.size(), all, 0);
    return split(all, items.dimensions());
  }

  /** All rows of a file. */
  static float[][] read(String spec) {
    return read(spec, ReadOptions.DEFAULT);
  }

  static float[][] read(String spec, ReadOptions options) {
    try (VectorFile file = Vectors.open(spec, options)) {
      return rows(file);
    }
  }

  /** All rows of a file, by its stream. */
  static float[][] stream(String spec) {
    try (VectorStream stream = Vectors.stream(spec, ReadOptions.DEFAULT)) {
      int d = stream.dimensions();
      float[] all = new float[0];
      float[] piece = new float[2 * d];
      for (int rows = stream.next(piece, 2); rows > 0; rows = stream.next(piece, 2)) {
        int before = all.length;
        all = Arrays.copyOf(all, before + rows * d);
        System.arraycopy(piece, 0, all, before, rows * d);
      }
      return split(all, d);
    }
  }

  static float[][] split(float[] all, int d) {
    float[][] rows = new float[all.length / d][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(all, i * d, (i + 1) * d);
    }
    return rows;
  }

  static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }

  /** Equality of bits, so that -0.0 is not 0.0. */
  static void assertSame(float[][] expected, float[][] actual) {
    assertEquals(bits(expected), bits(actual));
  }

  private static String bits(float[][] rows) {
    StringBuilder text = new StringBuilder();
    for (float[] row : rows) {
      for (float value : row) {
        text.append(value).append(' ');
      }
      text.append('\n');
    }
    return text.toString();
  }

  static InputException assertBad(Executable work, String problem) {
    InputException bad = assertThrows(InputException.class, work);
    String message = String.valueOf(bad.getMessage());
    assertEquals(1, message.lines().count(), message);
    if (!message.contains(problem)) {
      assertEquals(problem, message);
    }
    return bad;
  }

  static String write(Path file, String text) throws IOException {
    return Files.writeString(file, text).toString();
  }

  static String write(Path file, byte[] bytes) throws IOException {
    return Files.write(file, bytes).toString();
  }

  /** Writes all bytes of a buffer, wherever its position is. */
  static String write(Path file, ByteBuffer bytes) throws IOException {
    byte[] all = new byte[bytes.capacity()];
    bytes.get(0, all);
    return write(file, all);
  }
}

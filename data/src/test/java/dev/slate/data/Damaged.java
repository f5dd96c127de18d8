package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads bytes that may be anything, and holds the reader to what it promises for all of them: it
 * ends soon, in the small heap that the tests have, with finite rows or with one line that begins
 * with the name of the file; and it does the same whether the rows are asked for or streamed.
 *
 * <p>Bytes that break this, or the expectation of a test, are left in {@code target/fuzz}. Moved to
 * {@code src/test/resources/fixtures/fuzz}, under a name, they are read by {@link FuzzTest} from
 * then on.
 */
final class Damaged {
  /** Where bytes that break a reader are put; the sources are not written to. */
  private static final Path FAILED = Path.of("target", "fuzz");

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int LONGEST_MESSAGE = 1_000;

  private Damaged() {}

  /** What a test expects of the rows; null where the file was refused. */
  interface Expectation {
    void check(float @Nullable [] @Nullable [] rows);
  }

  /**
   * Reads bytes as a file.
   *
   * @param ending of its name, with the data set of HDF5
   * @param bytes the whole file
   * @param expected what else has to hold
   */
  static void read(String ending, byte[] bytes, Expectation expected) {
    try {
      assertTimeoutPreemptively(SOON, () -> expected.check(read(ending, bytes)));
    } catch (Throwable failure) {
      throw new AssertionError(
          "the bytes are in "
              + keep(ending, bytes)
              + "; give them a name, and move them to src/test/resources/fixtures/fuzz",
          failure);
    }
  }

  private static float @Nullable [] @Nullable [] read(String ending, byte[] bytes)
      throws IOException {
    String name = ending.replaceFirst(":.*", "");
    Path file = Files.createTempFile("slate-fuzz-", name);
    try {
      Files.write(file, bytes);
      String spec = file + ending.substring(name.length());
      Object whole = answer(spec, () -> Fixtures.read(spec));
      Object streamed = answer(spec, () -> Fixtures.stream(spec));
      if (whole instanceof float[][] rows && streamed instanceof float[][] same) {
        Fixtures.assertSame(rows, same);
        return rows;
      }
      // Of two faults either may be met first.
      assertEquals(
          whole.getClass(), streamed.getClass(), () -> whole + " but streamed " + streamed);
      return null;
    } finally {
      Files.delete(file);
    }
  }

  private interface Reader {
    float[][] read();
  }

  /** The rows, or the message of the refusal. */
  private static Object answer(String spec, Reader reader) {
    try {
      float[][] rows = reader.read();
      for (float[] row : rows) {
        for (float value : row) {
          assertTrue(Float.isFinite(value), () -> "read a value of " + value);
        }
      }
      return rows;
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(spec + ": "), message);
      assertEquals(1, message.lines().count(), message);
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
      assertTrue(message.length() <= LONGEST_MESSAGE, message);
      return message;
    }
  }

  /** Keeps the shortest bytes that failed under an ending. */
  private static Path keep(String ending, byte[] bytes) {
    Path file = FAILED.resolve("new" + ending.replace(':', '@').replace('/', '+'));
    try {
      if (!Files.exists(file) || Files.size(file) >= bytes.length) {
        Files.write(Files.createDirectories(FAILED).resolve(file.getFileName()), bytes);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ending that a kept file was read by. */
  static String ending(Path kept) {
    String name = kept.getFileName().toString();
    return name.substring(name.indexOf('.')).replace('@', ':').replace('+', '/');
  }
}

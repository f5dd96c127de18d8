package dev.slate.bench.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of any length, and those that are no text or never end. */
class WholeFileTest {
  @TempDir Path directory;

  @Test
  void allBytesOfAFile() throws IOException {
    Random random = new Random(1);
    for (int length : new int[] {0, 1, 2, 8_191, 8_192, 8_193, 100_000}) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      Path file = Files.write(directory.resolve("file"), bytes);
      assertArrayEquals(bytes, WholeFile.read(file.toString()));
      assertArrayEquals(bytes, WholeFile.read("it", new ByteArrayInputStream(bytes)));
    }
    assertThrows(NoSuchFileException.class, () -> WholeFile.read(directory + "/none"));
  }

  @Test
  void zerosAreNoText() throws IOException {
    InputStream zeros = new ByteArrayInputStream(new byte[9]);
    assertEquals("it: is no text: it begins with zeros", problem(zeros, WholeFile.MOST));
    // UTF-16 has one zero at most.
    byte[] bigEndian = {0, '['};
    assertArrayEquals(bigEndian, WholeFile.read("it", new ByteArrayInputStream(bigEndian)));
  }

  @Test
  void tooLongAFileIsNotReadToItsEnd() throws IOException {
    int most = 1 << 20;
    byte[] bytes = new byte[most];
    bytes[0] = '[';
    assertEquals(most, WholeFile.read("it", new ByteArrayInputStream(bytes), most).length);
    ByteArrayInputStream longer = new ByteArrayInputStream(Arrays.copyOf(bytes, 2 * most));
    assertEquals("it: is larger than 1 MiB", problem(longer, most));
    assertEquals(most - 1, longer.available(), "one byte more is read");
  }

  @Test
  void aStreamStaysOpen() throws IOException {
    InputStream in =
        new ByteArrayInputStream(new byte[] {'[', ']', '\n'}) {
          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    assertEquals(3, WholeFile.read("it", in).length);
  }

  private static String problem(InputStream in, int most) {
    BadInputException thrown =
        assertThrows(BadInputException.class, () -> WholeFile.read("it", in, most));
    return String.valueOf(thrown.getMessage());
  }
}

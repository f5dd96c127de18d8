package dev.slate.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines as the JDK reads them, and a text without line ends. */
class TextLinesTest {
  private static List<String> lines(String text) throws IOException {
    List<String> lines = new ArrayList<>();
    try (TextLines reader = new TextLines("it", new StringReader(text))) {
      for (String line = reader.next(); line != null; line = reader.next()) {
        lines.add(line);
      }
    }
    return lines;
  }

  @Test
  void areThoseOfTheJdk() throws IOException {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      int parts = random.nextInt(12);
      for (int i = 0; i < parts; i++) {
        // Around the length of a buffer now and then.
        int length = random.nextInt(4) == 0 ? 8_185 + random.nextInt(14) : random.nextInt(3);
        text.append("x".repeat(length));
        text.append(new String[] {"\n", "\r", "\r\n", "\n\r", ""}[random.nextInt(5)]);
      }
      List<String> expected =
          new BufferedReader(new StringReader(text.toString())).lines().toList();
      assertEquals(expected, lines(text.toString()), "seed " + seed);
    }
  }

  @Test
  void aTextWithoutLineEndsIsRefused() {
    long[] read = {0};
    Reader zeros =
        new Reader() {
          @Override
          public int read(char[] into, int at, int length) {
            into[at] = read[0] == 0 ? '\n' : 0;
            read[0] += length;
            return length;
          }

          @Override
          public void close() {}
        };
    TextLines lines = new TextLines("it", zeros);
    InputException thrown =
        assertThrows(
            InputException.class,
            () -> {
              while (lines.next() != null) {}
            });
    assertEquals("it: is longer than 16777216 characters, line 2", thrown.getMessage());
    assertTrue(read[0] < 2L * TextLines.LONGEST, read[0] + " characters were read");
  }

  @Test
  void theLongestLineIsRead() throws IOException {
    String longest = "y".repeat(TextLines.LONGEST);
    assertEquals(List.of("a", longest, "b"), lines("a\n" + longest + "\nb"));
  }
}

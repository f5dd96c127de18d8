package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static dev.slate.data.Fixtures.write;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  /** What is said of a first line that may be a header. */
  private static final String HEADER = "; the first line was taken for a row";

  private static final float[][] ROWS = {{1, 2.5f}, {-3, 4e-3f}};

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,2.5\n-3,4e-3\n",
        "1,2.5\n-3,.004",
        "\ufeff1,2.5\n-3,4e-3\n",
        "1,2.5\r\n-3,4E-3\r\n",
        "\ufeffx,y\r\n1,2.5\r\n-3,0.004\r\n",
        "\"1\",\"2.5\"\n\"-3\",\"4e-3\"\n",
        "x,y\n\n1,2.5\n\n\n-3,4e-3\n\n",
        " +1 , 2.50 \n -3. , 0.4e-2\n",
        "\"a \"\"quoted\"\" name\",\"with, comma and\nline break\"\n1,2.5\n-3,4e-3",
      })
  void readsCsv(String text) throws IOException {
    String file = write(dir.resolve("x.csv"), text);
    assertSame(ROWS, read(file));
    assertSame(ROWS, stream(file));
    String tabs = write(dir.resolve("x.tsv"), text.replace(',', '\t'));
    assertSame(ROWS, read(tabs));
  }

  @Test
  void tellsHowManyRowsAreInMemory() throws IOException {
    String line = "0,".repeat(4095) + "0\n";
    String file = write(dir.resolve("long.csv"), line.repeat(300));
    List<Long> told = new ArrayList<>();
    try (VectorFile rows =
        Vectors.open(file, ReadOptions.DEFAULT.withHeader(Header.NO).withProgress(told::add))) {
      assertEquals(300, rows.size());
    }
    assertEquals(List.of(256L, 300L), told);
  }

  @Test
  void readsGzip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write("1,2.5\n-3,4e-3\n".getBytes(StandardCharsets.UTF_8));
    }
    String file = write(dir.resolve("x.csv.gz"), bytes.toByteArray());
    assertSame(ROWS, read(file));
    byte[] cut = java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9);
    assertBad(() -> read(write(dir.resolve("y.csv.gz"), cut)), "y.csv.gz: cannot be read");
    assertBad(() -> read(write(dir.resolve("z.csv.gz"), "1,2\n")), "looks like text, not gzip");
    assertBad(
        () -> read(write(dir.resolve("z.csv"), bytes.toByteArray())), "looks like gzip, not csv");
  }

  @Test
  void readsUtf16ByItsMark() throws IOException {
    String file =
        write(dir.resolve("x.csv"), "\ufeff1,2.5\n-3,4e-3\n".getBytes(StandardCharsets.UTF_16LE));
    assertSame(ROWS, read(file));
  }

  @Test
  void readsStandardInput() {
    ByteArrayInputStream in =
        new ByteArrayInputStream("1,2.5\n-3,4e-3".getBytes(StandardCharsets.UTF_8));
    try (VectorStream stream = Vectors.stream("-", in, ReadOptions.DEFAULT)) {
      float[] rows = new float[10];
      assertEquals(2, stream.next(rows, 5));
      assertEquals(0, stream.next(rows, 5));
      assertEquals(4e-3f, rows[3]);
    }
  }

  @Test
  void takesColumnsByNameNumberAndRange() throws IOException {
    String file = write(dir.resolve("x.csv"), "name,a,b,c,8\nfoo,1,2,3,4\n\"b,ar\",5,6,7,8\n");
    assertSame(
        new float[][] {{3, 1, 2}, {7, 5, 6}},
        read(file, ReadOptions.DEFAULT.withColumns(List.of("c", "1-2"))));
    assertSame(
        new float[][] {{4, 1}, {8, 5}},
        read(file, ReadOptions.DEFAULT.withColumns(List.of("4", "a"))));
    assertSame(
        new float[][] {{8}, {4}, {8}}, read(file, ReadOptions.DEFAULT.withColumns(List.of("4"))));
    try (VectorFile open = Vectors.open(file, ReadOptions.DEFAULT.withColumns(List.of("c", "a")))) {
      assertEquals(List.of("c", "a"), open.names());
    }
    assertBad(
        () -> read(file, ReadOptions.DEFAULT.withColumns(List.of("z"))), "has no column named z");
    assertBad(
        () -> read(file, ReadOptions.DEFAULT.withColumns(List.of("5"))),
        "has columns 0 to 4, but not 5");
    assertBad(() -> read(file, ReadOptions.DEFAULT.withColumns(List.of("1-9"))), "but not 1-9");
    assertBad(
        () -> read(file, ReadOptions.DEFAULT.withColumns(List.of("a", "1"))),
        "column 1 is chosen twice");
    assertBad(() -> read(file), "'name' is not a number" + HEADER + ", row 0, column 0, line 1");
  }

  @Test
  void namesRowColumnAndLine() throws IOException {
    bad("x,y\n1,2\n\n3\n", "x.csv: the row has 1 cell, the first row 2, row 1, line 4");
    bad("1,2\n3,4,5\n", "the row has 3 cells, the first row 2, row 1, line 2");
    bad("1,2\n3,four\n", "'four' is not a number, row 1, column 1, line 2");
    bad("x,y\r\n1,2\r\n3,\r\n", "the cell is empty, row 1, column 1, line 3");
    bad("1,2\n\"multi\nline\",3\n", "'multi line' is not a number, row 1, column 0, line 2");
    bad("a,\"b\nb\"\n1,2\n1,x\n", "'x' is not a number, row 1, column 1, line 4");
    bad("1,2\nnan,3\n", "the value is NaN, row 1, column 0, line 2");
    bad("1,2\n3,-inf\n", "the value is -Infinity, row 1, column 1, line 2");
    bad("1,2\n3,1e39\n", "1e39 overflows float32, row 1, column 1, line 2");
    bad("1,2\n3,\"4\n", "Unclosed quoted field");
    bad("1,2\n3,\"4\"5\n", "Unexpected character after closing quote");
    bad("x,y\n", "holds no rows");
    bad("\n\n", "holds no rows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1f", "1d", "0x1p3", "0x10", "1_000", "1,", "--1", "1e", "e1", ".", "1 2", "١"})
  void isNotANumber(String text) throws IOException {
    bad("0,0\n0,\"" + text + "\"\n", "is not a number, row 1, column 1, line 2");
  }

  @Test
  void firstLineOfNumbersIsNoHeader() throws IOException {
    assertSame(new float[][] {{0, 1}, {2, 3}}, read(write(dir.resolve("x.csv"), "0,1\n2,3\n")));
    bad("id,1\n2,3\n", "'id' is not a number" + HEADER + ", row 0, column 0, line 1");
  }

  @Test
  void headerIsWhatTheCallerSaysItIs() throws IOException {
    String numbers = write(dir.resolve("x.csv"), "0,1\n2,3\n");
    ReadOptions yes = ReadOptions.DEFAULT.withHeader(Header.YES);
    ReadOptions no = ReadOptions.DEFAULT.withHeader(Header.NO);
    assertSame(new float[][] {{2, 3}}, read(numbers, yes));
    assertSame(new float[][] {{0, 1}, {2, 3}}, read(numbers, no));
    try (VectorFile open = Vectors.open(numbers, yes)) {
      assertEquals(List.of("0", "1"), open.names());
    }
    String names = write(dir.resolve("y.csv"), "a,b\n2,3\n");
    assertSame(new float[][] {{2, 3}}, read(names, yes));
    assertBad(() -> read(names, no), "'a' is not a number, row 0, column 0, line 1");
    assertBad(() -> read(names, no.withColumns(List.of("a"))), "columns have numbers, not names");
    assertBad(() -> read(write(dir.resolve("z.csv"), "1,2\n"), yes), "holds no rows");
  }

  @Test
  void letsNonFiniteValuesPassWhereAsked() throws IOException {
    String file = write(dir.resolve("x.csv"), "nan,1\nINF,-Infinity\n1e39,2\n");
    float inf = Float.POSITIVE_INFINITY;
    assertSame(
        new float[][] {{Float.NaN, 1}, {inf, -inf}, {inf, 2}},
        read(file, ReadOptions.DEFAULT.withNonFinite()));
  }

  @Test
  void roundsOnceFromTheDecimal() throws IOException {
    // Halfway between two floats but for the last digit: by way of float64 it would round down.
    String file =
        write(dir.resolve("x.csv"), "1.00000005960464477540\n1.000000059604644775390625\n");
    assertSame(new float[][] {{Math.nextUp(1f)}, {1f}}, read(file));
  }

  @Test
  void binaryIsNotText() throws IOException {
    assertBad(
        () -> read(write(dir.resolve("x.csv"), new byte[] {1, 0, 0, 0, 5, 6})), "is not text");
  }

  @Test
  void endlessLineIsAnError() throws IOException {
    Path file = dir.resolve("x.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] piece = "1".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 40; i++) {
        out.write(piece);
      }
    }
    assertBad(() -> read(file.toString()), "is not well-formed");
  }

  private void bad(String text, String problem) throws IOException {
    String file = write(dir.resolve("x.csv"), text);
    assertBad(() -> read(file), problem);
    assertBad(() -> stream(file), problem);
  }
}

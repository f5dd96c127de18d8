package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static dev.slate.data.Fixtures.stream;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"f4.npy", "f8.npy", "v2.npy", "v3.npy", "f4.npy.gz"})
  void readsWhatNumpyWrites(String name) {
    assertSame(Fixtures.ROWS, read(fixture(name)));
    assertSame(Fixtures.ROWS, stream(fixture(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"i1", "u1", "i2", "u2", "i4", "u4", "i8"})
  void readsIntegers(String name) {
    assertSame(Fixtures.WHOLE, read(fixture(name + ".npy")));
  }

  @Test
  void readsHalves() {
    float[][] halves = read(fixture("f2.npy"));
    for (int i = 0; i < halves.length; i++) {
      for (int j = 0; j < halves[i].length; j++) {
        float half = Float.float16ToFloat(Float.floatToFloat16(Fixtures.ROWS[i][j]));
        assertEquals(half, halves[i][j]);
      }
    }
  }

  @Test
  void integersRoundToNearestEven() {
    assertSame(new float[][] {{16777216f, -0x1p63f}}, read(fixture("int64_rounds.npy")));
  }

  @Test
  void oneDimensionIsOneColumn() {
    assertSame(new float[][] {{1.5f}, {2.5f}, {3.5f}}, read(fixture("one_dimension.npy")));
  }

  @Test
  void takesColumnsInTheOrderAsked() {
    ReadOptions options = ReadOptions.DEFAULT.withColumns(List.of("3", "0-1"));
    assertSame(
        new float[][] {{100, -1.5f, 0}, {0.1f, 0.001f, 7}, {6, 3, 4}},
        read(fixture("f4.npy"), options));
    assertBad(
        () -> read(fixture("bad_nan.npy"), ReadOptions.DEFAULT.withColumns(List.of("1"))),
        "the value is NaN, row 1, column 1");
  }

  @Test
  void copiesAnyRange() {
    try (VectorFile file = Vectors.open(fixture("f4.npy"))) {
      float[] dst = {9, 9, 9, 9, 9, 9};
      file.copyRows(1, 1, dst, 1);
      assertArrayEquals(new float[] {9, 0.001f, 7, -8, 0.1f, 9}, dst);
      assertEquals("float32", file.type());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bad_big_endian | is big-endian (>f4)",
        "bad_object     | numpy type '|O'",
        "bad_struct     | numpy type [('a', '<i4'), ('b', '<f4')]",
        "bad_bool       | numpy type '|b1'",
        "bad_complex    | numpy type '<c16'",
        "bad_text       | numpy type '<U3'",
        "bad_scalar     | is an array of 0 dimensions",
        "bad_cube       | is an array of 3 dimensions",
        "bad_no_rows    | holds no values (its shape is 0 x 4)",
        "bad_no_columns | holds no values (its shape is 4 x 0)",
        "bad_nan        | bad_nan.npy: the value is NaN, row 1, column 1",
        "bad_infinity   | bad_infinity.npy: the value is -Infinity, row 0, column 1",
        "bad_overflow   | bad_overflow.npy: 1.0E39 overflows float32, row 1, column 0",
      })
  void refuses(String name, String problem) {
    assertBad(() -> read(fixture(name + ".npy")), problem.strip());
    assertBad(() -> stream(fixture(name + ".npy")), problem.strip());
  }

  @Test
  void letsNonFiniteValuesPassWhereAsked() {
    assertSame(
        new float[][] {{1, Float.NEGATIVE_INFINITY}, {3, 4}},
        read(fixture("bad_infinity.npy"), ReadOptions.DEFAULT.withNonFinite()));
  }

  @Test
  void lyingHeaderIsRefusedBeforeAnythingIsAllocated() throws IOException {
    assertBad(() -> open("(1099511627776, 5)", 1000), "promises 1099511627776 x 5 values");
    assertBad(() -> open("(9223372036854775807, 9223372036854775807)", 10), "promises");
    assertBad(() -> open("(99999999999999999999, 5)", 10), "has the shape");
    assertBad(() -> open("(-1, 5)", 10), "promises -1 x 5 values");
    assertBad(() -> open("(10, 5)", 199), "in 200 bytes, but 199 are there");
    assertBad(() -> open("(10, 5)", 204), "has bytes after the 10 x 5 values");
    assertBad(() -> open("(1, 2000000)", 8_000_000), "rows of 2000000 values");
  }

  @Test
  void tooManyRowsAreRefused() throws IOException {
    Path file = dir.resolve("tall.npy");
    Files.write(file, header("{'descr': '|u1', 'fortran_order': False, 'shape': (2147483648,), }"));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(128 + (1L << 31));
    }
    assertBad(() -> Vectors.open(file.toString()), "holds 2147483648 rows");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4'}",
        "{}",
        "",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1)",
        "{'descr': '<f4', 'fortran_order': maybe, 'shape': (1, 1), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'more': 1}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), 'shape': (2, 2)}",
        "{'descr': '', 'fortran_order': False, 'shape': (1, 1), }",
        "{'descr': '<', 'fortran_order': False, 'shape': (1, 1), }",
        "{'descr': 'f4', 'fortran_order': False, 'shape': (1, 1), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1, }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), } trailing",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (((((((",
        "[1, 2]",
      })
  void refusesHeader(String dictionary) throws IOException {
    byte[] header = header(dictionary);
    Path file = dir.resolve("x.npy");
    Files.write(file, header);
    assertBad(() -> Vectors.open(file.toString()), "npy");
  }

  @Test
  void fileThatShrinksWhileOpenIsAnError() throws IOException {
    Path file = dir.resolve("x.npy");
    Files.copy(Path.of(fixture("f4.npy")), file);
    try (VectorFile open = Vectors.open(file.toString())) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(150);
      }
      assertBad(() -> Fixtures.rows(open), "ends at byte 150 while it is read, row 1");
    }
  }

  @Test
  void nanFarInsideIsNamed() throws IOException {
    int d = 2;
    int n = 3_200_000;
    Path file = dir.resolve("far.npy");
    try (VectorWriter out = Vectors.create(file.toString(), d, List.of())) {
      float[] rows = new float[d * 1000];
      for (int first = 0; first < n; first += 1000) {
        if (first == 3_141_000) {
          rows[592 * d + 1] = Float.NaN;
        } else {
          rows[592 * d + 1] = 0;
        }
        out.append(rows, 0, 1000);
      }
      out.commit();
    }
    assertBad(() -> read(file.toString()), "far.npy: the value is NaN, row 3141592, column 1");
  }

  private float[][] open(String shape, int bytes) throws IOException {
    byte[] header =
        header("{'descr': '<f4', 'fortran_order': False, 'shape': %s, }".formatted(shape));
    byte[] all = java.util.Arrays.copyOf(header, header.length + bytes);
    Path file = dir.resolve("lie.npy");
    Files.write(file, all);
    return read(file.toString());
  }

  private static byte[] header(String dictionary) {
    byte[] text = "%-117s\n".formatted(dictionary).getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[10 + text.length];
    byte[] magic = "\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(magic, 0, all, 0, 8);
    all[8] = (byte) text.length;
    all[9] = (byte) (text.length >> 8);
    System.arraycopy(text, 0, all, 10, text.length);
    return all;
  }
}

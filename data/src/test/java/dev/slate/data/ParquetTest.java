package dev.slate.data;

import static dev.slate.data.Fixtures.assertBad;
import static dev.slate.data.Fixtures.assertSame;
import static dev.slate.data.Fixtures.fixture;
import static dev.slate.data.Fixtures.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet as DuckDB writes it; {@code fixtures/parquet/Make.java} says what the files hold. */
class ParquetTest {
  /** What is in each file of five rows. */
  static final float[][] ITEMS = {
    {0.5f, 0, 0.1f}, {1.5f, -1, 0.1f}, {2.5f, -2, 0.1f}, {3.5f, -3, 0.1f}, {4.5f, -4, 0.1f}
  };

  @TempDir Path dir;

  private static String file(String name) {
    return fixture("parquet/" + name + ".parquet");
  }

  private static VectorFile open(String spec, ReadOptions options) {
    return Vectors.open(spec, options);
  }

  private static float[][] rows(String spec, ReadOptions options) {
    try (VectorFile file = open(spec, options)) {
      float[] values = new float[file.size() * file.dimensions()];
      file.copyRows(0, file.size(), values, 0);
      return Fixtures.split(values, file.dimensions());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "array"})
  void listsAreVectors(String name) {
    assertSame(ITEMS, read(file(name)));
    assertSame(ITEMS, read(file(name) + ":emb"));
    assertSame(ITEMS, Fixtures.stream(file(name)));
  }

  @Test
  void aColumnNamesTheRows() {
    for (String column : List.of("title", "1")) {
      try (VectorFile file = open(file("snappy"), ReadOptions.DEFAULT.withIdColumn(column))) {
        assertEquals(List.of("item 0", "item 1", "item 2", "item 3", "item 4"), file.ids());
        assertEquals("float32", file.type());
      }
    }
    try (VectorStream stream =
        Vectors.stream(file("snappy"), ReadOptions.DEFAULT.withIdColumn("id"))) {
      assertEquals(5, stream.size());
      assertEquals(2, stream.next(new float[6], 2));
      assertEquals(List.of("0", "1"), stream.ids());
    }
  }

  @Test
  void placesOfAListAreColumns() {
    float[][] chosen = rows(file("zstd"), ReadOptions.DEFAULT.withColumns(List.of("2", "0")));
    assertSame(
        new float[][] {{0.1f, 0.5f}, {0.1f, 1.5f}, {0.1f, 2.5f}, {0.1f, 3.5f}, {0.1f, 4.5f}},
        chosen);
    assertBad(
        () -> rows(file("zstd"), ReadOptions.DEFAULT.withColumns(List.of("3"))),
        "has columns 0 to 2, but not 3");
  }

  @Test
  void rowsOfManyBatchesAndGroups() {
    float[][] rows = read(file("many"));
    assertEquals(40_000, rows.length);
    for (int i = 0; i < rows.length; i++) {
      assertEquals(List.of(i % 7f, i % 11f, i % 13f), List.of(rows[i][0], rows[i][1], rows[i][2]));
    }
  }

  @Test
  void columnsOfNumbersAreAttributes() {
    List<String> numbers = List.of("real", "long", "int", "tiny", "unsigned", "short");
    try (VectorFile file = open(file("flat"), ReadOptions.DEFAULT.withIdColumn("name"))) {
      assertEquals(numbers, file.names());
      assertEquals("numbers", file.type());
      assertEquals("n8", file.ids().get(8));
    }
    float[][] rows = rows(file("flat"), ReadOptions.DEFAULT.withColumns(numbers));
    for (int i = 0; i < rows.length; i++) {
      float[] expected = {
        (float) (i / 3.0), (float) (i * 1000000007L * 9007199), -i, i, (float) (4294967295L - i), i
      };
      assertSame(new float[][] {expected}, new float[][] {rows[i]});
    }
    assertEquals(9, rows.length);
    assertBad(
        () -> read(file("flat")),
        "column name (text) does not hold numbers; the file has real (float64)");
  }

  @Test
  void halfPrecision() {
    assertSame(
        new float[][] {{0.5f, 1}, {-2, 2}, {65504, 3}, {Float.float16ToFloat((short) 1), 4}},
        read(file("half")));
  }

  @Test
  void aPointIsSubtractedBeforeRounding() {
    ReadOptions real = ReadOptions.DEFAULT.withColumns(List.of("real", "int"));
    float[][] rows = rows(file("flat"), real.withOrigin(new double[] {1e9, 1}));
    for (int i = 0; i < rows.length; i++) {
      assertSame(new float[][] {{(float) (i / 3.0 - 1e9), -i - 1}}, new float[][] {rows[i]});
    }
    assertEquals(4 / 3.0, Vectors.midpoints(file("flat"), real)[0], 1e-12);
    assertBad(
        () -> rows(file("flat"), real.withOrigin(new double[] {1})),
        "has 2 columns, but the point to subtract has 1");
  }

  @Test
  void tellsWhatRoundingTakes() {
    List<Notice> notices = new ArrayList<>();
    ReadOptions options =
        ReadOptions.DEFAULT.withColumns(List.of("unsigned")).withNotices(notices::add);
    rows(file("flat"), options);
    assertEquals(List.of(Notice.Topic.PRECISION), notices.stream().map(Notice::topic).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_list | has no list in column emb, row 3",
        "no_element | a value is missing in column emb, row 3, column 1",
        "short_list | has a list of 1 values, where the first has 2, row 3",
        "empty_list | has a list of 0 values, where the first has 2, row 3",
        "nan | the value is NaN, row 3, column 1",
        "empty | holds no rows",
        "brotli | column emb (list of float32) is compressed by brotli, which Slate does not read",
        "kinds | name a column after a colon; the file has a (list of float32), b (list of float32)",
        "kinds:emb | column emb (list of lists) does not hold lists of numbers",
        "kinds:pair | column pair (group of columns) does not hold lists of numbers",
        "kinds:day | column day (date) does not hold lists of numbers",
        "kinds:c | has no column c; the file has emb (list of lists), pair (group of columns), day",
        "flat:int | column int (int32) does not hold lists of numbers",
      })
  void refused(String name, String refusal) {
    int colon = name.indexOf(':');
    String spec = colon < 0 ? file(name) : file(name.substring(0, colon)) + name.substring(colon);
    assertBad(() -> read(spec), refusal);
    assertBad(() -> Fixtures.stream(spec), refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x | a value is missing in column x, row 3, column 0",
        "y | overflows float32, row 0, column 1",
        "name | column name (text) does not hold numbers",
      })
  void numbersThatAreNone(String column, String refusal) {
    assertBad(
        () -> rows(file("no_number"), ReadOptions.DEFAULT.withColumns(List.of(column))), refusal);
  }

  @Test
  void rowsWithoutANameAreRefused() {
    ReadOptions options = ReadOptions.DEFAULT.withColumns(List.of("y")).withNonFinite();
    assertEquals(Float.POSITIVE_INFINITY, rows(file("no_number"), options)[4][0]);
    assertBad(
        () -> rows(file("no_number"), options.withIdColumn("name")),
        "a value is missing in column name, row 3, column 2");
    assertBad(
        () -> rows(file("snappy"), ReadOptions.DEFAULT.withIdColumn("emb")),
        "column emb (list of float32) does not name rows");
  }

  @Test
  void aFolderIsReadByTheNamesOfItsFiles() throws IOException {
    Path folder = Files.createDirectory(dir.resolve("items.parquet"));
    assertBad(() -> read(folder.toString()), "is a folder without .parquet files");
    copy("snappy", folder.resolve("part-1.parquet"));
    copy("zstd", folder.resolve("part-0.snappy.parquet"));
    copy("empty", folder.resolve("part-2.parquet"));
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".part-0.parquet"), "not read");
    for (String spec : List.of(folder.toString(), folder + ":emb", folder + "/")) {
      float[][] rows = read(spec);
      assertEquals(10, rows.length, spec);
      IntStream.range(0, 10)
          .forEach(i -> assertSame(new float[][] {ITEMS[i % 5]}, new float[][] {rows[i]}));
    }
    copy("short_list", folder.resolve("part-3.parquet"));
    assertBad(
        () -> read(folder.toString()),
        "part-3.parquet: has a list of 2 values, where the first has 3, row 0");
    copy("half", folder.resolve("part-2.parquet"));
    assertBad(
        () -> read(folder.toString()),
        "part-2.parquet: has no column emb (list of float32) as the first file of the folder has; it has x");
  }

  private static void copy(String name, Path to) throws IOException {
    Files.write(to, Files.readAllBytes(Path.of(file(name))));
  }

  @Test
  void namesAndFilesThatDoNotFit() throws IOException {
    Path other = dir.resolve("items.pq");
    copy("snappy", other);
    assertBad(
        () -> read(other.toString()), "looks like Parquet, but the name does not end in .parquet");
    Path text = Files.writeString(dir.resolve("text.parquet"), "a,b\n1,2\n");
    assertBad(() -> read(text.toString()), "looks like text, not Parquet");
    assertBad(() -> read(dir.resolve("no.parquet").toString()), "no such file");
    assertBad(() -> read(file("snappy") + ".gz"), "parquet is not read through gzip");
    assertBad(
        () -> Vectors.create(dir.resolve("out.parquet").toString(), 2, List.of()),
        "Parquet is not written; write .npy or .csv");
    Path cut = dir.resolve("cut.parquet");
    byte[] whole = Files.readAllBytes(Path.of(file("snappy")));
    Files.write(cut, java.util.Arrays.copyOf(whole, whole.length - 9));
    assertBad(() -> read(cut.toString()), "is damaged or not Parquet as Slate reads it");
    assertTrue(Files.deleteIfExists(cut));
  }
}

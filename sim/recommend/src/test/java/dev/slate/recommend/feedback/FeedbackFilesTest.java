package dev.slate.recommend.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackFilesTest {
  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static Feedback read(String spec) {
    return FeedbackFiles.read(List.of(spec), null, new Names(), new Names());
  }

  private static String complaint(String spec) {
    return assertThrows(InputException.class, () -> read(spec)).getMessage();
  }

  @Test
  void movieLensCountsAsItsReadmeSays() {
    Feedback log = read(SharedData.movieLens("u.data"));
    assertEquals(100_000, log.size());
    assertEquals(943, log.users().size());
    assertEquals(1682, log.items().size());
    int[] stars = new int[6];
    for (int row = 0; row < log.size(); row++) {
      stars[(int) log.value(row)]++;
    }
    assertEquals(
        List.of(6110, 11370, 27145, 34174, 21201),
        List.of(stars[1], stars[2], stars[3], stars[4], stars[5]));
    assertTrue(log.timed());
  }

  @Test
  void movieLensFeaturesAreGenresAndPeople() {
    Names items = new Names();
    Features films = FeatureFiles.read(SharedData.movieLens("u.item"), items, true);
    assertEquals(1682, films.rows());
    int toyStory = items.find("1");
    assertEquals(1, films.get(toyStory, films.names().indexOf("animation")));
    assertEquals(0, films.get(toyStory, films.names().indexOf("western")));
    assertEquals(1995, films.get(toyStory, films.names().indexOf("year")));
    Names users = new Names();
    Features people = FeatureFiles.read(SharedData.movieLens("u.user"), users, true);
    assertEquals(943, people.rows());
    assertEquals(24, people.get(users.find("1"), people.names().indexOf("age")));
    assertEquals(1, people.get(users.find("1"), people.names().indexOf("occupation=technician")));
  }

  @Test
  void lastFmSkipsTheLinesBeforeItsRows() {
    Feedback log = read(SharedData.lastFm());
    assertEquals(92_834, log.size());
    assertEquals(1892, log.users().size());
    assertEquals(17_632, log.items().size());
    assertEquals(13_883, log.value(0));
    assertEquals(Kind.WATCH, log.kind(0));
    assertFalse(log.timed());
  }

  @Test
  void lastFmWithAHeader() throws IOException {
    Feedback log = read(file("user_artists.dat", "userID\tartistID\tweight\n2\t51\t13883\n"));
    assertEquals(1, log.size());
    assertEquals("51", log.items().get(0));
  }

  @Test
  void interNamesItsColumnsWithTypes() throws IOException {
    Feedback log =
        read(
            file(
                "ml.inter",
                """
                user_id:token\titem_id:token\trating:float\ttimestamp:float
                196\t242\t3\t881250949
                """));
    assertEquals("242", log.items().get(log.item(0)));
    assertEquals(881250949L, log.time(0));
    assertEquals(Kind.RATING, log.kind(0));
    Feedback implicit = read(file("x.inter", "item_id:token\tuser_id:token\nb\ta\n"));
    assertEquals("a", implicit.users().get(0));
    assertEquals(Kind.CLICK, implicit.kind(0));
  }

  @Test
  void csvTakesColumnsByName() throws IOException {
    Feedback log =
        read(
            file(
                "log.csv",
                """
                kind,time,item,user,value
                double-thumb-up,5,"a, b",x,1
                WATCH,4,c,x,12.5
                """));
    assertEquals("a, b", log.items().get(0));
    assertEquals(Kind.DOUBLE_THUMB_UP, log.kind(0));
    assertEquals(Kind.WATCH, log.kind(1));
    assertEquals(12.5f, log.value(1));
    assertEquals(4, log.time(1));
  }

  @ParameterizedTest
  @CsvSource({"log.csv, 59", "log.csv, 9", "log.tsv, 9", "log.tsv, 44"})
  void separatorsAreThoseOfTheHeader(String name, int code) throws IOException {
    String text = "user|item|value|time\nann|\"a|b\"|2|7\n\"bob,x;y\tz\"|c|1|8\n";
    Feedback log = read(file(name, text.replace('|', (char) code)));
    assertEquals(2, log.size());
    assertEquals("a" + (char) code + "b", log.items().get(log.item(0)));
    assertEquals("bob,x;y\tz", log.users().get(log.user(1)));
    assertEquals(2, log.value(0));
    assertEquals(8, log.time(1));
  }

  /** A spreadsheet of a country with decimal commas separates cells by semicolons. */
  @Test
  void aCommaMayBeTheDecimalMarkWhereItDoesNotSeparateCells() throws IOException {
    Feedback log = read(file("log.csv", "user;movieId;rating\na;x;4,5\nb;x;3\nb;y;1.5\n"));
    assertEquals(4.5f, log.value(0));
    assertEquals(3, log.value(1));
    assertEquals(1.5f, log.value(2));
    assertTrue(
        complaint(file("two.csv", "user;item;rating\na;x;1,234,5\n"))
            .endsWith("'1,234,5' is not a number, column 2, line 2"));
    assertTrue(
        complaint(file("both.csv", "user;item;rating\na;x;1.234,5\n"))
            .endsWith("'1.234,5' is not a number, column 2, line 2"));
  }

  @Test
  void aGzipThatIsCutOffIsNamedAsThat() throws IOException {
    byte[] bytes = packed("user,item\na,x\nb,y\n");
    Path path = directory.resolve("log.csv.gz");
    for (int size : List.of(5, bytes.length - 12, bytes.length - 1)) {
      Files.write(path, Arrays.copyOf(bytes, size));
      assertEquals(path + ": is cut off", complaint(path.toString()));
    }
  }

  /** Members one after another are one log; what follows them is refused, but for padding. */
  @Test
  void aGzipOfSeveralMembersIsReadWhole() throws IOException {
    byte[] first = packed("user,item\na,x\n");
    byte[] second = packed("b,y\n");
    Path path = directory.resolve("members.csv.gz");
    Files.write(path, joined(first, second, new byte[500]));
    assertEquals(2, read(path.toString()).size());
    Files.write(path, joined(first, new byte[3], second));
    String damaged = path + ": cannot be unpacked: what follows byte ";
    assertTrue(complaint(path.toString()).startsWith(damaged), complaint(path.toString()));
    byte[] large = packed("user,item\n" + "a,x\n".repeat(50_000));
    Files.write(path, joined(large, new byte[] {1, 2}));
    assertTrue(complaint(path.toString()).startsWith(damaged), complaint(path.toString()));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.write(part);
    }
    return bytes.toByteArray();
  }

  @Test
  void ratingsCsv() throws IOException {
    Feedback log = read(file("ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,126075\n"));
    assertEquals(2.5f, log.value(0));
    assertEquals(Kind.RATING, log.kind(0));
  }

  /** As Spark writes it: a folder of two files, with timestamps. */
  @Test
  void parquetTakesColumnsByName() {
    Path fixtures = Path.of("..", "..", "data", "src", "test", "resources", "fixtures", "parquet");
    Feedback log = read(fixtures.resolve("spark.parquet").toString());
    long start = Instant.parse("2026-01-02T03:04:05Z").getEpochSecond();
    assertEquals(6, log.size());
    for (int row = 0; row < 6; row++) {
      assertEquals(row % 2 == 0 ? "1" : "0", log.users().get(log.user(row)));
      assertEquals(Integer.toString(row + 1), log.items().get(log.item(row)));
      assertEquals(row + 1, log.value(row));
      assertEquals(start + row + 1, log.time(row));
      assertEquals(Kind.CLICK, log.kind(row));
    }
    Feedback rated = read(fixtures.resolve("ratings.parquet").toString());
    assertEquals("bob", rated.users().get(rated.user(0)));
    assertEquals(0.5f, rated.value(0));
    assertEquals(Kind.RATING, rated.kind(0));
    String lists = fixtures.resolve("snappy.parquet").toString();
    assertEquals(lists + ": has no column 'user'; it has id, title, emb", complaint(lists));
  }

  @Test
  void impressionsOfTheSimulation() throws IOException {
    Feedback log =
        read(
            file("impressions.csv", "step,user,rank,item,ad,chosen\n1,0,1,17,0,1\n1,0,2,18,0,0\n"));
    assertEquals(Kind.CLICK, log.kind(0));
    assertEquals(Kind.SHOWN, log.kind(1));
    assertEquals(1, log.time(1));
  }

  /** Latin-1 ids that differ in an umlaut alone would become one user. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\u00ef\u00bb\u00bf"})
  void idsAreUtf8(String mark) throws IOException {
    String text = mark + "user,item\nann,i\nZo\u00eb,i\nZo\u00e4,i\n";
    Path latin = directory.resolve("latin.csv");
    Files.write(latin, text.getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        latin + ": a cell has bytes that are not UTF-8, column 0, line 3",
        complaint(latin.toString()));
    Names users = new Names();
    String utf8 = file("utf.csv", "user,item\nZo\u00eb,i\n\ufffd,i\n");
    FeedbackFiles.read(List.of(utf8), null, users, new Names());
    assertEquals(1, users.find("\ufffd"));
  }

  @Test
  void badInputIsNamedInOneLine() throws IOException {
    String ratings = file("ratings.csv", "userId,movieId,rating,timestamp\n1,31,2.5,1\n1,32,9,1\n");
    assertEquals(
        ratings + ": a rating is from 0.5 to 5, not 9, column 2, line 3", complaint(ratings));
    String text = file("a.csv", "user,item,value\nx,y,many\n");
    assertEquals(text + ": 'many' is not a number, column 2, line 2", complaint(text));
    String nan = file("n.csv", "user,item,value\nx,y,NaN\n");
    assertEquals(nan + ": 'NaN' is not finite, column 2, line 2", complaint(nan));
    String kind = file("k.csv", "user,item,kind\nx,y,stare\n");
    assertEquals(
        kind
            + ": 'stare' is no kind of feedback; there are rating, thumb-down, thumb-up,"
            + " double-thumb-up, shown, view, click, dwell, watch, purchase, bookmark, subscribe,"
            + " repeat-visit, column 2, line 2",
        complaint(kind));
    String columns = file("c.csv", "who,item\nx,y\n");
    assertEquals(columns + ": has no column 'user'; it has who, item", complaint(columns));
    String empty = file("e.csv", "user,item\n");
    assertEquals(empty + ": holds no feedback", complaint(empty));
    String cell = file("m.csv", "user,item\n,y\n");
    assertEquals(cell + ": a cell is empty, column 0, line 2", complaint(cell));
    String narrow = file("u.data", "1\t2\t3\n");
    assertEquals(narrow + ": has 3 columns, not 4, line 1", complaint(narrow));
    String missing = directory.resolve("no.csv").toString();
    assertEquals(missing + ": no such file", complaint(missing));
    assertEquals("feedback.xyz: its name does not tell its format", complaint("feedback.xyz"));
  }

  @Test
  void featuresOfWordsBecomeColumns() throws IOException {
    Names items = new Names();
    items.add("b");
    Features features =
        FeatureFiles.read(
            file("f.csv", "item,price,colour\na,1.5,red\nb,2,blue\nz,,\n"), items, false);
    assertEquals(List.of("price", "colour=blue", "colour=red"), features.names());
    assertEquals(1, features.rows());
    assertEquals(2, features.get(0, 0));
    assertEquals(1, features.get(0, 1));
    assertEquals(0, features.get(0, 2));
    InputException twice =
        assertThrows(
            InputException.class,
            () -> FeatureFiles.read(file("t.csv", "item,x\na,1\na,2\n"), new Names(), true));
    assertTrue(twice.getMessage().contains("names 'a' twice"), twice.getMessage());
    StringBuilder many = new StringBuilder("item,colour,name\n");
    for (int i = 0; i < 4097; i++) {
      many.append(i).append(i % 2 == 0 ? ",red,n" : ",blue,n").append(i).append('\n');
    }
    String names = file("names.csv", many.toString());
    InputException wide =
        assertThrows(InputException.class, () -> FeatureFiles.read(names, new Names(), true));
    assertEquals(
        names
            + ": 'name' has 4097 texts, each of which becomes a feature; the most is 4096: leave it"
            + " out",
        wide.getMessage());
  }
}

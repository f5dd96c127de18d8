package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.data.cli.Shell.Ran;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users bring to a search, and ask of it: each answer is one that can be read off the items.
 */
class SearchOptionsTest {
  private static final String HEADER = "query,rank,item,score\n";

  @TempDir Path dir;
  private String items;
  private String queries;

  @BeforeEach
  void files() throws IOException {
    items = text("items.csv", "0,0\n1,0\n0,3\n9,9\n");
    queries = text("queries.csv", "0,0\n1,0\n");
  }

  private String text(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text).toString();
  }

  private String npy(String name, int d, float... values) {
    String file = dir.resolve(name).toString();
    try (VectorWriter out = Vectors.create(file, d, List.of())) {
      out.append(values, 0, values.length / d);
      out.commit();
    }
    return file;
  }

  private static Ran ran(String... more) {
    List<String> line = new ArrayList<>(List.of("search"));
    line.addAll(List.of(more));
    return Shell.run(line.toArray(String[]::new));
  }

  private Ran search(String... more) {
    List<String> line = new ArrayList<>(List.of("--items", items, "--queries", queries));
    line.addAll(List.of(more));
    return ran(line.toArray(String[]::new));
  }

  private String out(String... more) {
    Ran ran = search(more);
    assertEquals(0, ran.exit(), ran::err);
    assertEquals("", ran.err());
    return ran.out();
  }

  private void bad(String problem, String... more) {
    Ran ran = search(more);
    assertEquals(2, ran.exit(), ran::err);
    assertTrue(ran.err().contains(problem), ran::err);
  }

  /** Latin-1 names would become one name; where the column is not asked for, it does not matter. */
  @Test
  void namesAreText() throws IOException {
    Path latin = dir.resolve("latin.csv");
    Files.write(
        latin, "name,x,y\nf\u00fc,0,0\nf\u00e4,1,0\n".getBytes(StandardCharsets.ISO_8859_1));
    Ran named =
        ran("--items", latin.toString(), "--id-column", "name", "--queries", queries, "-k", "1");
    assertEquals(2, named.exit());
    assertEquals(
        "slate: "
            + latin
            + ": 'f<U+FFFF>' is a name with bytes that are not UTF-8: convert the text, or leave names out, row 0, column 0, line 2\n",
        named.err());
    Ran numbers =
        ran("--items", latin.toString(), "--columns", "x,y", "--queries", queries, "-k", "1");
    assertEquals(0, numbers.exit(), numbers::err);
    Files.writeString(latin, "name,x,y\n\ufffd,0,0\nf\u00e4,1,0\n");
    Ran whole =
        ran("--items", latin.toString(), "--id-column", "name", "--queries", queries, "-k", "1");
    assertEquals(HEADER + "0,1,\ufffd,0.0\n1,1,f\u00e4,0.0\n", whole.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.npy", "a.ibin", "a.ivecs", "a.csv", "a.tsv", "a.csv.gz"})
  void checksEveryKindOfAnswerThatItWrites(String name) {
    String file = dir.resolve(name).toString();
    assertEquals("", out("--radius", "9", "-k", "4", "--out", file));
    Ran ran = search("--radius", "9", "-k", "4", "--check", file);
    assertEquals(0, ran.exit(), ran::err);
    assertEquals(
        "recall@4 1.000000: 5 of 5 within the score of the true neighbours, 5 of them the same"
            + " items\n",
        ran.err().replace("\r", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ivecs", "a.csv"})
  void checksAnswersOfDifferentLengths(String name) {
    String file = dir.resolve(name).toString();
    out("--radius", "9", "--out", file);
    Ran ran = search("--radius", "9", "--check", file);
    assertTrue(ran.err().startsWith("recall@all 1.000000: 5 of 5 "), ran::err);
    Ran less = search("--radius", "1", "--check", file);
    assertTrue(less.err().startsWith("recall@all 0.800000: 4 of 5 "), less::err);
  }

  @Test
  void describesListsOfDifferentLengths() {
    String file = dir.resolve("a.ivecs").toString();
    out("--radius", "9", "--out", file);
    Ran ran = Shell.run("data", "describe", file);
    assertEquals(file + ": 2 lists of 2 to 3 int32, 5 in all\n", ran.out().replace("\r", ""));
  }

  @Test
  void aNeighbourCountsOnce() throws IOException {
    ByteBuffer twice = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    twice.putInt(2).putInt(1).putInt(1).putInt(2).putInt(0).putInt(1);
    Path file = Files.write(dir.resolve("t.ivecs"), twice.array());
    bad("the neighbour 1 occurs twice, row 0, column 1", "-k", "2", "--check", file.toString());
    // Items 0 and 1 tie with the worst true neighbour: three are good, two are wanted.
    String ties = text("ties.csv", "0,0\n0,0\n0,0\n5,5\n");
    Path truth =
        Files.write(
            dir.resolve("u.ivecs"),
            ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(1).putInt(2).array());
    Ran ran =
        ran("--items", ties, "--queries", text("q.csv", "0,0\n"), "-k", "3", "--check", "" + truth);
    assertEquals(
        "recall@3 1.000000: 1 of 1 within the score of the true neighbours, 1 of them the same"
            + " items\n",
        ran.err().replace("\r", ""));
  }

  @Test
  void checkRefusesWhatIsNoAnswer() throws IOException {
    bad(
        "the neighbour 7 is none of the items 0 to 3",
        "-k",
        "1",
        "--check",
        text("a.csv", "query,item\n0,7\n"));
    bad("but one is missing", "-k", "1", "--check", text("b.csv", "q,i\n0,1\n"));
    bad(
        "the queries are not in order",
        "-k",
        "1",
        "--check",
        text("c.csv", "query,item\n1,0\n0,1\n"));
  }

  /** A query without an answer has no line in CSV, be it the last one. */
  @Test
  void checksAnswersThatLackTheLastQuery() throws IOException {
    Ran ran = search("-k", "1", "--check", text("d.csv", "query,item\n0,0\n"));
    assertEquals(0, ran.exit(), ran::err);
    assertTrue(ran.err().contains("; no neighbours for 1 of 2 queries"), ran::err);
    String file = dir.resolve("none.csv").toString();
    out("--radius", "0", "--out", file);
    assertEquals(0, search("--radius", "0", "--check", file).exit());
    String items = text("far.csv", "0,0\n1,0\n");
    String queries = text("q.csv", "0,0\n9,9\n");
    assertEquals(
        0, ran("--items", items, "--queries", queries, "--radius", "1", "--out", file).exit());
    Ran checked = ran("--items", items, "--queries", queries, "--radius", "1", "--check", file);
    assertEquals(
        "recall@all 1.000000: 2 of 2 within the score of the true neighbours, 2 of them the same"
            + " items; no neighbours for 1 of 2 queries\n",
        checked.err().replace("\r", ""));
  }

  @Test
  void distances() {
    assertEquals(
        "query,rank,item,distance\n0,1,0,0.0\n0,2,1,1.0\n0,3,2,3.0\n1,1,1,0.0\n1,2,0,1.0\n",
        out("--distances", "--radius", "3"));
    assertEquals(HEADER + "0,1,0,0.0\n0,2,1,1.0\n1,1,1,0.0\n1,2,0,1.0\n", out("--radius", "3"));
    bad("--distances: goes with --metric euclidean only", "--distances", "--metric", "dot");
    bad("--radius: a distance is at least 0, not -1.0", "--distances", "--radius", "-1");
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1e-30f, 0.1f, 1, 1.1f, 3, 1e10f, 1e20f, Float.MAX_VALUE})
  void aRadiusHasALargestSquare(float radius) {
    float square = QueryOptions.squared(radius);
    assertTrue((float) Math.sqrt((double) square) <= radius);
    float next = Math.nextUp(square);
    assertTrue(Float.isInfinite(next) || (float) Math.sqrt((double) next) > radius);
  }

  @Test
  void excludesTheQueryItself() throws IOException {
    for (String threads : List.of("1", "2")) {
      String all =
          ran(
                  "--items",
                  items,
                  "--queries",
                  items,
                  "-k",
                  "1",
                  "--exclude-self",
                  "--threads",
                  threads)
              .out();
      assertEquals(HEADER + "0,1,1,1.0\n1,1,0,1.0\n2,1,0,9.0\n3,1,2,117.0\n", all);
    }
    String many = text("many.csv", "0,0\n".repeat(5));
    Ran ran = ran("--items", items, "--queries", many, "--exclude-self");
    assertEquals(
        "slate: --exclude-self: there is no item 4 for query 4\n", ran.err().replace("\r", ""));
  }

  @Test
  void leavesOutAListForEachQuery() throws IOException {
    String lists = text("lists", "0 1\n\n");
    String deny = text("deny", "1\n");
    for (String threads : List.of("1", "2")) {
      assertEquals(
          HEADER + "0,1,2,9.0\n1,1,1,0.0\n",
          out("-k", "1", "--deny-lists", lists, "--threads", threads));
      assertEquals(
          HEADER + "0,1,2,9.0\n1,1,0,1.0\n",
          out("-k", "1", "--deny-lists", lists, "--deny", deny, "--threads", threads));
      assertEquals(
          HEADER + "0,1,2,9.0\n1,1,0,1.0\n",
          out("-k", "1", "--deny-lists", lists, "--exclude-self", "--threads", threads));
    }
    bad("has 1 lines, but there are more queries", "--deny-lists", text("short", "0\n"));
    bad("ordinals go from 0 to 3, not 4, line 2", "--deny-lists", text("far", "0\n1, 4\n"));
    bad("digits only, line 1", "--deny-lists", text("words", "a\n\n"));
    bad("no such file", "--deny-lists", dir.resolve("none").toString());
  }

  @Test
  void namesItemsByAColumn() throws IOException {
    items = text("named.csv", "id,x,y\nroot,0,0\n\"a, b\",1,0\n");
    assertEquals(
        HEADER + "0,1,root,0.0\n0,2,\"a, b\",1.0\n1,1,\"a, b\",0.0\n1,2,root,1.0\n",
        out("--id-column", "id"));
    String file = dir.resolve("named-answers.csv").toString();
    out("--id-column", "id", "--out", file);
    Ran ran = search("--id-column", "id", "--check", file);
    assertTrue(ran.err().startsWith("recall@2 1.000000: 4 of 4 "), ran::err);
    items = npy("ids.npy", 3, 70, 0, 0, 80, 1, 0);
    assertEquals(
        HEADER + "0,1,70,0.0\n0,2,80,1.0\n1,1,80,0.0\n1,2,70,1.0\n", out("--id-column", "0"));
  }

  @Test
  void wordsAreNames() throws IOException {
    items = text("glove.txt", "the 0 0\nof 1 0\n");
    Ran ran = search("-k", "1");
    assertEquals(HEADER + "0,1,the,0.0\n1,1,of,0.0\n", ran.out());
    assertTrue(
        ran.err().contains("the first column names the rows (--columns takes others)"), ran::err);
  }

  /** The library names the guess that may be wrong, the command line the option that helps. */
  @Test
  void namesTheOptionThatHelps() throws IOException {
    items = text("row.csv", "0,0.1.1\n1,2\n");
    Ran row = search();
    assertEquals(2, row.exit());
    assertTrue(
        row.err()
            .endsWith(
                ": '0.1.1' is not a number; the first line was taken for a row, row 0, column 1,"
                    + " line 1 (if that line names the columns, say --header yes, or --query-header"
                    + " yes of queries)\n"),
        row::err);
    items = text("words.csv", "id,x,y\na,1,2\n");
    Ran column = search();
    assertEquals(2, column.exit());
    assertTrue(
        column
            .err()
            .endsWith(
                ": 'a' is not a number; its column was taken for an attribute, row 0, column 0,"
                    + " line 2 (--columns takes others, and --id-column of a search names the"
                    + " items)\n"),
        column::err);
  }

  @Test
  void oneColumnIsOneQueryWhereItFits() {
    String one = npy("one.npy", 1, 0, 3);
    Ran ran = ran("--items", items, "--queries", one, "-k", "1");
    assertEquals(HEADER + "0,1,2,0.0\n", ran.out());
    assertTrue(ran.err().contains("one column of 2 values is taken for one query"), ran::err);
    Ran bad = ran("--items", items, "--queries", npy("two.npy", 1, 0, 3, 4));
    assertTrue(bad.err().contains("has 1 columns, but the items have 2"), bad::err);
  }

  @Test
  void centres() throws IOException {
    String times = text("times.csv", "t\n1700000030\n1700000010\n");
    String now = text("now.csv", "t\n1700000000\n");
    Ran lost = ran("--items", times, "--queries", now);
    assertTrue(lost.out().startsWith(HEADER + "0,1,0,0.0\n"), lost::out);
    assertTrue(lost.err().contains("(search --center subtracts the midpoint"), lost::err);
    Ran kept = ran("--items", times, "--queries", now, "--center");
    assertEquals(HEADER + "0,1,1,100.0\n0,2,0,900.0\n", kept.out());
    assertEquals("", kept.err());
    InputStream in = System.in;
    System.setIn(new ByteArrayInputStream("1700000000\n".getBytes(StandardCharsets.US_ASCII)));
    try {
      assertEquals(kept.out(), ran("--items", times, "--queries", "-", "--center").out());
    } finally {
      System.setIn(in);
    }
    String map = text("map.csv", "x,y\n388096.00,3948996.12\n388096.02,3948996.10\n");
    String place = text("place.csv", "x,y\n388096.00,3948996.00\n");
    Ran near = ran("--items", map, "--queries", place, "--center", "-k", "1", "--distances");
    assertTrue(near.out().startsWith("query,rank,item,distance\n0,1,1,0.10"), near::out);
    bad("--center: goes with --metric euclidean only", "--center", "--metric", "dot");
    Ran standard = ran("--items", "-", "--queries", now, "--center");
    assertTrue(standard.err().contains("--center: reads the items twice"), standard::err);
  }

  @Test
  void saysWhereScoresLeaveTheRangeOfFloats() throws IOException {
    Ran large =
        ran(
            "--items",
            text("l.csv", "1e20,2e19\n1e20,1e19\n"),
            "--queries",
            text("q.csv", "0,0\n"));
    assertTrue(large.out().contains("0,1,0,Infinity\n"), large::out);
    assertTrue(large.err().startsWith("slate: 2 scores overflow float32"), large::err);
    Ran small =
        ran("--items", text("s.csv", "3e-25,0\n1e-25,0\n"), "--queries", text("r.csv", "0,0\n"));
    assertTrue(small.out().contains("0,1,0,0.0\n"), small::out);
    assertTrue(small.err().startsWith("slate: 2 scores are below 1.2e-38"), small::err);
    assertEquals("", search().err());
  }

  @Test
  void readsTextAsItIsTold() throws IOException {
    items = text("one-column.csv", "0,5\n2,25\n");
    queries = text("q1.csv", "0.5\n");
    bad("has 1 columns, but the items have 2");
    queries = text("q2.csv", "0,5\n");
    assertEquals(
        HEADER + "0,1,0,0.0\n0,2,1,3.0625\n", out("--delimiter", "semicolon", "--decimal", ","));
    bad("'ab' is no delimiter", "--delimiter", "ab");
    bad("'x' is no decimal mark", "--decimal", "x");
  }

  @Test
  void takesUpTo65536Attributes() {
    int d = 65_536;
    float[] rows = new float[2 * d];
    rows[d - 1] = 1;
    String file = npy("wide.npy", d, rows);
    Ran ran = ran("--items", file, "--queries", file, "-k", "1");
    assertEquals(HEADER + "0,1,0,0.0\n1,1,1,0.0\n", ran.out(), ran::err);
    Ran wide = ran("--items", npy("wider.npy", d + 1, new float[d + 1]), "--queries", file);
    assertTrue(wide.err().contains("has 65537 columns; the most is 65536"), wide::err);
  }

  @Test
  void refusesMoreThreadsThanAreOfUse() {
    bad("--threads: is 40000; the most on this machine is ", "--threads", "40000");
  }
}

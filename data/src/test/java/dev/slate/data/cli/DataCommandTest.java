package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.data.cli.Shell.Ran;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataCommandTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"uniform, 3", "gaussian, 17", "clustered, 8", "lowrank, 40", "memotion, 5"})
  void generatesTheItemsOfAWorld(String kind, int d) throws IOException {
    String first = at("a.npy");
    done("data", "generate", "--kind", kind, "--items", "2.5k", "--dims", "" + d, "--out", first);
    String again = at("b.npy");
    done("data", "generate", "--kind", kind, "--items", "2500", "--dims", "" + d, "--out", again);
    assertArrayEquals(Files.readAllBytes(Path.of(first)), Files.readAllBytes(Path.of(again)));
    assertArrayEquals(rows(kind + ":2500:" + d), rows(first));
    done(
        "data",
        "generate",
        "--kind",
        kind,
        "--items",
        "100",
        "--dims",
        "" + d,
        "--seed",
        "3",
        "--queries",
        "--out",
        first);
    assertArrayEquals(rows(kind + ":100:" + d + ":3:queries"), rows(first));
  }

  @Test
  void refusesToGenerate() throws IOException {
    String out = at("a.npy");
    bad(
        "slate: --dims: memotion has 5 attributes",
        "--kind",
        "memotion",
        "--dims",
        "4",
        "--out",
        out);
    bad(
        "slate: --jitter: goes with memotion only",
        "--kind",
        "uniform",
        "--jitter",
        "1",
        "--out",
        out);
    bad(
        "slate: --jitter: must be from 0 to 1",
        "--kind",
        "memotion",
        "--jitter",
        "2",
        "--out",
        out);
    bad("is not a count", "--kind", "uniform", "--dims", "many", "--out", out);
    bad("must be at least 1", "--kind", "uniform", "--dims", "0", "--out", out);
    bad("its directory does not exist", "--kind", "uniform", "--out", at("none/a.npy"));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(0, files.count());
    }
  }

  private static void bad(String problem, String... args) {
    String[] all =
        Stream.concat(Stream.of("data", "generate", "--items", "10"), Arrays.stream(args))
            .toArray(String[]::new);
    Ran ran = Shell.run(all);
    assertEquals(2, ran.exit());
    assertTrue(ran.err().contains(problem), ran.err());
  }

  @Test
  void convertsToStandardOutput() throws IOException {
    String items = at("i.csv");
    Files.writeString(Path.of(items), "name,x,y\na,1,2.5\n\"b,c\",3,4\n");
    Ran ran = Shell.run("data", "convert", "--in", items, "--columns", "x,y", "--out", "-");
    assertEquals(0, ran.exit(), ran::err);
    assertEquals("x,y\n1.0,2.5\n3.0,4.0\n", ran.out());
    ran = Shell.run("data", "convert", "--in", items, "--keep", "name", "--out", "-");
    assertEquals(
        Files.readString(Path.of(items)).replace("1,2", "1.0,2").replace("3,4", "3.0,4.0"),
        ran.out());
  }

  @Test
  void convertsBetweenFormats() throws IOException {
    String npy = at("a.npy");
    done("data", "generate", "--kind", "gaussian", "--items", "1k", "--dims", "7", "--out", npy);
    String before = npy;
    for (String ending :
        new String[] {"csv", "fvecs", "tsv.gz", "hdf5:rows", "npy.gz", "csv.gz", "npy"}) {
      String after = at("b." + ending);
      done("data", "convert", "--in", before, "--out", after);
      assertArrayEquals(rows(npy), rows(after));
      before = after;
    }
    done("data", "convert", "--in", npy, "--columns", "6,0-1", "--out", at("c.npy"));
    float[] all = rows(npy);
    float[] some = rows(at("c.npy"));
    assertEquals(3000, some.length);
    assertArrayEquals(new float[] {all[6], all[0], all[1], all[13]}, Arrays.copyOf(some, 4));
  }

  @Test
  void conversionKeepsNamesAndLeavesNothingOnFailure() throws IOException {
    done("data", "convert", "--in", "memotion", "--out", at("m.csv"));
    try (Stream<String> lines = Files.lines(dir.resolve("m.csv"))) {
      assertEquals(
          "humour,sarcasm,offensive,motivational,overall_sentiment\n0.0,-1.0,-1.0,1.0,1.0",
          String.join("\n", lines.limit(2).toList()));
    }
    Files.writeString(dir.resolve("x.csv"), "1,2\n3,oops\n");
    Ran ran = Shell.run("data", "convert", "--in", at("x.csv"), "--out", at("x.npy"));
    assertEquals(2, ran.exit());
    assertEquals(
        "slate: " + at("x.csv") + ": 'oops' is not a number, row 1, column 1, line 2\n", ran.err());
    ran = Shell.run("data", "convert", "--in", at("m.csv"), "--out", at("m.bvecs"));
    assertEquals(
        "slate: " + at("m.bvecs") + ": holds integers from 0 to 255, not -1.0, row 0, column 1\n",
        ran.err());
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void conversionKeepsColumnsOfText() throws IOException {
    Path items =
        Files.writeString(dir.resolve("i.csv"), "name,author,x,y\n\"a,1\",Bob,1,2.5\nb,Eve,-3,4\n");
    done("data", "convert", "--in", "" + items, "--keep", "name,author", "--out", at("i.tsv"));
    assertEquals(
        "name\tauthor\tx\ty\na,1\tBob\t1.0\t2.5\nb\tEve\t-3.0\t4.0\n",
        Files.readString(dir.resolve("i.tsv")));
    Files.writeString(dir.resolve("w.txt"), "2 2\nthe 1 2\nof 3 4\n");
    done("data", "convert", "--in", at("w.txt"), "--keep", "0", "--out", at("w.csv"));
    assertEquals("name,x0,x1\nthe,1.0,2.0\nof,3.0,4.0\n", Files.readString(dir.resolve("w.csv")));
    done("data", "convert", "--in", at("w.csv"), "--keep", "name", "--out", at("v.txt"));
    assertEquals("the 1.0 2.0\nof 3.0 4.0\n", Files.readString(dir.resolve("v.txt")));
    done("data", "convert", "--in", "memotion", "--keep", "name", "--out", at("m.csv"));
    try (Stream<String> lines = Files.lines(dir.resolve("m.csv"))) {
      assertEquals("image_0.png,0.0,-1.0,-1.0,1.0,1.0", lines.skip(1).findFirst().orElseThrow());
    }
    for (String[] refused :
        new String[][] {
          {at("w.csv"), "name", at("w.npy"), "w.npy: holds numbers only"},
          {"memotion", "author", at("n.csv"), "--keep: memotion has no column author; it has name"},
          {"-", "name", at("n.csv"), "--keep: reads the text more than once"},
          {at("i.csv"), "name,author", at("n.txt"), "n.txt: holds one word in each line"}
        }) {
      Ran ran =
          Shell.run(
              "data", "convert", "--in", refused[0], "--keep", refused[1], "--out", refused[2]);
      assertEquals(2, ran.exit());
      assertTrue(ran.err().contains(refused[3]), ran::err);
    }
  }

  @Test
  void takesTheHeaderForWhatItIsSaidToBe() throws IOException {
    Files.writeString(dir.resolve("x.csv"), "0,1\n2,3\n");
    done("data", "convert", "--in", at("x.csv"), "--header", "yes", "--out", at("a.npy"));
    assertArrayEquals(new float[] {2, 3}, rows(at("a.npy")));
    done("data", "convert", "--in", at("x.csv"), "--header", "no", "--out", at("a.npy"));
    assertArrayEquals(new float[] {0, 1, 2, 3}, rows(at("a.npy")));
    assertTrue(done("data", "describe", at("x.csv"), "--header", "yes").contains(": 1 x 2, text"));
    Ran ran =
        Shell.run(
            "search",
            "--items",
            at("x.csv"),
            "--header",
            "yes",
            "--queries",
            at("x.csv"),
            "--query-header",
            "no");
    assertEquals("query,rank,item,score\n0,1,0,8.0\n1,1,0,0.0\n", ran.out());
  }

  @Test
  void readsStandardInput() throws IOException {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream("1,2\n3,4\n".getBytes(StandardCharsets.UTF_8)));
      done("data", "convert", "--in", "-", "--out", at("a.npy"));
    } finally {
      System.setIn(before);
    }
    assertArrayEquals(new float[] {1, 2, 3, 4}, rows(at("a.npy")));
  }

  @Test
  void describes() throws IOException {
    Files.writeString(
        dir.resolve("x.csv"), "id,value\n1,2.5\n2,nan\n1,2.5\n3,-inf\n2,nan\n-0,0\n0,-0.0\n");
    assertEquals(
        """
        FILE: 7 x 2, text
        column            min            max           mean             sd
        id            0.00000        3.00000        1.28571        1.03016
        value         0.00000        2.50000        1.25000        1.25000
        distinct rows: 4 (3 repeat an earlier row)
        values that are not finite: 3, the first NaN, row 1, column 1
        """,
        done("data", "describe", at("x.csv"))
            .replace(at("x.csv"), "FILE")
            .replace("-0.00000", " 0.00000"));
    String memotion = done("data", "describe", "memotion");
    assertTrue(memotion.startsWith("memotion: 6993 x 5, built in\n"), memotion);
    assertTrue(memotion.contains("\ndistinct rows: 496 (6497 repeat an earlier row)\n"), memotion);
    assertTrue(memotion.endsWith("values that are not finite: none\n"), memotion);
  }

  @Test
  void describesWhatDoesNotExist() {
    Ran ran = Shell.run("data", "describe", at("none.npy"));
    assertEquals(2, ran.exit());
    assertEquals("slate: " + at("none.npy") + ": no such file\n", ran.err());
    assertEquals("", ran.out());
  }

  @Test
  void wantsASubcommand() {
    assertEquals(2, Shell.run("data").exit());
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private static String done(String... args) {
    Ran ran = Shell.run(args);
    assertEquals("", ran.err());
    assertEquals(0, ran.exit());
    return ran.out();
  }

  private static float[] rows(String spec) {
    try (VectorFile file = Vectors.open(spec)) {
      float[] rows = new float[file.size() * file.dimensions()];
      file.copyRows(0, file.size(), rows, 0);
      return rows;
    }
  }
}

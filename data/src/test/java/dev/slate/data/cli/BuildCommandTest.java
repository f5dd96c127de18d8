package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.cli.Shell.Ran;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.CatalogBuilder;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An index in a file answers, byte for byte, as the files that it was built from. */
class BuildCommandTest {
  private static final String ITEMS = "clustered:1500:8";
  private static final String QUERIES = "clustered:40:8:7:queries";

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void answersAsTheItemsDo(Metric metric) throws IOException {
    String name = metric.name().toLowerCase(Locale.ROOT);
    List<String> allow = lines(i -> i % 3 == 0);
    Files.write(dir.resolve("allow"), allow);
    Files.write(dir.resolve("lists"), lines(i -> i < 40));
    List<List<String>> searches =
        new ArrayList<>(
            List.of(
                List.of(),
                List.of("-k", "3", "--threads", "2"),
                List.of("-k", "2k"),
                List.of("--radius", metric == Metric.EUCLIDEAN ? "4" : "0.6"),
                List.of("--allow", at("allow"), "--deny", at("lists")),
                List.of("--exclude-self", "--deny-lists", at("lists"), "--threads", "3")));
    if (metric == Metric.EUCLIDEAN) {
      searches.add(List.of("--weights", "1,2,0,1,1,0.5,1,1", "--distances"));
    }
    for (String strategy : List.of("auto", "scan", "tree", "quantized")) {
      String file = at(strategy + ".slate");
      Ran built = build(ITEMS, file, "--metric", name, "--strategy", strategy, "--threads", "2");
      String told = "1500 x 8, " + name + ", ";
      assertTrue(built.out().startsWith(file + ": " + told), built.out());
      assertTrue(built.out().contains(", " + Files.size(Path.of(file)) + " bytes, "), built.out());
      assertTrue(built.out().matches("(?s).*, read and built in [0-9.]+ (µs|ms|s)\n"), built.out());
      for (List<String> options : searches) {
        Ran expected = search(ITEMS, options, "--metric", name, "--strategy", strategy);
        assertTrue(expected.out().lines().count() > 40, "some answers");
        assertEquals(expected, search(file, options));
      }
      assertEquals(
          search(ITEMS, List.of(), "--metric", name), search(file, List.of(), "--metric", name));
    }
  }

  @Test
  void countersPlanAndOutputsAreThoseOfTheBuild() throws IOException {
    String file = at("x.slate");
    build(ITEMS, file, "--strategy", "tree");
    search(ITEMS, List.of("--out", at("truth.ivecs")));
    List<String> options = List.of("--check", at("truth.ivecs"), "--explain");
    List<String> expected =
        search(ITEMS, options, "--strategy", "tree", "--out", at("a.npy")).err().lines().toList();
    List<String> got = search(file, options, "--out", at("b.npy")).err().lines().toList();
    assertEquals(expected.size(), got.size());
    for (int i = 0; i < got.size(); i++) {
      if (got.get(i).startsWith("opened: ")) {
        assertTrue(expected.get(i).startsWith("read and built: "), expected.get(i));
      } else if (!got.get(i).startsWith("search: ")) {
        assertEquals(expected.get(i), got.get(i));
      }
    }
    assertTrue(got.get(0).startsWith("recall@10 1.000000"), got.get(0));
    assertArrayEquals(
        Files.readAllBytes(Path.of(at("a.npy"))), Files.readAllBytes(Path.of(at("b.npy"))));
  }

  @Test
  void keepsBiases() throws IOException {
    Files.writeString(
        dir.resolve("bias.csv"),
        IntStream.range(0, 1_500).mapToObj(i -> i % 7 / 4f + "\n").collect(Collectors.joining()));
    String[] how = {"--metric", "dot", "--bias", at("bias.csv")};
    build(ITEMS, at("x.slate"), how);
    Ran expected = search(ITEMS, List.of(), how);
    assertNotEquals(search(ITEMS, List.of(), "--metric", "dot"), expected);
    assertEquals(expected, search(at("x.slate"), List.of()));
  }

  /** Cells with line breaks, quotes and characters of four bytes, and an empty one. */
  @Test
  void keepsNames() throws IOException {
    Files.writeString(
        dir.resolve("named.csv"),
        "x,name,y\n1,\"a\nb\",2\n2,\"c,\"\"d\",1\n3,\ud83d\ude00,0\n4,a,9\n5,b,9\n6,,2\n");
    Files.writeString(dir.resolve("queries.csv"), "1,1\n5,5\n");
    String named = at("named.csv");
    build(named, at("x.slate"), "--id-column", "name");
    List<String> options = List.of("--queries", at("queries.csv"));
    Ran expected = run("search", named, options, "--id-column", "name");
    assertTrue(expected.out().contains("\ud83d\ude00"), expected.out());
    assertEquals(expected, run("search", at("x.slate"), options));
    Files.writeString(dir.resolve("answers.csv"), expected.out());
    Ran checked =
        run("search", at("x.slate"), options, "-k", "3", "--check", named(expected.out()));
    assertTrue(checked.err().startsWith("recall@3 1.000000: 6 of 6"), checked.err());
  }

  /** The three best of each query, as answers that {@code --check} reads. */
  private String named(String answers) throws IOException {
    String shorter =
        answers.replaceAll("(?m)^[01],[4-6],(\"[^\"]*(\"\"[^\"]*)*\"|[^,]*),[^\n]*\n", "");
    return Files.writeString(dir.resolve("best.csv"), shorter).toString();
  }

  @Test
  void keepsTheCenter() throws IOException {
    StringBuilder items = new StringBuilder("when,where\n");
    for (int i = 0; i < 500; i++) {
      items.append(1_700_000_000L + i * 7919L % 1000).append(',').append(50 + i % 17 / 100.0);
      items.append('\n');
    }
    Files.writeString(dir.resolve("items.csv"), items);
    Files.writeString(dir.resolve("queries.csv"), "1700000500,50.1\n1700000001,50.0\n");
    build(at("items.csv"), at("x.slate"), "--center");
    List<String> options = List.of("--queries", at("queries.csv"), "-k", "20");
    Ran expected = run("search", at("items.csv"), options, "--center");
    assertEquals(expected.out(), run("search", at("x.slate"), options).out());
    assertNotEquals(expected.out(), run("search", at("items.csv"), options).out());
  }

  @Test
  void tellsOfTinyAttributesAsTheItemsDo() throws IOException {
    Files.writeString(dir.resolve("items.csv"), "1e-30,2e-30\n3e-30,1e-30\n");
    build(at("items.csv"), at("x.slate"));
    List<String> options = List.of("--queries", at("items.csv"));
    Ran expected = run("search", at("items.csv"), options);
    assertTrue(expected.err().contains("scores are below"), expected.err());
    assertEquals(expected, run("search", at("x.slate"), options));
  }

  @Test
  void answersWithTheIdsOfAnIndexThatAProgramSaved() throws IOException {
    CatalogBuilder items = Catalog.builder(1);
    for (int i = 0; i < 9; i++) {
      items.add(-(1L << 40) * i, new float[] {i});
    }
    Index.builder(items.build()).build().save(dir.resolve("x.slate"));
    Files.writeString(dir.resolve("queries.csv"), "3.1\n7\n");
    List<String> options = List.of("--queries", at("queries.csv"), "-k", "2");
    Ran ran = run("search", at("x.slate"), options);
    assertEquals(
        "query,rank,item,score\n0,1,-3298534883328,"
            + (3 - 3.1f) * (3 - 3.1f)
            + "\n0,2,-4398046511104,"
            + (4 - 3.1f) * (4 - 3.1f)
            + "\n1,1,-7696581394432,0.0\n1,2,-6597069766656,1.0\n",
        ran.out());
    Files.writeString(dir.resolve("answers.csv"), ran.out());
    Ran checked = run("search", at("x.slate"), options, "--check", at("answers.csv"));
    assertTrue(checked.err().startsWith("recall@2 1.000000: 4 of 4"), checked.err());
    Files.writeString(dir.resolve("answers.csv"), "query,item\n0,5\n0,0\n1,0\n1,5\n");
    checked = run("search", at("x.slate"), options, "--check", at("answers.csv"));
    assertEquals(2, checked.exit());
    assertTrue(checked.err().contains("no item is named '5', line 2"), checked.err());
    String described = Shell.run("data", "describe", at("x.slate")).out();
    assertTrue(described.contains("items: ids\n"), described);
  }

  @Test
  void describes() {
    build(ITEMS, at("x.slate"), "--strategy", "tree", "--metric", "cosine");
    Ran ran = Shell.run("data", "describe", at("x.slate"));
    assertEquals("", ran.err());
    List<String> lines = ran.out().lines().toList();
    assertEquals(at("x.slate") + ": 1500 x 8, an index for cosine", lines.get(0));
    assertEquals("strategy: tree", lines.get(1));
    assertTrue(lines.contains("  asked for"), ran.out());
    assertTrue(lines.contains("items: ordinals"), ran.out());
    assertTrue(lines.contains("centered: no"), ran.out());
    refused("--header: is fixed in", "data", "describe", at("x.slate"), "--header", "no");
  }

  @Test
  void refusesWhatTheBuildDecided() {
    String file = at("x.slate");
    build(ITEMS, file, "--metric", "dot");
    String remedy = "is fixed in " + file + "; leave it out, or make another file with slate build";
    for (List<String> option :
        List.of(
            List.of("--strategy", "scan"),
            List.of("--planning", "measured"),
            List.of("--bias", "b.csv"),
            List.of("--center"),
            List.of("--columns", "0-3"),
            List.of("--header", "yes"),
            List.of("--id-column", "0"))) {
      List<String> line = new ArrayList<>(List.of("search", "--items", file, "--queries", QUERIES));
      line.addAll(option);
      refused(option.get(0) + ": " + remedy, line.toArray(String[]::new));
    }
    refused(
        "--metric: is fixed in " + file + ", as dot; leave it out",
        "search",
        "--items",
        file,
        "--queries",
        QUERIES,
        "--metric",
        "euclidean");
    refused(
        "uniform:3:4: has 4 columns, but the items have 8",
        "search",
        "--items",
        file,
        "--queries",
        "uniform:3:4");
    String kinds = file + ": a .slate holds an index, not vectors";
    refused(kinds, "search", "--items", ITEMS, "--queries", file);
    refused(kinds, "build", "--items", file, "--out", at("y.slate"));
    refused(kinds, "data", "convert", "--in", file, "--out", at("y.npy"));
  }

  @Test
  void refusesFilesThatAreNoIndex() throws IOException {
    String file = at("x.slate");
    build("gaussian:9:3", file);
    byte[] whole = Files.readAllBytes(Path.of(file));
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 4;
    damaged(flipped, "is damaged: a checksum differs in the block at byte 64");
    damaged(Arrays.copyOf(whole, whole.length - 9), "is cut off: it has");
    damaged(new byte[0], "is not a snapshot of an index, or is cut off");
    damaged("x,y\n1,2\n".repeat(50).getBytes(StandardCharsets.UTF_8), "is not a snapshot of an");
    ByteBuffer newer = ByteBuffer.wrap(whole.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 7);
    CRC32C crc = new CRC32C();
    crc.update(newer.array(), 0, 24);
    damaged(newer.putInt(24, (int) crc.getValue()).array(), "has format 7, but this version reads");
    Files.delete(Path.of(file));
    damaged(null, "no such file");
    Files.createDirectory(Path.of(file));
    damaged(null, "is a directory");
    Index foreign = Index.builder(Catalog.of(new float[6], 3)).build();
    foreign.attach("slate.names", new byte[] {0, 0}).save(dir.resolve("foreign.slate"));
    refused(
        at("foreign.slate") + ": has attachments that slate build did not write",
        "data",
        "describe",
        at("foreign.slate"));
  }

  /** A search reads what it needs, and so may find out late. */
  @Test
  void namesDamageThatASearchMeets() throws IOException {
    String file = at("large.slate");
    build("gaussian:60000:4", file, "--strategy", "scan");
    byte[] bytes = Files.readAllBytes(Path.of(file));
    bytes[bytes.length / 2] ^= 4;
    Files.write(Path.of(file), bytes);
    String problem = file + ": is damaged: a checksum differs in the block at byte ";
    refused(problem, "search", "--items", file, "--queries", "gaussian:2:4:1");
    refused(problem, "data", "describe", file);
  }

  private void damaged(byte[] bytes, String problem) throws IOException {
    String file = at("x.slate");
    if (bytes != null) {
      Files.write(Path.of(file), bytes);
    }
    refused(file + ": " + problem, "search", "--items", file, "--queries", "gaussian:2:3:1");
    refused(file + ": " + problem, "data", "describe", file);
  }

  @Test
  void refusesToBuild() throws IOException {
    Files.createDirectory(dir.resolve("folder.slate"));
    Files.writeString(dir.resolve("items.csv"), "1,2\n3,NaN\n");
    refused("the name of an index ends in .slate", "build", "--items", ITEMS, "--out", at("x.npy"));
    refused(
        at("folder.slate") + ": is a directory",
        "build",
        "--items",
        ITEMS,
        "--out",
        at("folder.slate"));
    refused(
        "its directory does not exist", "build", "--items", ITEMS, "--out", at("no/such/x.slate"));
    String bad = at("items.csv");
    refused(
        bad + ": the value is NaN, row 1, column 1",
        "build",
        "--items",
        bad,
        "--out",
        at("x.slate"));
    refused("none.npy: no such file", "build", "--items", "none.npy", "--out", at("x.slate"));
    refused(
        "--bias: goes with --metric dot only",
        "build",
        "--items",
        ITEMS,
        "--bias",
        bad,
        "--out",
        at("x.slate"));
    refused("must be at least 1", "build", "--items", ITEMS, "-k", "0", "--out", at("x.slate"));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(
          List.of("folder.slate", "items.csv"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  /** A file that was there is replaced by a build that ends well, and by no other. */
  @Test
  void replacesAFile() throws IOException {
    build("gaussian:9:3", at("x.slate"), "-k", "1");
    byte[] older = Files.readAllBytes(Path.of(at("x.slate")));
    refused("no such file", "build", "--items", "none.npy", "--out", at("x.slate"));
    assertArrayEquals(older, Files.readAllBytes(Path.of(at("x.slate"))));
    build("gaussian:8:3", at("x.slate"), "--planning", "measured");
    assertTrue(Shell.run("data", "describe", at("x.slate")).out().contains(": 8 x 3, an index"));
  }

  @Test
  void helps() {
    Ran ran = Shell.run("build", "--help");
    assertEquals(0, ran.exit());
    assertTrue(ran.out().contains("--out=FILE"), ran.out());
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private static List<String> lines(java.util.function.IntPredicate wanted) {
    return IntStream.range(0, 1_500).filter(wanted).mapToObj(Integer::toString).toList();
  }

  private static Ran build(String items, String out, String... options) {
    List<String> line = new ArrayList<>(List.of("build", "--items", items, "--out", out));
    line.addAll(Arrays.asList(options));
    Ran ran = Shell.run(line.toArray(String[]::new));
    assertEquals(0, ran.exit(), ran.err());
    return ran;
  }

  private static Ran search(String items, List<String> options, String... more) {
    List<String> all = new ArrayList<>(List.of("--queries", QUERIES));
    all.addAll(options);
    return run("search", items, all, more);
  }

  private static Ran run(String command, String items, List<String> options, String... more) {
    List<String> line = new ArrayList<>(List.of(command, "--items", items));
    line.addAll(options);
    line.addAll(Arrays.asList(more));
    return Shell.run(line.toArray(String[]::new));
  }

  private static void refused(String problem, String... line) {
    Ran ran = Shell.run(line);
    assertEquals(2, ran.exit(), ran.err());
    assertTrue(ran.err().startsWith("slate: "), ran.err());
    assertTrue(ran.err().contains(problem), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertEquals("", ran.out());
  }
}

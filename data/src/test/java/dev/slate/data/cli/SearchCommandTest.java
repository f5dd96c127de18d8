package dev.slate.data.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.Distribution;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorGenerator;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.data.cli.Shell.Ran;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command against a loop written here, for equality of every character. */
class SearchCommandTest {
  private static final int N = 1000;
  private static final int D = 5;
  private static final int QUERIES = 23;
  private static final String ITEMS = "memotion:1k:5";
  private static final String PREFERENCES = "memotion:23:5:7:queries";

  private final float[] items = rows(new VectorGenerator(Distribution.MEMOTION, D, 7).items(N));
  private final float[] queries =
      rows(new VectorGenerator(Distribution.MEMOTION, D, 7).queries(QUERIES));

  @TempDir Path dir;

  @ParameterizedTest
  @EnumSource(Metric.class)
  void printsTheSlates(Metric metric) {
    String expected = csv(metric, 10, i -> true, Float.NaN, null);
    String name = metric.name().toLowerCase(java.util.Locale.ROOT);
    assertEquals(expected, search("--metric", name));
    assertEquals(expected, search("--metric", name, "--strategy", "scan", "--threads", "2"));
    assertEquals(expected, search("--metric", name, "-k", "10", "--threads", "3"));
    assertEquals(
        csv(metric, 2000, i -> true, Float.NaN, null), search("--metric", name, "-k", "2k"));
  }

  @Test
  void filters() throws IOException {
    Path allow = Files.writeString(dir.resolve("allow"), lines(i -> i % 3 == 0));
    Path deny = Files.writeString(dir.resolve("deny"), lines(i -> i % 2 == 0));
    IntPredicate both = i -> i % 3 == 0 && i % 2 != 0;
    String expected = csv(Metric.EUCLIDEAN, 7, both, Float.NaN, null);
    for (String threads : List.of("1", "2", "4")) {
      assertEquals(
          expected,
          search("-k", "7", "--allow", "" + allow, "--deny", "" + deny, "--threads", threads));
    }
  }

  @Test
  void queriesThatAreReadBeforeTheBuildAreAnsweredInTheirPlaces() {
    int n = 2_500;
    String file =
        write("many.npy", 3, rows(new VectorGenerator(Distribution.UNIFORM, 3, 7).items(n)));
    String expected =
        IntStream.range(0, n)
            .mapToObj(i -> i + ",1," + i + ",0.0\n")
            .collect(Collectors.joining("", "query,rank,item,score\n", ""));
    for (String strategy : List.of("auto", "scan", "quantized")) {
      Ran ran =
          Shell.run(
              "search", "--items", file, "--queries", file, "-k", "1", "--strategy", strategy);
      assertEquals("", ran.err());
      assertEquals(expected, ran.out());
    }
  }

  @Test
  void planningDoesNotShowInTheAnswer() {
    String estimated = search("--planning", "estimated");
    assertEquals(estimated, search("--planning", "measured"));
    bad("--planning", "--planning", "guessed");
    String plan = ran("--planning", "measured", "--explain").err();
    assertTrue(plan.contains("too few to prune"), plan);
  }

  @Test
  void radius() {
    assertEquals(csv(Metric.EUCLIDEAN, N, i -> true, 0.5f, null), search("--radius", "0.5"));
    assertEquals(
        csv(Metric.EUCLIDEAN, 3, i -> true, 0.5f, null), search("--radius", "0.5", "-k", "3"));
    assertEquals(
        csv(Metric.DOT, N, i -> true, 1f, null), search("--radius", "1", "--metric", "dot"));
  }

  @Test
  void weights() {
    float[] weights = {2, 0, 1, 0.5f, 1};
    assertEquals(
        csv(Metric.EUCLIDEAN, 10, i -> true, Float.NaN, weights),
        search("--weights", "2,0,1,0.5,1"));
  }

  @Test
  void bias() {
    String file = write("bias.npy", 1, biases());
    String expected = csv(Metric.DOT, 10, i -> true, Float.NaN, biases());
    assertEquals(expected, search("--metric", "dot", "--bias", file));
  }

  private static float[] biases() {
    float[] bias = new float[N];
    for (int i = 0; i < N; i++) {
      bias[i] = i % 7 / 4f;
    }
    return bias;
  }

  @Test
  void writesFiles() throws IOException {
    String expected = csv(Metric.EUCLIDEAN, 4, i -> true, Float.NaN, null);
    String csv = at("r.csv");
    assertEquals("", search("-k", "4", "--out", csv));
    assertEquals(expected, Files.readString(Path.of(csv)));
    assertEquals("", search("-k", "4", "--out", at("r.tsv")));
    assertEquals(expected.replace(',', '\t'), Files.readString(Path.of(at("r.tsv"))));
    float[] ordinals = new float[QUERIES * 4];
    String[] lines = expected.split("\n", -1);
    for (int i = 0; i < ordinals.length; i++) {
      ordinals[i] = Float.parseFloat(lines[i + 1].split(",", -1)[2]);
    }
    for (String name : List.of("r.npy", "r.ivecs", "r.ivecs.gz")) {
      assertEquals("", search("-k", "4", "--out", at(name)));
      assertArrayEquals(ordinals, rows(at(name)));
    }
  }

  @Test
  void raggedRowsArePaddedInNpy() throws IOException {
    Path allow = Files.writeString(dir.resolve("allow"), "5\n17\n");
    search("-k", "3", "--allow", "" + allow, "--out", at("r.npy"));
    float[] rows = rows(at("r.npy"));
    assertEquals(QUERIES * 3, rows.length);
    assertEquals(-1, rows[2]);
    search("--radius", "0.3", "--out", at("r.ivecs"));
    assertTrue(Files.size(dir.resolve("r.ivecs")) >= QUERIES * 4);
  }

  @Test
  void readsStandardInputAndColumns() throws IOException {
    StringBuilder text = new StringBuilder("name,a,b,c,d,e\n");
    for (int i = 0; i < QUERIES; i++) {
      text.append("user ").append(i);
      for (int j = 0; j < D; j++) {
        text.append(',').append(queries[i * D + j]);
      }
      text.append('\n');
    }
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)));
      Ran ran = Shell.run("search", "--items", ITEMS, "--queries", "-", "--query-columns", "a,2-5");
      assertEquals("", ran.err());
      assertEquals(csv(Metric.EUCLIDEAN, 10, i -> true, Float.NaN, null), ran.out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void checksAndExplains() {
    search("-k", "10", "--out", at("truth.ivecs"));
    Ran ran = ran("--check", at("truth.ivecs"), "--explain");
    assertEquals(0, ran.exit());
    List<String> lines = ran.err().lines().toList();
    assertEquals(
        "recall@10 1.000000: 230 of 230 within the score of the true neighbours, 230 of them the same items",
        lines.get(0));
    assertTrue(lines.get(1).matches("plan: [a-z]+"), lines.get(1));
    List<String> reasons = lines.stream().filter(line -> line.startsWith("  ")).toList();
    assertEquals(lines.subList(2, 2 + reasons.size()), reasons);
    assertFalse(reasons.isEmpty());
    List<String> rest = lines.subList(2 + reasons.size(), lines.size());
    assertTrue(rest.get(0).matches("read and built: [0-9.]+ (ms|s), [0-9.]+ MB"), rest.get(0));
    assertTrue(rest.get(1).matches("search: .* for 23 queries, .* each, .*"), rest.get(1));
    assertTrue(
        rest.get(2)
            .matches("items scored: [1-9]\\d*, .* % of items x queries; .* bytes read: [1-9]\\d*"),
        rest.get(2));
    // Neighbours that are not the nearest: what was found is at least as good.
    float[] far = new float[QUERIES * 10];
    for (int i = 0; i < far.length; i++) {
      far[i] = 990 + i % 10;
    }
    ran = ran("--check", write("far.ivecs", 10, far), "--metric", "dot");
    assertTrue(ran.err().startsWith("recall@10 1.000000"), ran.err());
    // A wrong answer is noticed: the items are searched without the ones that are truly nearest.
    ran = ran("--check", at("truth.ivecs"), "--deny", nearest());
    assertFalse(ran.err().startsWith("recall@10 1.0"), ran.err());
  }

  private String nearest() {
    float[] nearest = rows(at("truth.ivecs"));
    StringBuilder text = new StringBuilder();
    for (float ordinal : nearest) {
      text.append((int) ordinal).append('\n');
    }
    try {
      return Files.writeString(dir.resolve("nearest"), text).toString();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void refuses() throws IOException {
    bad("--bias: goes with --metric dot only", "--bias", "x.npy");
    bad(
        "--weights: goes with --metric euclidean only",
        "--weights",
        "1,1,1,1,1",
        "--metric",
        "dot");
    bad("--weights: has 2 weights, but items have 5 attributes", "--weights", "1,1");
    bad(
        "--weights: a weight is finite and at least 0, not -1.0, column 1",
        "--weights",
        "1,-1,1,1,1");
    bad("--radius: is not a number", "--radius", "NaN");
    bad("allow.txt: no such file", "--allow", "allow.txt");
    bad("name does not end in a known format", "--out", at("x.dat"));
    bad("answers are written to .csv, .tsv, .ivecs, .ibin or .npy", "--out", at("x.fvecs"));
    bad("its rows have one length", "--out", at("x.npy"), "--radius", "1");
    bad("must be at least 1", "-k", "0");
    bad("must be at least 1", "--threads", "0");
    bad("--strategy", "--strategy", "magic");
    bad("t.ivecs: no such file", "--check", at("t.ivecs"), "--radius", "1");
    write("t.ivecs", 3, new float[] {0, 1, 2});
    bad("t.ivecs: has 1 rows, but there are more queries", "--check", at("t.ivecs"), "-k", "3");
    write("t.ivecs", 3, new float[] {0, 1, 1000});
    bad(
        "the neighbour 1000 is none of the items 0 to 999, row 0, column 2",
        "--check",
        at("t.ivecs"),
        "-k",
        "3");
    write("t.npy", 10, new float[10]);
    bad("t.npy: holds float32, not ordinals", "--check", at("t.npy"));
    Ran ran = Shell.run("search", "--items", ITEMS, "--queries", "uniform:3:4");
    assertEquals("slate: uniform:3:4: has 4 columns, but the items have 5\n", ran.err());
    ran = Shell.run("search", "--items", "-", "--queries", "-");
    assertEquals("slate: --queries: standard input is read for --items already\n", ran.err());
    ran = Shell.run("search", "--items", "none.npy", "--queries", "-");
    assertEquals("slate: none.npy: no such file\n", ran.err());
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(
          List.of("t.ivecs", "t.npy"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private void bad(String problem, String... options) {
    Ran ran = ran(options);
    assertEquals(2, ran.exit(), ran.err());
    assertTrue(ran.err().contains(problem), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
  }

  private static Ran ran(String... options) {
    List<String> args =
        new ArrayList<>(List.of("search", "--items", ITEMS, "--queries", PREFERENCES));
    args.addAll(Arrays.asList(options));
    return Shell.run(args.toArray(String[]::new));
  }

  private static String search(String... options) {
    Ran ran = ran(options);
    assertEquals("", ran.err());
    assertEquals(0, ran.exit());
    return ran.out();
  }

  /** The answer by the definition of the score; extra holds weights or biases. */
  private String csv(Metric metric, int k, IntPredicate allowed, float radius, float[] extra) {
    StringBuilder text = new StringBuilder("query,rank,item,score\n");
    for (int query = 0; query < QUERIES; query++) {
      float[] q = Arrays.copyOfRange(queries, query * D, (query + 1) * D);
      float[] scores = new float[N];
      for (int i = 0; i < N; i++) {
        scores[i] = score(metric, Arrays.copyOfRange(items, i * D, (i + 1) * D), q, extra, i);
      }
      Comparator<Integer> better = Comparator.comparingDouble(i -> scores[i]);
      List<Integer> best =
          IntStream.range(0, N)
              .filter(allowed)
              .filter(i -> !(metric == Metric.EUCLIDEAN ? scores[i] > radius : scores[i] < radius))
              .boxed()
              .sorted(metric == Metric.EUCLIDEAN ? better : better.reversed())
              .limit(k)
              .toList();
      for (int rank = 0; rank < best.size(); rank++) {
        int item = best.get(rank);
        text.append(query).append(',').append(rank + 1).append(',').append(item).append(',');
        text.append(scores[item]).append('\n');
      }
    }
    return text.toString();
  }

  private static float score(Metric metric, float[] x, float[] q, float[] extra, int item) {
    float s = metric == Metric.DOT && extra != null ? extra[item] : 0;
    float[] a = metric == Metric.COSINE ? normalised(x) : x;
    float[] b = metric == Metric.COSINE ? normalised(q) : q;
    for (int j = 0; j < D; j++) {
      float t = a[j] - b[j];
      s =
          metric == Metric.EUCLIDEAN
              ? Math.fma(extra == null ? t : extra[j] * t, t, s)
              : Math.fma(a[j], b[j], s);
    }
    return s;
  }

  private static float[] normalised(float[] x) {
    double sum = 0;
    for (float value : x) {
      sum += (double) value * value;
    }
    float[] unit = new float[x.length];
    for (int j = 0; j < x.length && sum > 0; j++) {
      unit[j] = (float) (x[j] / Math.sqrt(sum));
    }
    return unit;
  }

  private static String lines(IntPredicate wanted) {
    return IntStream.range(0, N)
        .filter(wanted)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining("\n"));
  }

  private String at(String name) {
    return dir.resolve(name).toString();
  }

  private String write(String name, int d, float[] rows) {
    try (VectorWriter out = Vectors.create(at(name), d, List.of())) {
      out.append(rows, 0, rows.length / d);
      out.commit();
    }
    return at(name);
  }

  private static float[] rows(String spec) {
    try (VectorFile file = Vectors.open(spec)) {
      return rows(file);
    }
  }

  private static float[] rows(Catalog items) {
    float[] rows = new float[items.size() * items.dimensions()];
    items.copyRows(0, items.size(), rows, 0);
    return rows;
  }
}

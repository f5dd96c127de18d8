package dev.slate.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.bench.CommandRun;
import dev.slate.bench.commits.Entry;
import dev.slate.bench.commits.HistoryFile;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.RowKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareCommandTest {
  @TempDir private Path folder;
  private String out = "";
  private String err = "";
  private Path base = Path.of("");

  @BeforeEach
  void writeTheBaseline() throws IOException {
    base = write("base.json", results(100, 24));
  }

  @Test
  void endsWithZeroWhereNothingGotWorse() throws IOException {
    assertEquals(0, compare(base, write("same.json", results(101, 24))), out);
    assertTrue(out.endsWith("6 pass\n"), out);
  }

  @Test
  void endsWithThreeOnARegression() throws IOException {
    assertEquals(3, compare(base, write("slow.json", results(115, 24))));
    assertTrue(out.contains("regressed     us/op"), out);
  }

  @Test
  void bytesAloneAreARegression() throws IOException {
    assertEquals(3, compare(base, write("fat.json", results(100, 40))));
    assertTrue(out.endsWith("3 regressed, 3 pass\n"), out);
  }

  @Test
  void endsWithFourWhereARowIsMissing() throws IOException {
    assertEquals(4, compare(base, write("less.json", results(100, 24).replace("scan2", "other"))));
  }

  @Test
  void theTableFitsEightyColumns() throws IOException {
    compare(base, write("slow.json", results(115, 24).replace("scan1", "gone")));
    out.lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void jsonCarriesItsVersion() throws IOException {
    assertEquals(3, compare(base, write("slow.json", results(115, 24)), "--format", "json"));
    JsonNode root = new ObjectMapper().readTree(out);
    assertEquals("slate-compare", root.path("format").asText());
    assertEquals(1, root.path("version").asInt());
    assertEquals(3, root.path("exitCode").asInt());
    assertEquals(6, root.path("rows").size());
    assertEquals(0.15, root.path("rows").path(0).path("change").asDouble(), 0.001);
    assertEquals("lower", root.path("rows").path(0).path("better").asText());
  }

  @Test
  void anotherJvmIsToldWithTheWayAroundIt() throws IOException {
    String note = "note: JVM or flags differ; --across-jvms compares all the same\n";
    Path old =
        write(
            "old.json",
            results(100, 24).replace("\"threads\"", "\"jdkVersion\": \"17\", \"threads\""));
    Path now =
        write(
            "now.json",
            results(100, 24).replace("\"threads\"", "\"jdkVersion\": \"25\", \"threads\""));
    assertEquals(4, compare(old, now));
    assertTrue(out.contains(note), out);
    assertTrue(out.contains("JDK: 17 against 25"), out);
    assertEquals(0, compare(old, now, "--across-jvms"));
    assertEquals(0, compare(old, base));
    assertFalse(out.contains("note:"), out);
  }

  @Test
  void markdownFoldsWhatPassed() throws IOException {
    compare(base, write("slow.json", results(115, 24)), "--format", "md");
    assertTrue(out.contains("| **regressed** | org.example.Index.scan0 avgt |"), out);
    assertTrue(out.contains("<details><summary>3 pass</summary>"), out);
    assertTrue(out.contains("| B/op | 24 | 24 | same |  | exact |"), out);
  }

  /** Hundreds of rows, and still a comment that is read: the gravest first. */
  @Test
  void markdownHasSixtyLinesAtMost() throws IOException {
    for (double time : new double[] {100, 130}) {
      compare(many(100), many(time), "--format", "md");
      assertTrue(out.lines().count() <= 60, out);
      assertTrue(out.contains("| … | and "), out);
    }
    assertTrue(out.lines().limit(12).anyMatch(line -> line.contains("**regressed**")), out);
  }

  private Path many(double time) throws IOException {
    String rows =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  String run = results(i % 2 == 0 ? time : 100, 24).replace("scan", "m" + i + "x");
                  return run.substring(1, run.length() - 1);
                })
            .collect(Collectors.joining(",", "[", "]"));
    return write("many" + time + ".json", rows);
  }

  /** The fields that github-action-benchmark requires of a custom tool. */
  @Test
  void theActionReadsAnArrayForEachDirection() throws IOException {
    compare(base, base, "--format", "github-smaller");
    JsonNode array = new ObjectMapper().readTree(out);
    assertEquals(6, array.size());
    for (JsonNode entry : array) {
      assertTrue(entry.path("name").isTextual() && entry.path("unit").isTextual());
      assertTrue(entry.path("value").isNumber());
    }
    compare(base, base, "--format", "github-bigger");
    assertEquals(0, new ObjectMapper().readTree(out).size());
  }

  /** JMH writes what {@code @AuxCounters} count beside the score, in its unit. */
  @Test
  void aCounterIsShownAndJudgedOnlyIfItsDirectionIsSaid() throws IOException {
    Path few = write("few.json", counted(50));
    Path many = write("many.json", counted(500));
    assertEquals(0, compare(few, many));
    assertTrue(out.contains("note: dropped is not judged: which way is better is not known"), out);
    assertTrue(out.contains("note: --better NAME=lower|higher says which way"), out);
    assertTrue(out.contains("  unjudged      dropped ops/s"), out);
    assertTrue(out.endsWith("1 unjudged, 1 pass\n"), out);
    assertEquals(0, compare(many, few));
    assertEquals(3, compare(few, many, "--better", "dropped=lower"));
    assertFalse(out.contains("--better"), out);
    assertEquals(0, compare(few, many, "--better", "dropped=HIGHER"));
    assertTrue(out.endsWith("1 improved, 1 pass\n"), out);
    assertEquals(2, compare(few, many, "--better", "dropped=more"));
    assertEquals("--better: dropped=more says neither lower nor higher\n", err);
    assertEquals(2, compare(few, many, "--better", "other=lower"));
    assertTrue(err.endsWith(" has no metric named other\n"), err);
  }

  @Test
  void aZeroEqualsAZero() throws IOException {
    Path zero = write("zero.json", counted(0));
    Path some = write("some.json", counted(50));
    assertEquals(0, compare(zero, zero));
    assertEquals(0, compare(zero, zero, "--better", "dropped=lower"));
    assertTrue(out.endsWith("2 pass\n"), out);
    assertEquals(3, compare(zero, some, "--better", "dropped=lower"));
    assertEquals(0, compare(zero, some, "--better", "dropped=higher"));
    assertEquals(0, compare(some, zero, "--better", "dropped=lower"));
    assertEquals(3, compare(some, zero, "--better", "dropped=higher"));
  }

  @Test
  void allocationOfOneForkIsNotARegression() throws IOException {
    Path one =
        write("one.json", results(100, 168).replaceAll("(\\[\\[168.0, 168.0]), [^]]*]", "$1"));
    Path other =
        write("other.json", results(100, 198).replaceAll("(\\[\\[198.0, 198.0]), [^]]*]", "$1"));
    assertEquals(4, compare(one, other));
    assertTrue(out.endsWith("3 inconclusive, 3 pass\n"), out);
    assertEquals(
        3, compare(write("two.json", results(100, 168)), write("twice.json", results(100, 198))));
  }

  /** Which rows are judged, and the seed of the intervals. */
  @Test
  void moreMetricsAndAnotherSeedChangeWhatTheySay() throws IOException {
    String percentile =
        results(100, 24)
            .replace(
                "\"secondaryMetrics\": {",
                "\"secondaryMetrics\": {\"p0.99\": {\"score\": 1, \"scoreUnit\": \"us/op\", \"rawData\": "
                    + forks(300)
                    + "},");
    Path tail = write("tail.json", percentile);
    compare(tail, tail);
    assertFalse(out.contains("p0.99"), out);
    compare(tail, tail, "--metrics", "p0.9");
    assertTrue(out.contains("p0.99"), out);
    assertTrue(out.endsWith("9 pass\n"), out);
    String seeded = intervals("--seed", "1");
    assertEquals(seeded, intervals());
    assertFalse(seeded.equals(intervals("--seed", "2")), seeded);
  }

  private String intervals(String... options) throws IOException {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--format";
    all[options.length + 1] = "json";
    compare(base, write("noisy.json", noisy()), all);
    return new ObjectMapper().readTree(out).path("rows").path(0).path("low").toString();
  }

  private static String noisy() {
    return results(100, 24).replaceAll("100\\.[0-9]+, ", "109.3, ");
  }

  /** The reason is said once, however many rows have it. */
  @Test
  void whatOneForkCanTellIsSaidOnce() throws IOException {
    Path one = write("one.json", oneFork(100));
    assertEquals(4, compare(one, one));
    assertEquals(1, out.split("one fork a side shows only changes larger", -1).length - 1, out);
    assertTrue(out.contains("-f 10"), out);
    assertEquals(3, compare(one, write("twice.json", oneFork(200))));
    assertTrue(out.contains("within one fork"), out);
    assertEquals(4, compare(one, write("five.json", oneFork(105))));
    assertEquals(4, compare(one, write("more.json", oneFork(130)), "--fork-spread", "30%"));
    assertEquals(3, compare(one, write("more.json", oneFork(130)), "--fork-spread", "1%"));
  }

  /** A history of forks that hardly differ lets one fork show what the stated spread hides. */
  @Test
  void aHistoryTellsHowFarForksDiffer() throws IOException {
    Path one = write("one.json", oneFork(100));
    Path more = write("more.json", oneFork(120));
    assertEquals(4, compare(one, more));
    Path history = folder.resolve("history.jsonl");
    List<RowKey> keys = JmhReader.read(one.toString()).rows().keySet().stream().toList();
    for (int i = 0; i < 12; i++) {
      SortedMap<RowKey, Entry.Value> values = new TreeMap<>();
      for (RowKey key : keys) {
        BenchmarkMetric metric =
            new BenchmarkMetric(key.metric(), key.unit(), Direction.LOWER_IS_BETTER, false);
        values.put(key, new Entry.Value(metric, 100 + i % 2, 1));
      }
      Entry entry = new Entry("c" + i, Instant.EPOCH.plusSeconds(i), "main", values);
      new HistoryFile(history.toString()).append(entry, before -> true);
    }
    assertEquals(3, compare(one, more, "--history", history.toString()), () -> out);
    assertTrue(out.replaceAll("\\s+", " ").contains("is that of the history for"), out);
    assertEquals(2, compare(one, more, "--history", folder.resolve("none").toString()));
  }

  /** What more than three rows have in common is said on top. */
  @Test
  void repeatedReasonsAreSaidOnce() throws IOException {
    String run = oneFork(100).strip();
    String inner = run.substring(1, run.length() - 1);
    StringBuilder many = new StringBuilder("[").append(inner);
    for (int i = 0; i < 5; i++) {
      many.append(',').append(inner.replace("org.example.", "org.example" + i + "."));
    }
    Path file = write("many.json", many.append(']').toString());
    assertEquals(4, compare(file, file));
    assertEquals(1, out.split("within one fork", -1).length - 1, out);
    assertTrue(out.contains(" rows, inconclusive in us/op: within one fork"), out);
  }

  private static String oneFork(double time) {
    return results(time, 24)
        .replaceAll("\"rawData\": \\[(\\[[^]]*])[^}]*}", "\"rawData\": [$1]}")
        .replaceAll(" \"secondaryMetrics\"(?s).*?}}}", " \"secondaryMetrics\": {}}");
  }

  private static String counted(double dropped) {
    return """
        [{"benchmark": "org.example.Spans.export", "mode": "thrpt", "threads": 1,
          "primaryMetric": {"score": 1, "scoreUnit": "ops/s", "rawData": %s},
          "secondaryMetrics": {"dropped": {"score": 1, "scoreUnit": "ops/s", "rawData": %s}}}]"""
        .formatted(forks(1000), forks(dropped));
  }

  /** A typing error in a name would otherwise leave a metric unwatched. */
  @Test
  void aPatternOfMetricsThatMatchesNoneIsTold() {
    assertEquals(0, compare(base, base, "--metrics", "gc.tme"));
    assertTrue(out.contains("note: no metric has a name with a match of --metrics gc.tme\n"), out);
    assertEquals(0, compare(base, base, "--metrics", "^score$"));
    assertFalse(out.contains("no metric"), out);
  }

  @Test
  void rowsCanBeChosen() throws IOException {
    Path fat = write("fat.json", results(150, 40));
    assertEquals(3, compare(base, fat, "--only", "deterministic", "--benchmarks", "scan0"));
    assertTrue(out.endsWith("1 regressed\n"), out);
    assertEquals(0, compare(base, write("s.json", results(100, 40)), "--only", "measured"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --alpha 200%        | --alpha: must be above 0 and below 1, but it is 200%
          --confidence 95     | --confidence: a share without % is below 1, but it is 95; write 95%
          --alpha x           | --alpha: 'x' is not a number or a percentage
          --min-effect 5      | --min-effect: a share without % is below 1, but it is 5; write 5%
          --min-effect -1     | --min-effect: must be at least 0, but it is -1
          --confidence 100%   | --confidence: must be above 0 and below 1, but it is 100%
          --benchmarks (      | --benchmarks: not a regular expression: Unclosed group
          """)
  void badOptionsAreOneLineAndTwo(String options, String message) {
    assertEquals(2, compare(base, base, options.split(" ")));
    assertEquals(message + "\n", err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''      | empty file
          []      | holds no results: JMH ran no benchmark
          [{"a":  | cut off: the JSON ends before it is complete, line 1
          hello   | not JSON, line 1
          """)
  void badFilesAreOneLineAndTwo(String content, String problem) throws IOException {
    Path bad = write("bad.json", content);
    assertEquals(2, compare(base, bad));
    assertEquals(bad + ": " + problem + "\n", err);
  }

  @Test
  void aFileThatIsNotThereIsOneLineAndTwo() {
    assertEquals(2, compare(base, folder.resolve("no.json")));
    assertEquals(folder.resolve("no.json") + ": no such file\n", err);
    assertEquals(2, compare(folder, base));
  }

  private int compare(Path base, Path candidate, String... options) {
    String[] args = new String[options.length + 2];
    args[0] = base.toString();
    args[1] = candidate.toString();
    System.arraycopy(options, 0, args, 2, options.length);
    CommandRun run = CommandRun.of(new CompareCommand(), args);
    out = run.out();
    err = run.err();
    return run.exitCode();
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  /** Three benchmarks of ten forks each, with their allocation. */
  private static String results(double time, double bytes) {
    return IntStream.range(0, 3)
        .mapToObj(
            i ->
                """
                {"benchmark": "org.example.Index.scan%d", "mode": "avgt", "threads": 1,
                 "primaryMetric": {"score": 1, "scoreUnit": "us/op", "rawData": %s},
                 "secondaryMetrics": {"gc.alloc.rate.norm":
                   {"score": 1, "scoreUnit": "B/op", "rawData": [[%s, %s], [%s, %s]]}}}"""
                    .formatted(i, forks(time), bytes, bytes, bytes, bytes))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String forks(double time) {
    return IntStream.range(0, 10)
        .mapToObj(i -> "[" + time * (1 + 0.001 * i) + ", " + time * (1 + 0.0012 * i) + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }
}

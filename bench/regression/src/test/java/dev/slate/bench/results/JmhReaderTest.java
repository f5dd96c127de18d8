package dev.slate.bench.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JmhReaderTest {
  private static final RowKey COPY =
      RowKey.run(
          "org.example.queue.QueueBenchmark.copy", "avgt", 1, Map.of("kind", "a,b", "size", "16"));

  /** One benchmark measured by two releases has the same keys, whatever they write. */
  @ParameterizedTest
  @ValueSource(strings = {"jmh-1.37.json", "jmh-1.17.3.json"})
  void readsWhatJmhWrote(String file) {
    Results results = JmhReader.parse(file, bytes(file));
    Series copy = row(results, COPY, "score", "us/op");
    assertEquals(2, copy.forks().size());
    assertEquals(2, copy.forks().getFirst().length);
    assertEquals(Direction.LOWER_IS_BETTER, copy.metric().direction());

    Series allocated = row(results, COPY, "gc.alloc.rate.norm", "B/op");
    assertTrue(allocated.metric().deterministic());
    assertEquals(80, allocated.median(), 1);

    RowKey pingpong = RowKey.run("org.example.queue.QueueBenchmark.pingpong", "thrpt", 2, Map.of());
    assertEquals(
        Direction.HIGHER_IS_BETTER, row(results, pingpong, "score", "ops/us").metric().direction());
    String primary = row(results, pingpong, "score", "ops/us").key().unit();
    assertTrue(row(results, pingpong, "offer", "ops/us").metric().isShownBesides(primary));
    assertFalse(row(results, pingpong, "gc.count", "counts").metric().isShownBesides(primary));

    RowKey sampled = RowKey.run(COPY.benchmark(), "sample", 1, COPY.params());
    String sampledPrimary = row(results, sampled, "score", "us/op").key().unit();
    assertFalse(row(results, sampled, "p0.99", "us/op").metric().isShownBesides(sampledPrimary));
  }

  @Test
  void theOldReleaseKnowsNoJvmAndTheNewOneDoes() {
    Environment old = first("jmh-1.17.3.json").environment();
    Environment now = first("jmh-1.37.json").environment();
    assertEquals("", old.jdkVersion());
    assertEquals("1.37", now.jmhVersion());
    assertTrue(now.jdkVersion().startsWith("25"), now::jdkVersion);
    assertEquals(List.of(), old.differences(now));
  }

  /** IntelliJ starts benchmarks under its agent, at another port each time. */
  @Test
  void theAgentOfAnEditorAndTheLockAreNoFlags() {
    List<String> before =
        List.of("-Xmx1g", "-javaagent:C:\\IDEA 2020\\lib\\idea_rt.jar=50549:C:\\IDEA\\bin");
    List<String> after =
        List.of(
            "-javaagent:/idea/lib/idea_rt.jar=43389:/idea/bin", "-Xmx1g", "-Djmh.ignoreLock=true");
    assertEquals(List.of(), differences(before, after));
    assertEquals(
        List.of("JVM flags: -Xmx1g against -javaagent:/opt/other.jar=1"),
        differences(before, List.of("-javaagent:/opt/other.jar=1")));
  }

  @Test
  void aHistogramBecomesTheMedianOfEachIteration() {
    String histogram = "[[[[4.0, 1], [2.0, 3]], [[10.0, 1]]], [[[6.0, 2], [8.0, 1], [9.0, 1]]]]";
    assertArrayEquals(new double[][] {{2, 10}, {7}}, sampled(histogram).forks().toArray());
  }

  /** One in a hundred operations waits for the host: the mean rises tenfold, the score does not. */
  @Test
  void aStallDoesNotMoveTheScoreOfASample() {
    Series calm = sampled("[[[[1.0, 60], [1.1, 40]]]]");
    Series stalled = sampled("[[[[1.0, 60], [1.1, 39], [1000.0, 1]]]]");
    assertEquals(calm.median(), stalled.median());
  }

  @Test
  void bucketsOfNothingCountForNothing() {
    assertArrayEquals(
        new double[][] {{3}},
        sampled("[[[[1, 0], [\"NaN\", 9], [], 5, [3, 1]], [], [[1, -1]]], [[[1, 0]]]]")
            .forks()
            .toArray());
  }

  @Test
  void notANumberIsLeftOutAndAForkOfNothingElseToo() {
    Series series =
        one(
            "avgt",
            "{\"score\": \"NaN\", \"scoreUnit\": \"ns/op\", \"rawData\": [[1.0, \"NaN\", NaN, \"+INF\"],"
                + " [\"NaN\"], [], [2]]}");
    assertArrayEquals(new double[][] {{1}, {2}}, series.forks().toArray());
    assertEquals(
        0,
        one("avgt", "{\"score\": 1, \"scoreUnit\": \"ns/op\", \"rawData\": [[\"NaN\"]]}")
            .forks()
            .size());
  }

  @Test
  void withoutRawDataTheScoreIsOneFork() {
    assertArrayEquals(
        new double[][] {{7}},
        one("avgt", "{\"score\": 7, \"scoreUnit\": \"ns/op\"}").forks().toArray());
    assertArrayEquals(
        new double[][] {{7}},
        one("avgt", "{\"score\": 7, \"scoreUnit\": \"ns/op\", \"rawData\": [[]]}")
            .forks()
            .toArray());
  }

  @Test
  void theSameRowTwiceAddsItsForks() {
    String run = run("a.B.c", "avgt", "{\"scoreUnit\": \"ns/op\", \"rawData\": [[1], [2]]}");
    Results results = parse("[" + run + "," + run + "]");
    assertEquals(4, results.rows().firstEntry().getValue().forks().size());
  }

  /** A middle dot in Latin-1, and one that a narrow charset turned into a question mark. */
  @ParameterizedTest
  @ValueSource(strings = {"·gc.alloc.rate.norm", "?gc.alloc.rate.norm", "gc.alloc.rate.norm"})
  void theMiddleDotSurvivesItsCharset(String name) {
    String json =
        """
        [{"benchmark": "a.B.c", "mode": "avgt",
          "primaryMetric": {"score": 1, "scoreUnit": "ns/op"},
          "secondaryMetrics": {"%s": {"score": 24, "scoreUnit": "B/op"}}}]"""
            .formatted(name);
    Results results = JmhReader.parse("x.json", json.getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(results.rows().values().stream().anyMatch(series -> series.metric().isAllocation()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          recall           | ratio | HIGHER_IS_BETTER | true
          recall@10        |       | HIGHER_IS_BETTER | true
          items.scored     | #/op  | LOWER_IS_BETTER  | true
          slate.itemsScored| #/op  | LOWER_IS_BETTER  | true
          blocks_pruned    | #/op  | HIGHER_IS_BETTER | true
          bytesRead        | B/op  | LOWER_IS_BETTER  | true
          gc.alloc.rate    | MB/sec| UNKNOWN          | false
          gc.count         | counts| LOWER_IS_BETTER  | false
          gc.churn.norm    | B/op  | LOWER_IS_BETTER  | false
          IPC              | insns/clk | HIGHER_IS_BETTER | false
          p0.99            | ns/op | LOWER_IS_BETTER  | false
          droppedSpans     | ops/s | UNKNOWN          | false
          instructions     | #/op  | LOWER_IS_BETTER  | false
          """)
  void metricsAreKnownByName(String name, String unit, Direction direction, boolean deterministic) {
    BenchmarkMetric metric = BenchmarkMetric.secondary(name, Objects.requireNonNullElse(unit, ""));
    assertEquals(direction, metric.direction());
    assertEquals(deterministic, metric.deterministic());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                          | x.json: empty file
          [                           | x.json: cut off: the JSON ends before it is complete, line 1
          [{"benchmark": "a.B.c       | x.json: cut off: the JSON ends before it is complete, line 1
          [{"benchmark": nul          | x.json: cut off: the JSON ends before it is complete, line 1
          [{"benchmark": nul}]        | x.json: not JSON, line 1
          [1 2]                       | x.json: not JSON, line 1
          # JMH version: 1.37         | x.json: is JMH's text output, which has no forks; run JMH with -rf json -rff FILE
          Benchmark (n) Mode Cnt      | x.json: is JMH's text output, which has no forks; run JMH with -rf json -rff FILE
          "Benchmark","Mode","Threads"| x.json: is JMH's CSV, which has no forks; run JMH with -rf json -rff FILE
          "Benchmark";"Mode";"Threads"| x.json: is JMH's CSV, which has no forks; run JMH with -rf json -rff FILE
          nul                         | x.json: not JSON, line 1
          [] []                       | x.json: holds no results: JMH ran no benchmark
          {"r": [{"primaryMetric":1}]}| x.json: not JMH's JSON: its runs lie in the field "r"; jq '.r' FILE takes them out
          []                          | x.json: holds no results: JMH ran no benchmark
          {"a": 1}                    | x.json: not JMH's JSON: an array of runs is expected (java -jar ... -rf json)
          7                           | x.json: not JMH's JSON: an array of runs is expected (java -jar ... -rf json)
          [1]                         | x.json: not JMH's JSON: a run has no "benchmark", row 0
          [{"benchmark": "a.B.c"}]    | x.json: not JMH's JSON: a run has no "primaryMetric", row 0
          """)
  void badInputIsNamed(String json, String message) {
    assertEquals(message, assertThrows(BadInputException.class, () -> parse(json)).getMessage());
  }

  /** 8,192 bytes in an iteration of 25 ms, divided by its operations. */
  @ParameterizedTest
  @CsvSource({
    "avgt, 1, 20, us/op, 25 ms, 6.5536",
    "avgt, 4, 20, us/op, 25 ms, 6.5536",
    "thrpt, 1, 0.05, ops/us, 25 ms, 6.5536",
    "thrpt, 4, 0.05, ops/us, 25 ms, 26.2144",
    "sample, 1, 100, ms/op, 1 s, 819.2",
    "ss, 1, 20, us/op, single-shot, 0",
    "thrpt, 1, 0, ops/us, 25 ms, 0",
    "avgt, 1, 20, events, 25 ms, 0",
    "avgt, 1, 20, us/op, '', 0",
  })
  void knowsWhatTheHarnessMayAllocate(
      String mode, int threads, double score, String unit, String time, double bytes) {
    String json =
        """
        [{"benchmark": "a.B.c", "mode": "%s", "threads": %d, "measurementTime": "%s",
          "primaryMetric": {"score": %s, "scoreUnit": "%s"},
          "secondaryMetrics": {"gc.alloc.rate.norm": {"score": 24, "scoreUnit": "B/op"}}}]"""
            .formatted(mode, threads, time, score, unit);
    for (Series series : parse(json).rows().values()) {
      assertEquals(series.metric().isAllocation() ? bytes : 0, series.harness(), 1e-9);
    }
  }

  @Test
  void oneRowInTwoUnitsOfTimeIsConverted() {
    String us = run("a.B.c", "avgt", "{\"score\": 1, \"scoreUnit\": \"us/op\"}");
    String ns = run("a.B.c", "avgt", "{\"score\": 900, \"scoreUnit\": \"ns/op\"}");
    Results results = parse("[" + us + "," + ns + "]");
    assertEquals(1, results.rows().size());
    assertArrayEquals(
        new double[] {1, 0.9}, results.rows().firstEntry().getValue().forkMedians(), 1e-12);
    assertEquals("us/op", results.rows().firstKey().unit());
  }

  @ParameterizedTest
  @CsvSource({
    "ms/op, ns/op, 1e6",
    "ns/op, s/op, 1e-9",
    "min/op, s/op, 60",
    "hr/op, min/op, 60",
    "day/op, hr/op, 24",
    "ops/s, ops/ms, 1e-3",
    "ops/ns, ops/us, 1e3",
    "B/op, B/op, 1",
    "B/op, ns/op, NaN",
    "ops/s, s/op, NaN",
    "counts, ms, NaN"
  })
  void unitsOfTimeConvert(String from, String to, double factor) {
    assertEquals(1, Double.isNaN(factor) ? 1 : Units.factor(from, to) / factor, 1e-12);
    assertEquals(Double.isNaN(factor), Double.isNaN(Units.factor(from, to)));
  }

  /** Only that row: the others stay. */
  @Test
  void aRowUnderTwoJvmsIsAConflict() {
    String old = run("a.B.c", "avgt", "{\"score\": 1, \"scoreUnit\": \"ns/op\"}");
    String now = old.replace("{\"benchmark\"", "{\"jvmArgs\": [\"-Xint\"], \"benchmark\"");
    Results results = parse("[" + old + "," + now + "," + old.replace("a.B.c", "a.B.d") + "]");
    assertEquals(
        List.of("x.json holds it twice, JVM flags: none against -Xint", ""),
        results.rows().keySet().stream().map(results::conflict).toList());
  }

  /** PowerShell redirects in UTF-16, and some editors begin UTF-8 with a mark. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE"})
  void everyUnicodeIsRead(String charset) {
    String json = "[" + run("a.B.ä", "avgt", "{\"score\": 1, \"scoreUnit\": \"ns/op\"}") + "]";
    for (String text : List.of(json, "\uFEFF" + json)) {
      byte[] bytes = text.getBytes(Charset.forName(charset));
      assertEquals("a.B.ä", JmhReader.parse("x", bytes).rows().firstKey().benchmark());
    }
  }

  @Test
  void arraysOneAfterTheOtherAddUp() {
    String run = "[" + run("a.B.c", "avgt", "{\"score\": 1, \"scoreUnit\": \"ns/op\"}") + "]";
    assertEquals(3, parse(run + run + "\n" + run).rows().firstEntry().getValue().forks().size());
  }

  /** The score of a group is the sum of its methods, or their mean over the threads. */
  @ParameterizedTest
  @CsvSource({
    "thrpt, 30, 10, 20, HIGHER_IS_BETTER",
    "thrpt, 31, 10, 20, UNKNOWN",
    "avgt, 12.5, 10, 20, LOWER_IS_BETTER",
    "avgt, 25, 10, 20, UNKNOWN"
  })
  void methodsOfAGroupAreToldFromCounters(
      String mode, double score, double one, double other, Direction direction) {
    String metric = "{\"score\": %s, \"scoreUnit\": \"x\", \"rawData\": [[%s, %s]]}";
    String json =
        "[{\"benchmark\": \"a.B.c\", \"mode\": \"%s\", \"primaryMetric\": %s, \"secondaryMetrics\": {\"f\": %s, \"g\": %s}}]"
            .formatted(
                mode,
                metric.formatted(score, score, 2 * score),
                metric.formatted(one, one, 2 * one),
                metric.formatted(other, other, 2 * other))
            .replace("\"x\"", mode.equals("thrpt") ? "\"ops/s\"" : "\"s/op\"");
    for (Series series : parse(json).rows().values()) {
      if (!series.metric().name().equals(BenchmarkMetric.PRIMARY)) {
        assertEquals(direction, series.metric().direction());
      }
    }
  }

  /** Cut anywhere, in the middle of a token too, a real file is said to be cut off. */
  @Property(tries = 300)
  void aCutFileIsBadInput(@ForAll int at) {
    byte[] whole = bytes("jmh-1.37.json");
    int end = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf(']');
    byte[] cut = Arrays.copyOf(whole, 1 + Math.floorMod(at, end - 1));
    BadInputException e =
        assertThrows(BadInputException.class, () -> JmhReader.parse("x.json", cut));
    assertTrue(e.problem().startsWith("cut off"), e::getMessage);
  }

  /** A flipped byte may go unseen in a number; what it may not do is crash. */
  @Property(tries = 300)
  void aDamagedFileIsReadOrBadInput(@ForAll int at, @ForAll byte value) {
    byte[] damaged = bytes("jmh-1.17.3.json");
    damaged[Math.floorMod(at, damaged.length)] = value;
    try {
      assertFalse(JmhReader.parse("x.json", damaged).rows().isEmpty());
    } catch (BadInputException e) {
      assertTrue(e.getMessage().startsWith("x.json: "), e::getMessage);
    }
  }

  @Test
  void anotherVectorWidthIsADifference() {
    String run =
        """
        [{"benchmark": "a.B.c", "mode": "avgt",
          "primaryMetric": {"score": 1, "scoreUnit": "ns/op"},
          "secondaryMetrics": {"vectorBits": {"score": %s, "scoreUnit": "bits"}}}]""";
    Environment wide = environment(run.formatted("512.0"));
    Environment narrow = environment(run.formatted("256.0"));
    assertEquals(List.of("vector width: 512 against 256 bits"), wide.differences(narrow));
    assertEquals(List.of(), wide.differences(wide));
  }

  private static Environment environment(String json) {
    return parse(json).rows().firstEntry().getValue().environment();
  }

  private static List<String> differences(List<String> before, List<String> after) {
    Environment with = new Environment("1.37", "25", "", "", before, 512, 1);
    return with.differences(new Environment("1.37", "25", "", "", after, 0, 1));
  }

  private static Series row(Results results, RowKey run, String metric, String unit) {
    RowKey key = new RowKey(run.benchmark(), run.mode(), run.threads(), run.params(), metric, unit);
    return Objects.requireNonNull(results.get(key), () -> key + " in " + results.rows().keySet());
  }

  private static Series first(String file) {
    return JmhReader.parse(file, bytes(file)).rows().firstEntry().getValue();
  }

  private static Series sampled(String histogram) {
    return one("sample", "{\"scoreUnit\": \"us/op\", \"rawDataHistogram\": " + histogram + "}");
  }

  private static Series one(String mode, String primaryMetric) {
    return parse("[" + run("a.B.c", mode, primaryMetric) + "]").rows().firstEntry().getValue();
  }

  private static String run(String benchmark, String mode, String primaryMetric) {
    return "{\"benchmark\": \"%s\", \"mode\": \"%s\", \"primaryMetric\": %s}"
        .formatted(benchmark, mode, primaryMetric);
  }

  private static Results parse(String json) {
    return JmhReader.parse("x.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(String file) {
    try (InputStream in = JmhReaderTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

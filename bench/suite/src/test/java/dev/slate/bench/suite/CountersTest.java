package dev.slate.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slate.bench.compare.Comparison;
import dev.slate.bench.compare.ComparisonRules;
import dev.slate.bench.compare.TextReport;
import dev.slate.bench.compare.Verdict;
import dev.slate.bench.results.JmhReader;
import dev.slate.bench.results.Results;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Help.Ansi;

/**
 * Slate's own gate on each change: what a search looks at, on small catalogues, is what {@code
 * bench/gate/counters.json} records. Noise has no part in these numbers, so they are compared
 * without forks, and any change fails, for the better too: a gain that is not recorded can be lost
 * unseen. {@code -Dslate.counters.record} records them anew.
 */
class CountersTest {
  private static final Path RECORDED = Path.of("..", "gate", "counters.json");
  private static final Set<String> COUNTED =
      Set.of("itemsScored", "blocksVisited", "blocksPruned", "bytesRead", "recall");
  private static final JsonMapper JSON = new JsonMapper();

  /** What is counted does not depend on how warm a search is. */
  @BeforeAll
  static void cutShort() {
    System.setProperty("slate.bench.warmup.limit", "1");
  }

  @AfterAll
  static void asBefore() {
    System.clearProperty("slate.bench.warmup.limit");
  }

  @Test
  void searchesLookAtWhatTheyLookedAt() throws IOException, RunnerException {
    String counted = render(JSON.readTree(run()));
    if (System.getProperty("slate.counters.record") != null) {
      Files.writeString(RECORDED, counted);
    }
    Comparison comparison =
        Comparison.of(
            counters(RECORDED.toString(), Files.readString(RECORDED)),
            counters("now", counted),
            ComparisonRules.DEFAULT,
            true);
    assertEquals(
        comparison.rows().size(),
        comparison.count(Verdict.PASS),
        () ->
            TextReport.of(comparison, "recorded → now", Ansi.OFF)
                + "\nIf this is meant: mvn -pl bench/suite -am test -Dtest=CountersTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dslate.counters.record, and commit "
                + RECORDED);
  }

  private static Results counters(String source, String json) {
    return JmhReader.parse(source, json.getBytes(StandardCharsets.UTF_8))
        .where(series -> series.metric().deterministic());
  }

  private static byte[] run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("^" + SearchBenchmark.class.getName() + "\\.")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(1))
                    .addProfiler(FactsProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .param("n", "20000")
                    .param("d", "5", "32")
                    .param("metric", "EUCLIDEAN", "DOT")
                    .param("strategy", "SCAN", "TREE", "QUANTIZED")
                    .param("distribution", "CLUSTERED")
                    .build())
            .run();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    return bytes.toByteArray();
  }

  /** JMH's JSON, but for times and machine: a line for each run, so that a change reads well. */
  private static String render(JsonNode runs) {
    return StreamSupport.stream(runs.spliterator(), false)
        .map(CountersTest::trimmed)
        .sorted()
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String trimmed(JsonNode run) {
    ObjectNode node = JSON.createObjectNode();
    for (String field : new String[] {"benchmark", "mode", "threads", "params"}) {
      node.set(field, run.path(field));
    }
    node.putObject("primaryMetric").put("score", "NaN").put("scoreUnit", "us/op");
    ObjectNode secondary = node.putObject("secondaryMetrics");
    for (Map.Entry<String, JsonNode> entry : run.path("secondaryMetrics").properties()) {
      String unit = entry.getValue().path("scoreUnit").asText();
      if (COUNTED.contains(entry.getKey())) {
        ObjectNode metric = secondary.putObject(entry.getKey());
        metric.set("score", entry.getValue().path("score"));
        metric.put("scoreUnit", unit);
      }
    }
    return node.toString();
  }
}

package dev.slate.bench.run;

import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slate.bench.Build;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.provenance.MachineFacts;
import dev.slate.data.Distribution;
import dev.slate.data.VectorGenerator;
import dev.slate.data.VectorWriter;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the command writes, says and refuses. */
class BenchCommandTest extends BenchProcess {
  /** A fork of an earlier run is there, which would be continued. */
  @Test
  void freshForgetsWhatWasSaved() throws Exception {
    String options = "--items 1k --dims 3 --strategy TREE --forks 1 --peers none";
    BenchCommand command = new BenchCommand();
    new CommandLine(command).parseArgs(("--quick --seconds 0.05 " + options).split(" "));
    RunPlan plan = command.plan(new Refusals());
    Files.createDirectories(out());
    String fingerprint = plan.fingerprint(Build.digest(), MachineFacts.processor());
    SavedForks.open(out().resolve("forks"), fingerprint);
    Path fork = out().resolve("forks").resolve(plan.cases().getFirst().key() + "-0.fork");
    Files.writeString(fork, "torn");
    assertEquals(1, SavedForks.open(out().resolve("forks"), fingerprint).count());
    assertEquals(0, finish(start(options + " --fresh")), said("stderr"));
    assertFalse(said("stderr").contains("going on with"), said("stderr"));
    assertEquals(1, json("summary.json").size());
  }

  /** The right answers of one metric are made wrong before its fork has started. */
  @Test
  void aWrongAnswerIsABugAndTheRestIsWritten() throws Exception {
    Process process =
        start("--items 1k --dims 3 --metric EUCLIDEAN,DOT --strategy TREE --forks 1 --peers none");
    Path answers =
        out().resolve("data").resolve(ExactAnswers.file("UNIFORM", 1000, 3, Metric.DOT, 10));
    while (process.isAlive() && (!Files.exists(answers) || Files.size(answers) == 0)) {
      Thread.sleep(2);
    }
    ExactAnswers right = ExactAnswers.read(answers);
    right.scores()[3][9] = Math.nextUp(right.scores()[3][9]);
    right.write(answers);
    assertEquals(1, finish(process), said("stderr"));
    assertEquals(1, json("summary.json").size());
    assertEquals("EUCLIDEAN", json("summary.json").at("/0/metric").asText().toUpperCase(ROOT));
    assertTrue(said("stdout").contains("Not measured:\n  slate tree: "), said("stdout"));
    String wrong =
        "slate tree, 1k items, d = 3, k = 10, dot, uniform: strategy TREE answers query 3";
    assertTrue(said("stderr").contains(wrong), said("stderr"));
    assertTrue(said("stderr").contains("this is a bug in Slate; please report it"), said("stderr"));
    assertEquals(FILES, files());
  }

  @Test
  void saysWhyAForkFailed() {
    String refusal =
        "<failure>\n\ndev.slate.bench.suite.Limits$Refusal: its build takes too long\n";
    assertEquals(new ForkOutcome.Failed("its build takes too long"), ForkRunner.outcome(refusal));
    String wrong = "Caused by: dev.slate.bench.suite.WrongAnswer: query 3";
    assertEquals(new ForkOutcome.Wrong("query 3"), ForkRunner.outcome(wrong));
    String other = "java.io.IOException: no space left";
    assertEquals(new ForkOutcome.Failed("IOException: no space left"), ForkRunner.outcome(other));
  }

  @Test
  void onlyLinuxHasHugePagesByAFlag() {
    String flag = "-XX:+UseTransparentHugePages";
    assertTrue(ForkRunner.flags("Linux").contains(flag));
    assertFalse(ForkRunner.flags("Mac OS X").contains(flag));
    assertFalse(ForkRunner.flags("Windows 11").contains(flag));
  }

  /** The whole table on vectors of the user's own. */
  @Test
  void itemsAndQueriesOfFilesAreMeasured() throws Exception {
    VectorGenerator world = new VectorGenerator(Distribution.CLUSTERED, 6, 3);
    write("it ems.fvecs", world.items(900));
    write("asked.csv.gz", world.queries(40));
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--items", directory.resolve("it ems.fvecs").toString()));
    options.addAll(List.of("--query-file", directory.resolve("asked.csv.gz").toString()));
    options.addAll(List.of("--metric", "COSINE", "-k", "7", "--forks", "1"));
    options.addAll(List.of("--strategy", "QUANTIZED", "--peers", "lucene-flat"));
    assertEquals(0, finish(start(options)), said("stderr"));
    JsonNode rows = json("summary.json");
    assertEquals(2, rows.size(), rows::toString);
    for (JsonNode row : rows) {
      assertEquals("it ems.fvecs", row.get("distribution").asText());
      assertEquals(900, row.get("n").asInt());
      assertEquals(6, row.get("d").asInt());
      assertEquals(1, row.get("recall").asDouble(), row::toString);
      assertTrue(row.get("stream_share").asDouble() > 0, row::toString);
    }
    String command = json("machine.json").at("/data/1/command").asText();
    assertTrue(command.contains("slate data convert --in "), command);
    assertTrue(command.contains("asked.csv.gz"), command);
    assertTrue(said("stdout").contains("cosine, it ems.fvecs"), said("stdout"));
  }

  private void write(String name, Catalog rows) {
    float[] floats = new float[rows.size() * rows.dimensions()];
    rows.copyRows(0, rows.size(), floats, 0);
    String file = directory.resolve(name).toString();
    try (VectorWriter writer = Vectors.create(file, rows.dimensions(), List.of())) {
      writer.append(floats, 0, rows.size());
      writer.commit();
    }
  }
}

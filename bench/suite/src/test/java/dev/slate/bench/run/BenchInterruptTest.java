package dev.slate.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What an interrupted command keeps, and how it goes on. */
@DisabledOnOs(OS.WINDOWS)
class BenchInterruptTest extends BenchProcess {
  private static final List<String> FIELDS =
      List.of(
          "subject",
          "strategy",
          "metric",
          "distribution",
          "n",
          "d",
          "k",
          "threads",
          "queries",
          "density",
          "forks",
          "p50_us",
          "p99_us",
          "gb_per_s",
          "stream_share",
          "peak_share",
          "bytes_per_op",
          "recall",
          "build_ms");

  @Test
  void anInterruptedRunKeepsWhatItHasAndGoesOn() throws Exception {
    String options =
        "--items 1k --dims 3 --distribution clustered --strategy SCAN"
            + " --density 0.1,1 --forks 1 --peers none";
    int all = 2;
    Process first = start(options);
    for (int tries = 0; forks() < 1 && tries < 600; tries++) {
      Thread.sleep(100);
    }
    interrupt(first);
    long kept = forks();
    assertTrue(kept >= 1 && kept < all, kept + " forks");
    assertEquals(kept, json("summary.json").size(), "rows so far");
    assertTrue(said("stderr").contains("interrupted: the same command goes on"), said("stderr"));
    assertFalse(said("stderr").contains("Exception"), said("stderr"));
    JsonNode before = json("summary.json").get(0);

    assertEquals(0, finish(start(options)), said("stderr"));
    assertTrue(said("stderr").contains("going on with " + kept + " forks"), said("stderr"));
    assertEquals(FILES, files());
    JsonNode rows = json("summary.json");
    assertEquals(all, rows.size());
    assertTrue(rows.valueStream().anyMatch(before::equals), "a row from before the interruption");
    for (JsonNode row : rows) {
      List<String> names = new ArrayList<>();
      row.fieldNames().forEachRemaining(names::add);
      assertEquals(FIELDS, names);
      assertEquals(1, row.get("recall").asDouble(), row::toString);
      assertTrue(row.get("p50_us").asDouble() > 0, row::toString);
      assertTrue(row.get("stream_share").asDouble() > 0, row::toString);
      assertTrue(row.get("peak_share").asDouble() > 0, row::toString);
    }
    assertEquals(all, json("results.json").size());
    for (JsonNode result : json("results.json")) {
      assertFalse(result.get("jvmArgs").toString().contains("slate.bench"), "flags of a directory");
    }
    JsonNode machine = json("machine.json");
    assertEquals(64, machine.at("/data/0/sha256").asText().length());
    String command = "SLATE_JAVA_OPTS='-Dx=1 -Dy=2' slate bench --quick --seconds 0.05 --out ";
    assertTrue(machine.get("command").asText().startsWith(command), machine::toString);
    assertTrue(machine.get("vector_bits").asInt() >= 32, machine::toString);
    assertTrue(said("stdout").contains("slate scan"), said("stdout"));
  }

  @Test
  void interruptedAtOnceItSaysSo() throws Exception {
    Process process = start("--items 1k --dims 3 --strategy TREE --forks 1 --peers none");
    while (process.isAlive() && !said("stderr").contains("1/1 ")) {
      Thread.sleep(20);
    }
    interrupt(process);
    assertTrue(
        said("stderr").endsWith("\ninterrupted before anything was measured\n"), said("stderr"));
    assertEquals("\n", said("stdout"));
    Set<String> left = files();
    assertTrue(Set.of("jmh.log").containsAll(left), left::toString);
  }

  private void interrupt(Process process) throws Exception {
    assertEquals(
        0, finish(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start()));
    assertEquals(130, finish(process), () -> "after " + process);
  }
}

package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate with real forks and real time, which takes minutes and wants a quiet machine: equal code
 * passes, a slowdown of 15 % is found, and so is garbage, by its bytes alone.
 */
@Tag("soak")
class RealGateTest {
  private static final String BUDGET = "4m";

  @TempDir private Path folder;

  @Test
  void equalBenchmarksOfAnotherProjectPass() throws IOException {
    Path jar = FixtureJar.build(folder.resolve("base.jar"), 2000, false);
    CommandRun run = gate(BUDGET, jar, jar, "--only", "measured");
    System.out.println(run.out());
    assertEquals(0, run.exitCode(), run::toString);
  }

  @Test
  void aSlowdownOfFifteenPercentIsFound() throws IOException {
    CommandRun run =
        gate(
            BUDGET,
            FixtureJar.build(folder.resolve("base.jar"), 2000, false),
            FixtureJar.build(folder.resolve("slow.jar"), 2300, false));
    System.out.println(run.out());
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().contains("again in a second round"), run::out);
  }

  @Test
  void garbageIsFoundByItsBytesAlone() throws IOException {
    CommandRun run =
        gate(
            BUDGET,
            FixtureJar.build(folder.resolve("base.jar"), 2000, false),
            FixtureJar.build(folder.resolve("fat.jar"), 2000, true));
    System.out.println(run.out());
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().contains("regressed     B/op"), run::out);
    assertTrue(run.out().contains("1 regressed, 1 "), run::out);
  }

  private static CommandRun gate(String budget, Path baseline, Path candidate, String... more) {
    List<String> args = new ArrayList<>(List.of("--baseline", baseline.toString()));
    args.addAll(List.of("--candidate", candidate.toString(), "--budget", budget));
    args.addAll(List.of(more));
    return CommandRun.of(new GateCommand(), args.toArray(String[]::new));
  }
}

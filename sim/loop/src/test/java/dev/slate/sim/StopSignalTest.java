package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a run. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "env --default-signal is of GNU")
class StopSignalTest {
  private static final int STEPS = 10_000_000;
  private static final int EVERY = 1;

  /** More than the tables of the start and of the catalogue take. */
  private static final long ENOUGH_BYTES = 1 << 20;

  @TempDir Path directory;

  @Test
  void keepsWhatIsDone() throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path log = Files.createFile(directory.resolve("log"));
    Process process =
        new ProcessBuilder(
                List.of(
                    "env",
                    "--default-signal=INT",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-Dslate.simd=scalar",
                    Cli.class.getName(),
                    "sim",
                    "--selector",
                    "random",
                    "--users",
                    "30",
                    "--steps",
                    Integer.toString(STEPS),
                    "--every",
                    Integer.toString(EVERY),
                    "--out",
                    out.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      waitForSteps(out, process);
      assertEquals(
          0,
          new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor(),
          "kill");
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "did not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(130, process.exitValue(), Files.readString(log));
    assertTrue(
        Files.readString(log)
            .contains("slate: ends after this step; Ctrl-C again ends it at once"));
    int steps =
        new ObjectMapper()
            .readTree(out.resolve("summary.json").toFile())
            .at("/runs/0/steps")
            .asInt();
    assertTrue(steps >= EVERY && steps < STEPS, "steps " + steps);
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(
          Set.of(
              "trajectories.csv",
              "impressions.csv",
              "items.csv",
              "users.csv",
              "summary.json",
              "report.html"),
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
    }
  }

  /** Until the tables hold more than the start, however long that takes on a busy machine. */
  private static void waitForSteps(Path out, Process process)
      throws IOException, InterruptedException {
    while (bytes(out) < ENOUGH_BYTES) {
      assertTrue(process.isAlive(), "the run ended by itself");
      Thread.sleep(20);
    }
  }

  /** What the files hold so far, under whatever name. */
  private static long bytes(Path out) throws IOException {
    if (!Files.isDirectory(out)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        sum += Files.exists(file) ? Files.size(file) : 0;
      }
    }
    return sum;
  }
}

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
                    "200",
                    "--steps",
                    Integer.toString(STEPS),
                    "--every",
                    "1000000000",
                    "--out",
                    out.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      waitFor(out);
      Thread.sleep(1_500);
      assertEquals(
          0,
          new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor(),
          "kill");
      assertTrue(process.waitFor(30, TimeUnit.SECONDS), "did not end");
    } finally {
      process.destroyForcibly();
    }
    assertEquals(130, process.exitValue(), Files.readString(log));
    int steps =
        new ObjectMapper()
            .readTree(out.resolve("summary.json").toFile())
            .at("/runs/0/steps")
            .asInt();
    assertTrue(steps >= 0 && steps < STEPS, "steps " + steps);
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

  /** Until the run has made its folder. */
  private static void waitFor(Path out) throws InterruptedException {
    for (int tries = 0; !Files.isDirectory(out) && tries < 1_200; tries++) {
      Thread.sleep(100);
    }
    assertTrue(Files.isDirectory(out), "the run did not start");
  }
}

package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Ctrl-C in the middle of a fork of a ref that was built. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "env --default-signal is of GNU")
class InterruptTest {
  @TempDir private Path folder;

  /** Runs the gate in a JVM of its own. */
  static final class Interrupted {
    private Interrupted() {}

    public static void main(String[] args) {
      System.exit(new CommandLine(new GateCommand()).execute(args));
    }
  }

  @Test
  void nothingIsLeftBehind() throws IOException, InterruptedException {
    Path jar = FixtureJar.build(folder.resolve("bench.jar"), 20, false);
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(project.resolve("file"), "");
    Repository repository = Repository.of(project);
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    Process gate =
        new ProcessBuilder(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + scratch,
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName(),
                "--baseline",
                "HEAD",
                "--project",
                project.toString(),
                "--build",
                "cp '" + jar + "' bench.jar",
                "--iteration-time",
                "1m",
                "--out",
                folder.resolve("out").toString())
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    try (BufferedReader err = gate.errorReader(StandardCharsets.UTF_8)) {
      String line = err.readLine();
      while (line != null && !line.startsWith("gate: fork 1")) {
        line = err.readLine();
      }
      assertTrue(line != null, "it ended before its first fork");
      assertTrue(waitForFork(gate), "no fork was started");
      List<ProcessHandle> started = gate.descendants().toList();
      assertEquals(0, new ProcessBuilder("kill", "-INT", "" + gate.pid()).start().waitFor());
      assertTrue(gate.waitFor(20, TimeUnit.SECONDS), "it goes on");
      assertEquals(130, gate.exitValue());
      assertEquals(0, started.stream().filter(ProcessHandle::isAlive).count());
    } finally {
      gate.destroyForcibly();
    }
    repository.assertNoWorktreeIsLeft();
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.filter(file -> !file.endsWith("hsperfdata_root")).toList());
    }
    String said = Files.readString(folder.resolve("said"));
    assertTrue(said.contains("note: interrupted after "), said);
    assertTrue(Files.exists(folder.resolve("out/gate.json")));
  }

  /** JMH's own process, and the fork that it starts. */
  private static boolean waitForFork(Process gate) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      if (gate.descendants().count() >= 2) {
        return true;
      }
      Thread.sleep(100);
    }
    return false;
  }
}

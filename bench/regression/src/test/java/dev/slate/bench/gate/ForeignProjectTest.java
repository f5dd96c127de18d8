package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slate.bench.CommandRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate on a Maven project that knows nothing of Slate, with no option but the baseline and what
 * keeps it short: two builds of Maven, so it waits for the soak. {@code .ci/run} gates that
 * project, too, with the steps of the example files.
 */
@Tag("soak")
class ForeignProjectTest {
  private static final Path PROJECT = Path.of("src", "it", "jmh-project");

  @TempDir private Path folder;
  @TempDir private Path scripts;

  @Test
  void theWorkingTreeIsGatedAgainstItsCommit() throws IOException, InterruptedException {
    assumeTrue(isOnPath("mvn") && isOnPath("git"), "needs Maven and git");
    copy(PROJECT, folder);
    // Its builds are too short for the better compiler to pay.
    Path maven = Files.createDirectory(folder.resolve(".mvn"));
    Files.writeString(maven.resolve("jvm.config"), "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC\n");
    Repository repository = Repository.of(folder);
    Path pom = folder.resolve("pom.xml");
    Files.writeString(pom, Files.readString(pom).replace("<garbage>false", "<garbage>true"));
    CommandRun run =
        CommandRun.of(
            new GateCommand(),
            "--baseline",
            "HEAD",
            "--project",
            folder.toString(),
            "--only",
            "deterministic",
            "--iteration-time",
            "50ms",
            "--jvm-args",
            FixtureJar.SHORT,
            "--java",
            FixtureJar.java(scripts).toString());
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().contains("SumBenchmark.sum avgt n=2000\n  regressed     B/op"), run::out);
    assertFalse(Files.exists(folder.resolve("target")));
    repository.assertNoWorktreeIsLeft();
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(file -> !file.startsWith(from.resolve("target"))).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
  }
}

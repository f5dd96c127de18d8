package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.bench.suite.SearchBenchmark;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Else where the arrays of a fork come to lie decides which of two speeds it has. */
  private static final String ALIGNED = "-XX:ObjectAlignmentInBytes=64";

  @TempDir private Path folder;

  @Test
  void equalBenchmarksOfSlatePass() throws IOException {
    Path jar = ownJar();
    CommandRun run =
        gate(
            BUDGET,
            jar,
            jar,
            "--benchmarks",
            SearchBenchmark.class.getSimpleName(),
            "--only",
            "measured",
            "--jvm-args",
            "--add-modules=jdk.incubator.vector " + ALIGNED,
            "--jmh-args",
            "-p n=20000 -p strategy=SCAN -wi 1");
    System.out.println(run.out());
    assertEquals(0, run.exitCode(), run::toString);
  }

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
    return CommandRun.of(args.toArray(String[]::new));
  }

  /** A jar of nothing but a manifest that names this build and what it needs. */
  private Path ownJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    Path jar = folder.resolve("slate.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish();
    }
    return jar;
  }
}

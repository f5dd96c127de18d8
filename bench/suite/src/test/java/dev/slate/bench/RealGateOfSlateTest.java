package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.bench.suite.SearchBenchmark;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gate on Slate's own benchmarks, with real forks and real time: equal code passes. */
@Tag("soak")
class RealGateOfSlateTest {
  @TempDir private Path folder;

  @Test
  void equalBenchmarksPass() throws IOException {
    String jar = ownJar().toString();
    StringWriter said = new StringWriter();
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(said, true))
            .setErr(new PrintWriter(said, true))
            .execute(
                "gate",
                "--baseline",
                jar,
                "--candidate",
                jar,
                "--budget",
                "4m",
                "--benchmarks",
                SearchBenchmark.class.getSimpleName(),
                "--only",
                "measured",
                "--jvm-args",
                "--add-modules=jdk.incubator.vector -XX:ObjectAlignmentInBytes=64",
                "--jmh-args",
                "-p n=20000 -p strategy=SCAN -wi 1");
    System.out.println(said);
    assertEquals(0, exitCode, said::toString);
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

package dev.slate.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.bench.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command in a process of its own, with forks that measure next to nothing. */
abstract class BenchProcess {
  static final Set<String> FILES =
      Set.of("results.json", "summary.json", "machine.json", "report.html", "jmh.log");

  @TempDir Path directory;

  Process start(String options) throws IOException {
    return start(List.of(options.split(" ", -1)));
  }

  Process start(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    if (OS.LINUX.isCurrentOs()) {
      // Whoever starts the build in the background makes it, and this process too, deaf to Ctrl-C.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // It starts forks, which have flags of their own, and prints.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--add-modules=jdk.incubator.vector",
            "-Djmh.ignoreLock=true",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "bench",
            "--quick",
            "--seconds",
            "0.05",
            "--out",
            out().toString()));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(directory.resolve("stdout").toFile())
            .redirectError(directory.resolve("stderr").toFile());
    builder.environment().put("SLATE_JAVA_OPTS", "-Dx=1 -Dy=2");
    return builder.start();
  }

  Path out() {
    return directory.resolve("out");
  }

  int finish(Process process) throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end");
    }
    return process.exitValue();
  }

  String said(String stream) throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve(stream))) {
      return lines
          .filter(line -> !line.startsWith("WARNING: "))
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }

  JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(out().resolve(name).toFile());
  }

  Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(out())) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  long forks() throws IOException {
    Path forks = out().resolve("forks");
    if (!Files.exists(forks)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(forks)) {
      return files.filter(file -> file.toString().endsWith(".fork")).count();
    }
  }
}

package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import javax.tools.ToolProvider;
import joptsimple.OptionParser;
import org.apache.commons.math3.util.FastMath;
import org.openjdk.jmh.generators.BenchmarkProcessor;
import org.openjdk.jmh.runner.Runner;

/** A benchmark jar like any other project's, with JMH in it, compiled on the spot. */
final class FixtureJar {
  /** Flags of forks that are too short for the better compiler to pay. */
  static final String SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final String SOURCE =
      """
      package org.example;

      import java.util.concurrent.TimeUnit;
      import org.openjdk.jmh.annotations.*;
      import org.openjdk.jmh.infra.Blackhole;

      @BenchmarkMode(Mode.AverageTime)
      @OutputTimeUnit(TimeUnit.NANOSECONDS)
      @State(Scope.Benchmark)
      @Warmup(iterations = 3)
      @Measurement(iterations = 3)
      public class Fixture {
        @Param({"1"}) public int factor;

        @AuxCounters(AuxCounters.Type.EVENTS)
        @State(Scope.Thread)
        public static class Counters {
          public long calls;
        }

        @Benchmark
        public Object work(Counters counters) {
          counters.calls++;
          Blackhole.consumeCPU(TOKENS * factor);
          return RESULT;
        }
      }
      """;

  /** Jars by what makes them differ: compiled once in a JVM. */
  private static final Map<String, byte[]> BUILT = new HashMap<>();

  private FixtureJar() {}

  /** A {@code java} for JMH's own process, with those flags. */
  static Path java(Path folder) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path script = folder.resolve("java");
    Files.writeString(script, "#!/bin/sh\nexec '" + java + "' " + SHORT + " \"$@\"\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return script;
  }

  /**
   * Builds a jar.
   *
   * @param jar its name
   * @param tokens of work an operation burns
   * @param allocates whether an operation makes an object
   */
  static synchronized Path build(Path jar, int tokens, boolean allocates) throws IOException {
    byte[] built = BUILT.get(tokens + " " + allocates);
    if (built == null) {
      compile(jar, tokens, allocates);
      BUILT.put(tokens + " " + allocates, Files.readAllBytes(jar));
      return jar;
    }
    return Files.write(jar, built);
  }

  private static void compile(Path jar, int tokens, boolean allocates) throws IOException {
    Path folder = Files.createTempDirectory(jar.getParent(), "fixture");
    Path source =
        Files.createDirectories(folder.resolve("src/org/example")).resolve("Fixture.java");
    Files.writeString(
        source,
        SOURCE
            .replace("TOKENS", Integer.toString(tokens))
            .replace("RESULT", allocates ? "new long[2]" : "this"));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    String path =
        Stream.of(Runner.class, BenchmarkProcessor.class, OptionParser.class, FastMath.class)
            .map(type -> jarOf(type).toString())
            .collect(Collectors.joining(File.pathSeparator));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:full",
                "-nowarn",
                "-cp",
                path,
                "-d",
                classes.toString(),
                source.toString());
    assertEquals(0, code);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.setLevel(Deflater.NO_COMPRESSION);
      for (Path compiled : filesIn(classes)) {
        add(out, classes.relativize(compiled).toString(), Files.readAllBytes(compiled));
      }
      for (Class<?> type : List.of(Runner.class, OptionParser.class, FastMath.class)) {
        addAll(out, jarOf(type));
      }
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void addAll(JarOutputStream out, Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory() && !entry.getName().startsWith("META-INF/")) {
          add(out, entry.getName(), file.getInputStream(entry).readAllBytes());
        }
      }
    }
  }

  private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name.replace(File.separatorChar, '/')));
    out.write(bytes);
    out.closeEntry();
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(
          Objects.requireNonNull(type.getProtectionDomain().getCodeSource()).getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}

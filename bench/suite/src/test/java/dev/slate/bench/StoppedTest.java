package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code slate search} and {@code slate build} in processes that are stopped while they write. */
@Timeout(60)
class StoppedTest {
  private static final Path FULL = Path.of("/dev/full");
  private static final int LATEST_MILLIS = 400;

  @TempDir Path dir;

  /** What is under the name afterwards is nothing: the search takes longer than it is given. */
  @RepeatedTest(2)
  void killed(RepetitionInfo repetition) throws Exception {
    Process search = start("out.csv");
    afterABit(repetition);
    search.destroyForcibly().waitFor();
    assertTrue(visible().isEmpty(), () -> "left " + visible());
  }

  @RepeatedTest(2)
  void interrupted(RepetitionInfo repetition) throws Exception {
    Process search = start("out.ivecs");
    afterABit(repetition);
    signal("INT", search);
    assertEquals(130, search.waitFor());
    assertEquals(List.of(), all());
    assertEquals("", said(search));
  }

  @Test
  void terminated() throws Exception {
    Process search = start("out.csv.gz");
    whenItWrites();
    signal("TERM", search);
    assertEquals(143, search.waitFor());
    assertEquals(List.of(), all());
  }

  /** The file is there, hidden, before the build begins. */
  @Test
  void anInterruptedBuildLeavesNothing() throws Exception {
    List<String> command = java();
    command.addAll(List.of("build", "--items", "uniform:3m:8", "--strategy", "quantized"));
    command.addAll(List.of("--out", dir.resolve("out.slate").toString()));
    Process build = new ProcessBuilder(command).start();
    whenItWrites();
    signal("INT", build);
    assertEquals(130, build.waitFor());
    assertEquals(List.of(), all());
    assertEquals("", said(build));
  }

  /** A file that was there before stays as it was. */
  @Test
  void interruptedOverAnOlderFile() throws Exception {
    Files.writeString(dir.resolve("out.csv"), "older");
    Process search = start("out.csv");
    whenItWrites();
    signal("INT", search);
    assertEquals(130, search.waitFor());
    assertEquals(List.of("out.csv"), all());
    assertEquals("older", Files.readString(dir.resolve("out.csv")));
  }

  /** What a plugin did not mean to end must not look like success. */
  @Test
  void aPluginThatExitsIsTold() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("out"));
    Path source = dir.resolve("Quitter.java");
    Files.writeString(
        source,
        """
        import dev.slate.sim.*;
        public final class Quitter implements Selector {
          public String name() { return "quitter"; }
          public String description() { return "ends it all"; }
          public void select(SelectorContext context, SlateBuilder slate) {
            System.exit(0);
          }
        }
        """);
    List<String> command = java();
    command.addAll(List.of("sim", "--selector", "quitter", "--plugin", source.toString()));
    command.addAll(List.of("--replications", "1", "--out", folder.toString()));
    Process sim = new ProcessBuilder(command).start();
    assertEquals(2, sim.waitFor());
    String said = said(sim);
    assertTrue(
        said.endsWith(
            "Quitter.select(Quitter.java:6) called System.exit before the command was done\n"),
        said);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void theReaderHasGone() throws Exception {
    Process search = start(null);
    try (BufferedReader out = search.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("query,rank,item,score", out.readLine());
    }
    assertEquals(0, search.waitFor());
    assertEquals("", said(search));
  }

  @Test
  void theDiskIsFull() throws Exception {
    assumeTrue(Files.exists(FULL), "needs /dev/full");
    Files.createSymbolicLink(dir.resolve("out.csv"), FULL);
    Process search = start("out.csv");
    assertEquals(2, search.waitFor());
    assertEquals(
        "slate: " + dir.resolve("out.csv") + ": cannot be written: No space left on device\n",
        said(search));
  }

  @Test
  void standardOutputIsFull() throws Exception {
    assumeTrue(Files.exists(FULL), "needs /dev/full");
    Process search = new ProcessBuilder(command(null)).redirectOutput(FULL.toFile()).start();
    assertEquals(2, search.waitFor());
    assertEquals(
        "slate: standard output: cannot be written: No space left on device\n", said(search));
  }

  private void afterABit(RepetitionInfo repetition) throws Exception {
    whenItWrites();
    Thread.sleep(new Random(repetition.getCurrentRepetition()).nextInt(LATEST_MILLIS));
  }

  private void whenItWrites() throws Exception {
    while (all().stream().noneMatch(name -> name.startsWith("."))) {
      Thread.sleep(5);
    }
  }

  private List<String> all() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> visible() {
    try {
      return all().stream().filter(name -> !name.startsWith(".")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name, Process process) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor());
  }

  private static String said(Process search) throws Exception {
    return new String(search.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private Process start(@Nullable String out) throws IOException {
    return new ProcessBuilder(command(out)).start();
  }

  /** A search that writes for many seconds. */
  private List<String> command(@Nullable String out) {
    List<String> command = java();
    command.addAll(List.of("search", "--items", "memotion:2k:5", "--strategy", "scan"));
    command.addAll(List.of("--queries", "memotion:20m:5:7:queries", "-k", "20"));
    if (out != null) {
      command.addAll(List.of("--out", dir.resolve(out).toString()));
    }
    return command;
  }

  /** The command line in a process of its own. */
  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // How fast it searches is no matter, but that it starts soon.
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.addAll(List.of("-Dslate.simd=scalar"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }
}

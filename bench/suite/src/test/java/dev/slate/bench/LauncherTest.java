package dev.slate.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher among a java and a Maven that only write down how they were called. */
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "..", "slate");
  private static final String JDK = "jdk 25";

  @TempDir Path temp;
  private Path home;
  private final Map<String, String> environment = new HashMap<>();

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void checkout() throws IOException {
    home = Files.createDirectories(temp.resolve("a checkout"));
    Files.copy(LAUNCHER, home.resolve("slate"));
    Files.writeString(home.resolve("pom.xml"), "");
    Files.writeString(home.resolve("README.md"), "");
    source("kernel/src/main/java/A.java");
    Files.writeString(home.resolve("kernel/pom.xml"), "");
    jdk(JDK, "25.0.1");
    script(
        "bin/mvn",
        "echo mvn >>'" + calls() + "'",
        "for a; do case $a in -Dslate.target=*) target=${a#-Dslate.target=} ;; esac; done",
        "mkdir -p \"${target%/*}/slate-bench/slate-1/slate-1/lib\"");
    environment.put("PATH", temp.resolve("bin") + ":" + System.getenv("PATH"));
    environment.put("SLATE_JAVA_HOME", temp.resolve(JDK).toString());
  }

  @Test
  void runsTheMainClassWithTheOptionsOfTheUserLast() throws Exception {
    environment.put("SLATE_JAVA_OPTS", "-Xmx5g -Dx=*");
    Result result = run("search", "--items", "a b.npy", "*");
    List<String> args = result.out().lines().toList();
    assertTrue(args.containsAll(List.of("--add-modules=jdk.incubator.vector", "-Xmx5g", "-Dx=*")));
    assertTrue(args.indexOf("-Xmx5g") > args.indexOf("-XX:MaxRAMPercentage=75"));
    int main = args.indexOf("dev.slate.bench.Main");
    assertEquals(List.of("search", "--items", "a b.npy", "*"), args.subList(main + 1, args.size()));
    assertEquals(7, result.exitCode());
  }

  @Test
  void aDumbTerminalGetsNoColours() throws Exception {
    environment.put("TERM", "xterm");
    assertFalse(run().out().contains("-Dpicocli.ansi=false\n"));
    environment.put("TERM", "dumb");
    assertTrue(run().out().contains("-Dpicocli.ansi=false\n"));
  }

  @Test
  void buildsOnlyWhatIsNewer() throws Exception {
    run();
    run();
    assertEquals(1, builds());
    Path source = source("kernel/src/main/java/B.java");
    run();
    assertEquals(2, builds());
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
    run();
    assertEquals(3, builds());
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(9)));
    run();
    assertEquals(3, builds());
    Files.delete(source);
    run();
    assertEquals(4, builds());
    source("kernel/src/test/java/BTest.java");
    run();
    assertEquals(4, builds());
    source("sim/loop/src/main/java/C.java");
    run();
    assertEquals(5, builds());
    source("sim/loop/target/classes/pom.xml");
    run();
    assertEquals(5, builds());
  }

  @Test
  void twoAtOnceBothRun() throws Exception {
    List<Process> launched = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      launched.add(start(home.resolve("slate"), "x"));
    }
    for (Process process : launched) {
      Result result = finish(process);
      assertEquals(7, result.exitCode(), result::err);
    }
    try (Stream<Path> left = Files.list(home.resolve(".slate"))) {
      assertTrue(left.noneMatch(p -> p.getFileName().toString().startsWith("work-")));
    }
  }

  @Test
  void aBuildThatFailsShowsItsLogAndLeavesNothing() throws Exception {
    script("bin/mvn", "echo '[ERROR] broken'; exit 1");
    Result result = run();
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("[ERROR] broken"), result::err);
    assertEquals("", result.out());
    try (Stream<Path> left = Files.list(home.resolve(".slate"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void dropsTheIncubatorNoticeAndNothingElse() throws Exception {
    script(
        JDK + "/bin/java",
        "echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2",
        "echo 'Unrecognized option: -Xyz' >&2; echo 'from slate' >&3; exit 1");
    run();
    // What passes the filter may arrive after the JVM has ended, and a Process closes its pipes at
    // that moment: here cat
    // ends after the filter, and the shell after cat.
    Process shell =
        start(Path.of("-c"), "{ '" + home.resolve("slate") + "' x; echo exit $?; } 2>&1 | cat");
    assertEquals(
        List.of("Unrecognized option: -Xyz", "exit 1", "from slate"),
        finish(shell).out().lines().sorted().toList());
  }

  @Test
  void closedDescriptorsAreReplaced() throws Exception {
    run();
    script(
        JDK + "/bin/java",
        "read -r line && exit 3; { echo x >&1; } 2>/dev/null && exit 4; echo x >&2 || exit 5; exit 7");
    for (String closed : List.of("<&- >&- 2>&-", "<&- >&-", "2>&- >&- <&-")) {
      Process shell =
          start(Path.of("-c"), "exec /bin/sh '" + home.resolve("slate") + "' x " + closed);
      assertEquals(7, finish(shell).exitCode(), closed);
    }
  }

  @Test
  void aLocaleThatIsNotUtf8IsReplaced() throws Exception {
    script(JDK + "/bin/java", "echo \"$LC_ALL\"; exit 7");
    environment.put("LC_ALL", "C");
    assertEquals("C.UTF-8", run().out().strip());
    environment.put("LC_ALL", "xx_XX.UTF-8"); // installed nowhere
    assertEquals("C.UTF-8", run().out().strip());
    script("bin/locale", "echo UTF-8"); // as where xx_XX.UTF-8 is installed
    assertEquals("xx_XX.UTF-8", run().out().strip());
    script("bin/locale", "exit 127"); // as where there is no such command
    assertEquals("xx_XX.UTF-8", run().out().strip());
  }

  @Test
  void refusesAnOldJdkThatTheUserNames() throws Exception {
    jdk("jdk-21", "21.0.2");
    environment.put("SLATE_JAVA_HOME", temp.resolve("jdk-21").toString());
    assertOneLine(run(), "SLATE_JAVA_HOME: ");
  }

  @Test
  void saysWhatToInstallWhereThereIsNoJdk() throws Exception {
    hideTheMachine();
    assertOneLine(run(), "needs a JDK 25 or newer: ");
  }

  @Test
  void findsAJdkInTheUsualFoldersAndPassesByOldOnes() throws Exception {
    hideTheMachine();
    jdk("root/usr/lib/jvm/java-17", "17.0.1");
    jdk("root/usr/lib/jvm/java-26", "26");
    assertEquals(7, run().exitCode());
  }

  @Test
  void saysWhatToInstallWhereThereIsNoMaven() throws Exception {
    Files.delete(temp.resolve("bin/mvn"));
    for (String tool : List.of("sh", "find", "head", "dirname", "readlink", "mkdir", "rm")) {
      script("bin/" + tool, "exec " + which(tool) + " \"$@\"");
    }
    environment.put("PATH", temp.resolve("bin").toString());
    assertOneLine(run(), "needs Maven 3.8 or newer to build: ");
  }

  @Test
  void aReleaseRunsItsOwnJarsThroughALink() throws Exception {
    Files.delete(home.resolve("pom.xml"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), home.resolve("slate"));
    Result result = finish(start(link, "--version"));
    assertEquals(7, result.exitCode(), result::err);
    assertTrue(result.out().contains(home.toRealPath() + "/lib/*"), result::out);
    assertFalse(Files.exists(calls()));
  }

  private static void assertOneLine(Result result, String start) {
    assertEquals(2, result.exitCode());
    assertEquals(1, result.err().lines().count(), result::err);
    assertTrue(result.err().startsWith("slate: " + start), result::err);
  }

  /** Makes the launcher look for JDKs below a folder of the test only. */
  private void hideTheMachine() throws IOException {
    environment.remove("SLATE_JAVA_HOME");
    environment.put("PATH", temp.resolve("bin") + ":/usr/bin:/bin");
    script("bin/java", "exit 1");
    Path launcher = home.resolve("slate");
    String text = Files.readString(launcher);
    for (String folder : List.of("/usr/l", "/usr/java", "/opt", "/Library")) {
      text = text.replace(" " + folder, " " + temp.resolve("root") + folder);
    }
    Files.writeString(launcher, text);
  }

  private void jdk(String name, String version) throws IOException {
    script(name + "/bin/java", "for a; do echo \"$a\"; done; exit 7");
    Files.writeString(temp.resolve(name).resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private Path source(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private void script(String name, String... lines) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path calls() {
    return temp.resolve("calls");
  }

  private long builds() throws IOException {
    return Files.readAllLines(calls()).size();
  }

  private static Path which(String tool) {
    return Stream.of("/bin", "/usr/bin")
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private Result run(String... args) throws Exception {
    return finish(start(home.resolve("slate"), args));
  }

  private Process start(Path launcher, String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("SLATE_"));
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("HOME", temp.toString());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Result finish(Process process) throws Exception {
    try (InputStream out = process.getInputStream();
        InputStream err = process.getErrorStream()) {
      process.getOutputStream().close();
      String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      String complained = new String(err.readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), said, complained);
    }
  }
}

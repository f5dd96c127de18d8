package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.bench.CommandRun;
import dev.slate.bench.compare.CompareCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The gate with real jars and real forks, as short as they can be: no time is judged. */
class GateCommandTest {
  @TempDir private static Path folder;
  private static Path base = Path.of("");
  private static Path fat = Path.of("");

  @BeforeAll
  static void buildJars() throws IOException {
    base = FixtureJar.build(folder.resolve("base.jar"), 20, false);
    fat = FixtureJar.build(folder.resolve("fat.jar"), 20, true);
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    List<Path> before = scratches();
    assertRefused(
        "--benchmarks: matches no benchmark of " + base,
        gate(base, fat, "--benchmarks", "NoSuchBenchmark"));
    assertEquals(before, scratches());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --budget soon              | Invalid value for option '--budget': 'soon' is not a time such as 10m, 90s or 1h30m
          --jmh-args -f              | --jmh-args: the gate sets -f itself
          --jmh-args --nope          | BASE: JMH could not run it: nope is not a recognized option
          --iteration-time x         | --iteration-time: 'x' is not a time such as 10m, 90s or 1h30m
          --java /no/such/java       | --java: /no/such/java cannot be started
          --project /no/such/folder  | --project: /no/such/folder is no directory
          """)
  void badOptionsAreNamed(String options, String message) {
    CommandRun run = gate(base, fat, options.split(" "));
    assertEquals(2, run.exitCode());
    String expected = message.replaceFirst("^BASE", Matcher.quoteReplacement(base.toString()));
    assertTrue(run.lastLine().startsWith(expected), run::err);
  }

  @Test
  void whatIsNeitherJarNorRefIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertRefused(text + ": not a jar", gate(text, fat));
    assertRefused(
        "--baseline: 'no-such-ref' is no jar, no folder of jars and no git ref of " + folder,
        gate(Path.of("no-such-ref"), fat, "--project", folder.toString()));
  }

  /** Builds that take no time: the jar is copied into the checkout. The new one allocates. */
  @Test
  void theWorkingTreeIsGatedAgainstARef() throws IOException, InterruptedException {
    Path project = project();
    Repository repository = Repository.of(project.getParent());
    Files.writeString(project.resolve("recipe"), "test ! -e gone && cp '" + fat + "' built.jar\n");
    Files.delete(project.resolve("gone"));
    Files.writeString(project.resolve("new"), "");
    Path results = folder.resolve("results");
    CommandRun run =
        CommandRun.of(
            new GateCommand(),
            "--baseline",
            "HEAD",
            "--build",
            ". ./recipe",
            "--project",
            project.toString(),
            "--only",
            "deterministic",
            "--iteration-time",
            "50ms",
            "--turns",
            "forks",
            "--jvm-args",
            "-Dof.the.user=1 " + FixtureJar.SHORT,
            "--java",
            FixtureJar.java(folder).toString(),
            "--out",
            results.toString());
    assertEquals(3, run.exitCode(), run::toString);
    assertTrue(run.out().startsWith("HEAD → working tree\n"), run::out);
    assertTrue(run.out().contains("regressed     B/op"), run::out);
    assertTrue(run.out().endsWith("1 regressed\n"), run::out);
    repository.assertNoWorktreeIsLeft();
    assertTrue(repository.git("status", "--short", "part/gone").endsWith("D part/gone"));
    assertFalse(Files.exists(project.resolve("built.jar")));
    JsonNode row =
        new ObjectMapper().readTree(results.resolve("gate.json").toFile()).path("rows").path(0);
    assertEquals(32, row.path("candidate").asDouble(), 0.5);
    assertTrue(Files.readString(results.resolve("gate.md")).contains("**regressed**"));
    JsonNode machine = new ObjectMapper().readTree(results.resolve("machine.json").toFile());
    assertTrue(machine.path("command").asText().startsWith("slate "), machine::toString);
    assertTrue(machine.path("cores").asInt() > 0, machine::toString);
    assertFalse(Files.exists(results.resolve("control.json")));
    for (String side : List.of("baseline.json", "candidate.json")) {
      for (JsonNode fork : new ObjectMapper().readTree(results.resolve(side).toFile())) {
        assertTrue(fork.path("jvmArgs").toString().contains("-Dof.the.user=1"), side);
      }
    }
    assertEquals(3, compare(results.resolve("baseline.json"), results.resolve("candidate.json")));
  }

  /** A rule that a few forks satisfy: what is shown beside the judged rows is in question. */
  @Test
  void countersOfNoDirectionAreShown() throws IOException {
    CommandRun run =
        gate(
            base,
            base,
            "--only",
            "measured",
            "--metrics",
            "calls",
            "--alpha",
            "0.9",
            "--min-effect",
            "1000%",
            "--iteration-time",
            "10ms",
            "--jvm-args",
            FixtureJar.SHORT,
            "--java",
            FixtureJar.java(folder).toString());
    assertEquals(0, run.exitCode(), run::toString);
    assertTrue(run.out().contains("  unjudged      calls"), run::out);
    assertTrue(run.out().contains("note: calls is not judged"), run::out);
    assertTrue(run.out().endsWith("1 unjudged, 1 pass\n"), run::out);
  }

  @Test
  void aRefThatDoesNotBuildIsNamed() throws IOException, InterruptedException {
    Path project = project();
    Repository repository = Repository.of(project.getParent());
    assertRefused("--baseline: the build of HEAD ended with 7", built(project, "exit 7"));
    assertRefused(
        "--baseline: no benchmark jar in the build of HEAD; --jar names it",
        built(project, "true"));
    assertRefused(
        "--jar: nothing in the build of HEAD matches 'no/*.jar', a pattern relative to the project",
        built(project, "true", "--jar", "no/*.jar"));
    assertRefused("--jar: not a glob: Missing '}", built(project, "true", "--jar", "{a"));
    repository.assertNoWorktreeIsLeft();
  }

  @Test
  void aFolderThatCannotBeMadeHasItsReason() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertRefused(file + ": a file stands in its way", gate(base, fat, "--out", file.toString()));
    assertRefused(file + "/in: a file stands in its way", gate(base, fat, "--out", file + "/in"));
  }

  /**
   * Built in its own folder, a module would take its siblings from the local repository: the same
   * for both sides, whatever changed in them.
   */
  @Test
  void aModuleIsBuiltWithTheSiblingsThatItNeeds() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory(folder, "reactor");
    Path module = Files.createDirectories(root.resolve("libs/bench"));
    Files.writeString(root.resolve("pom.xml"), "<modules><module>libs</module></modules>");
    Files.writeString(
        root.resolve("libs/pom.xml"),
        "<modules>\n<module>core</module>\n<module> ./bench/ </module>\n</modules>");
    Files.writeString(module.resolve("pom.xml"), "<project/>");
    Files.writeString(
        root.resolve("mvnw"), "echo \"$@\" >said; cp '" + base + "' libs/bench/; false");
    Repository.of(root);
    CommandRun run =
        CommandRun.of(new GateCommand(), "--baseline", "HEAD", "--project", module.toString());
    assertTrue(
        run.err()
            .contains("building HEAD: sh ./mvnw -B -q -DskipTests package -pl libs/bench -am\n"),
        run::err);
    assertEquals("--baseline: the build of HEAD ended with 1", run.lastLine());
  }

  /** A build of several projects has one wrapper, in its own folder: above that of each project. */
  @Test
  void aProjectIsBuiltByTheWrapperAboveIt() throws IOException, InterruptedException {
    Path root = Files.createTempDirectory(folder, "gradle");
    Path module = Files.createDirectories(root.resolve("libs/bench"));
    Path alone = Files.createDirectories(root.resolve("alone"));
    Files.writeString(module.resolve("build.gradle"), "");
    Files.writeString(alone.resolve("pom.xml"), "<project/>");
    Files.writeString(root.resolve("gradlew"), "echo \"$@ in ${PWD##*/}\"; false");
    Files.writeString(root.resolve("mvnw"), "echo \"$@ in ${PWD##*/}\"; false");
    Repository.of(root);
    assertBuildFails("sh ../../gradlew", "-q --no-daemon jmhJar in bench", module);
    assertBuildFails("sh ../mvnw", "-B -q -DskipTests package in alone", alone);
    Files.delete(root.resolve("mvnw"));
    new Repository(root).commit();
    assertBuildFails("sh ./gradlew", "-q --no-daemon jmhJar in checkout-0", root);
  }

  private static void assertBuildFails(String program, String said, Path project) {
    CommandRun run =
        CommandRun.of(new GateCommand(), "--baseline", "HEAD", "--project", project.toString());
    String arguments = said.substring(0, said.indexOf(" in "));
    String expected = "gate: building HEAD: " + program + " " + arguments + "\n" + said + "\n";
    assertTrue(run.err().startsWith(expected), run::err);
    assertEquals("--baseline: the build of HEAD ended with 1", run.lastLine());
  }

  /** A folder of a project that is to be a repository, of whose attributes git warns. */
  private static Path project() throws IOException {
    Path project =
        Files.createDirectory(Files.createTempDirectory(folder, "project").resolve("part"));
    Files.writeString(project.resolve("recipe"), "cp '" + base + "' built.jar\n");
    Files.writeString(project.resolve("gone"), "");
    Files.writeString(project.resolve(".gitattributes"), "!x text\n");
    return project;
  }

  private static CommandRun built(Path project, String build, String... more) {
    String[] options = {"--baseline", "HEAD", "--project", project.toString(), "--build", build};
    return CommandRun.of(
        new GateCommand(), Stream.of(options, more).flatMap(Stream::of).toArray(String[]::new));
  }

  private static int compare(Path baseline, Path candidate) {
    return new CommandLine(new CompareCommand())
        .setOut(new PrintWriter(new StringWriter()))
        .execute(baseline.toString(), candidate.toString(), "--only", "deterministic");
  }

  private static void assertRefused(String message, CommandRun run) {
    assertEquals(2, run.exitCode(), run::toString);
    assertEquals(message, run.lastLine());
  }

  private static CommandRun gate(Path baseline, Path candidate, String... options) {
    List<String> args = new ArrayList<>(List.of("--baseline", baseline.toString()));
    args.addAll(List.of("--candidate", candidate.toString()));
    args.addAll(List.of(options));
    return CommandRun.of(new GateCommand(), args.toArray(String[]::new));
  }

  private static List<Path> scratches() throws IOException {
    String ours = "slate-gate-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(ours)).toList();
    }
  }
}

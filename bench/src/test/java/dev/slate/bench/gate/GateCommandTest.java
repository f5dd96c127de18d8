package dev.slate.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.bench.compare.CompareCommand;
import dev.slate.data.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void buildJars() throws IOException {
    base = FixtureJar.build(folder.resolve("base.jar"), 20, false);
    fat = FixtureJar.build(folder.resolve("fat.jar"), 20, true);
  }

  @Test
  void aJarThatAllocatesIsCaughtByItsBytesAlone() throws IOException {
    Path results = folder.resolve("results");
    int code =
        gate(
            base,
            fat,
            "--only",
            "deterministic",
            "--iteration-time",
            "100ms",
            "--out",
            results.toString());
    assertEquals(3, code, () -> out + "\n" + err);
    assertTrue(out.toString().contains("regressed     B/op"), out::toString);
    assertTrue(out.toString().endsWith("1 regressed\n"), out::toString);
    JsonNode row =
        new ObjectMapper().readTree(results.resolve("gate.json").toFile()).path("rows").path(0);
    assertEquals(32, row.path("candidate").asDouble(), 0.5);
    assertTrue(Files.readString(results.resolve("gate.md")).contains("**regressed**"));
    assertFalse(Files.exists(results.resolve("control.json")));
    int again =
        new CommandLine(new CompareCommand())
            .setOut(new PrintWriter(new StringWriter()))
            .execute(
                results.resolve("baseline.json").toString(),
                results.resolve("candidate.json").toString(),
                "--only",
                "deterministic");
    assertEquals(3, again);
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder() throws IOException {
    List<Path> before = scratches();
    assertEquals(2, gate(base, fat, "--benchmarks", "NoSuchBenchmark"));
    assertEquals("--benchmarks: matches no benchmark of " + base + "\n", lastLine());
    assertEquals(before, scratches());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --budget soon              | Invalid value for option '--budget': 'soon' is not a time such as 10m, 90s or 1h30m
          --jmh-args -f              | --jmh-args: the gate sets -f itself
          --iteration-time x         | --iteration-time: 'x' is not a time such as 10m, 90s or 1h30m
          --java /no/such/java       | --java: /no/such/java cannot be started
          --project /no/such/folder  | --project: /no/such/folder is no directory
          """)
  void badOptionsAreNamed(String options, String message) {
    assertEquals(2, gate(base, fat, options.split(" ")));
    assertTrue(lastLine().startsWith(message), err::toString);
  }

  @Test
  void whatIsNeitherJarNorRefIsNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
    assertEquals(2, gate(text, fat));
    assertEquals(text + ": not a jar\n", lastLine());
    assertEquals(2, gate(Path.of("no-such-ref"), fat, "--project", folder.toString()));
    assertEquals(
        "--baseline: 'no-such-ref' is no jar, no folder of jars and no git ref of " + folder + "\n",
        lastLine());
  }

  private int gate(Path baseline, Path candidate, String... options) {
    List<String> args = new ArrayList<>(List.of("--baseline", baseline.toString()));
    args.addAll(List.of("--candidate", candidate.toString()));
    args.addAll(List.of(options));
    return new CommandLine(new GateCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(
            (failure, arguments) -> {
              err.append(failure.getMessage()).append("\n");
              return 2;
            })
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              if (!(failure instanceof InputException)) {
                throw failure;
              }
              err.append(failure.getMessage()).append("\n");
              return 2;
            })
        .execute(args.toArray(String[]::new));
  }

  private String lastLine() {
    return err.toString().lines().reduce("", (before, line) -> line) + "\n";
  }

  private static List<Path> scratches() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith("slate-gate")).toList();
    }
  }
}

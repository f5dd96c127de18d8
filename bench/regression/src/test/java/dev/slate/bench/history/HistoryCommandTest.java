package dev.slate.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.slate.bench.results.BadInputException;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class HistoryCommandTest {
  private static final int COMMITS = 24;
  private static final int SLOWER_FROM = 15;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file = Path.of("");

  /** The scan gets slower at commit 15 and allocates from 20 on; the tree stays as it is. */
  @BeforeEach
  void addCommits() throws IOException {
    file = folder.resolve("history.jsonl");
    for (int i = 0; i < COMMITS; i++) {
      double wobble = 1 + 0.004 * ((i * 7) % 5 - 2);
      double scan = (i < SLOWER_FROM ? 100 : 112) * wobble;
      Path results = write(scan, 50 * wobble, i < 20 ? 0 : 16);
      assertEquals(0, add(results, i));
    }
  }

  @Test
  void theCommitOfEachChangeIsTold() {
    assertEquals(0, show());
    assertTrue(
        out.toString().startsWith("24 results, 2026-01-01 to 2026-01-24; 4 rows, 2 changes"),
        out::toString);
    assertTrue(out.toString().contains("2026-01-16  c15"), out::toString);
    assertTrue(out.toString().contains("2026-01-21  c20"), out::toString);
    assertFalse(out.toString().contains("Tree"), out::toString);
    out.toString().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void jsonTellsTheSame() throws IOException {
    assertEquals(0, show("--format", "json", "--benchmarks", "Scan"));
    JsonNode changes = new ObjectMapper().readTree(out.toString()).path("changes");
    assertEquals("c20", changes.path(0).path("commit").asText());
    assertTrue(changes.path(0).path("change").isNull());
    assertEquals(0.12, changes.path(1).path("change").asDouble(), 0.01);
    assertTrue(changes.path(1).path("worse").asBoolean());
  }

  /** The same times in another unit are no change. */
  @Test
  void aUnitOfTimeThatChangedIsConverted() throws IOException {
    for (int i = COMMITS; i < COMMITS + 4; i++) {
      Path results = write(112_000, 50_000, 16);
      Files.writeString(results, Files.readString(results).replace("us/op", "ns/op"));
      assertEquals(0, add(results, i));
    }
    assertEquals(0, show());
    assertTrue(out.toString().startsWith("28 results, "), out::toString);
    assertTrue(out.toString().contains("; 4 rows, 2 changes"), out::toString);
    assertTrue(out.toString().contains("ns/op"), out::toString);
  }

  @Test
  void aRowUnderTwoJvmsIsNotAdded() throws IOException {
    Path results = write(100, 50, 0);
    String once = Files.readString(results);
    Files.writeString(
        results, once + once.replace("\"threads\"", "\"jvmArgs\": [\"-Xint\"], \"threads\""));
    assertEquals(2, add(results, COMMITS));
    assertTrue(err.toString().contains("holds it twice, JVM flags"), err::toString);
  }

  /** Each option of the search, by what it leaves out. */
  @Test
  void theSearchIsSet() {
    assertEquals(0, show("--max-p", "0.000001"));
    assertTrue(out.toString().contains("rows, 0 changes (p < 0.000001)"), out::toString);
    out.getBuffer().setLength(0);
    assertEquals(0, show("--min-effect", "20%"));
    assertTrue(out.toString().contains("rows, 1 change (p < 0.002)"), out::toString);
    out.getBuffer().setLength(0);
    assertEquals(0, show("--window", "10"));
    assertTrue(out.toString().contains("rows, "), out::toString);
  }

  @Test
  void aLineOnceWrittenStays() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertEquals(0, add(write(100, 50, 0), COMMITS));
    byte[] after = Files.readAllBytes(file);
    assertEquals(
        new String(before, StandardCharsets.UTF_8),
        new String(after, 0, before.length, StandardCharsets.UTF_8));
    assertEquals(COMMITS + 1, Files.readAllLines(file).size());
  }

  @Test
  void aLostLineBreakIsPutBack() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.stripTrailing());
    assertEquals(0, add(write(100, 50, 0), COMMITS));
    assertEquals(COMMITS + 1, Files.readAllLines(file).size());
  }

  @Test
  void aDamagedLineIsNamedAndNothingIsAdded() throws IOException {
    Files.writeString(file, "{\"format\": \"slate-hist", StandardOpenOption.APPEND);
    byte[] before = Files.readAllBytes(file);
    assertEquals(2, show());
    assertEquals(file + ": not JSON, or cut off; take the line out, line 25\n", err.toString());
    assertEquals(2, add(write(100, 50, 0), COMMITS));
    assertEquals(before.length, Files.size(file));
  }

  /** Time, commit, branch and a number in every cell, under the names that the test has. */
  @Test
  void otavaReadsTheCsvThroughItsYaml() {
    assertEquals(0, show("--format", "otava-csv"));
    List<CsvRecord> records = CsvReader.builder().ofCsvRecord(out.toString()).stream().toList();
    assertEquals(COMMITS + 1, records.size());
    List<String> header = records.getFirst().getFields();
    assertEquals(List.of("time", "commit", "branch"), header.subList(0, 3));
    for (CsvRecord record : records.subList(1, records.size())) {
      assertEquals(header.size(), record.getFieldCount());
      for (String cell : record.getFields().subList(3, header.size())) {
        assertTrue(Double.isFinite(Double.parseDouble(cell)));
      }
    }
    out.getBuffer().setLength(0);
    assertEquals(0, show("--format", "otava-yaml"));
    for (String column : header.subList(3, header.size())) {
      assertTrue(
          out.toString().contains("      '" + column + "':\n        direction: -1\n"),
          out::toString);
    }
  }

  /** As from a variable of a CI that is not set: nobody could say whose results these are. */
  @Test
  void aResultHasACommit() throws IOException {
    String results = write(100, 50, 0).toString();
    err.getBuffer().setLength(0);
    String before = Files.readString(file);
    assertEquals(2, run("add", results, "--file", file.toString(), "--commit", ""));
    assertEquals("--commit: is empty\n", err.toString());
    assertEquals(before, Files.readString(file));
  }

  /** As when a CI job is run once more: a second point at one commit would count as one more. */
  @Test
  void aCommitIsNotAddedTwice() throws IOException {
    String before = Files.readString(file);
    Path other = write(101, 50, 0);
    assertEquals(2, add(other, 3));
    String all = ": holds results of c3 already, on main; --again adds these too\n";
    assertTrue(err.toString().endsWith(file + all), err::toString);
    assertEquals(before, Files.readString(file));
    assertEquals(0, add(other, 3, "--again"));
    assertEquals(COMMITS + 1, Files.readAllLines(file).size());
    assertEquals(0, add(other, 3));
    assertTrue(err.toString().endsWith(": has these results of c3 already\n"), err::toString);
    assertEquals(COMMITS + 1, Files.readAllLines(file).size());
  }

  /** Each module of a project has results of its own. */
  @Test
  void otherRowsOfACommitAreAdded() throws IOException {
    Path results = write(100, 50, 0);
    assertEquals(0, add(results, COMMITS, "--benchmarks", "Scan"));
    assertEquals(0, add(results, COMMITS, "--benchmarks", "Tree"));
    assertEquals(2, add(write(101, 51, 0), COMMITS, "--benchmarks", "Tree"));
    assertEquals(COMMITS + 2, Files.readAllLines(file).size());
  }

  @Test
  void aReportNeedsAName() {
    assertEquals(2, show("--out", "\0"));
    assertTrue(err.toString().endsWith(": is not a file name\n"), err::toString);
  }

  @Test
  void severalBranchesAreNotMixed() throws IOException {
    Path results = write(100, 50, 0);
    run(
        "add",
        results.toString(),
        "--file",
        file.toString(),
        "--commit",
        "x",
        "--time",
        "2026-02-01T00:00:00Z",
        "--branch",
        "dev");
    assertEquals(2, show());
    assertTrue(
        err.toString().endsWith("holds results of several, name one: dev, main\n"), err::toString);
    assertEquals(0, show("--branch", "main"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --max-p 0            | --max-p: must be above 0 and below 1, but it is 0.0
          --window 9           | --window: must be at least 10, but it is 9
          --min-effect x       | --min-effect: 'x' is not a number or a percentage
          --benchmarks [       | --benchmarks: not a regular expression: Unclosed character class
          --branch other       | FILE: no result is left by the options that choose them
          """)
  void badOptionsAreNamed(String options, String message) {
    assertEquals(2, show(options.split(" ")));
    assertEquals(message.replace("FILE", file.toString()) + "\n", err.toString());
  }

  /** In a browser, each row is drawn with all its points and its changes. */
  @Test
  void thePageDrawsItsData() throws IOException, InterruptedException {
    Path page = folder.resolve("history.html");
    assertEquals(0, show("--format", "html", "--out", page.toString()));
    String source = Files.readString(page);
    assertFalse(source.contains("/*DATA*/"));
    assertFalse(source.matches("(?s).*(src|href)=.*"), "the page needs no other file");
    String chromium =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .filter(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(on -> Files.isExecutable(Path.of(on, name))))
            .findFirst()
            .orElse(null);
    assumeTrue(chromium != null, "no Chromium on the path: the page is not seen by a browser");
    Path dom = folder.resolve("dom.html");
    Process browser =
        new ProcessBuilder(
                chromium,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"),
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!browser.waitFor(60, TimeUnit.SECONDS)) {
      browser.destroyForcibly();
      throw new AssertionError("the browser did not end");
    }
    String drawn = Files.readString(dom);
    assertEquals(4, count(drawn, "<figure"));
    assertEquals(4 * COMMITS, count(drawn, "<circle"));
    assertEquals(2, count(drawn, "<line class=\"worse\""));
    assertTrue(drawn.contains("+12.0%") || drawn.contains("+11.9%") || drawn.contains("+12.1%"));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  private int add(Path results, int commit, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "add",
                results.toString(),
                "--file",
                file.toString(),
                "--commit",
                "c" + commit,
                "--time",
                "2026-01-%02dT12:00:00+00:00".formatted(commit + 1),
                "--branch",
                "main"));
    line.addAll(List.of(more));
    return run(line.toArray(String[]::new));
  }

  private int show(String... options) {
    err.getBuffer().setLength(0);
    String[] args = new String[options.length + 3];
    args[0] = "show";
    args[1] = "--file";
    args[2] = file.toString();
    System.arraycopy(options, 0, args, 3, options.length);
    return run(args);
  }

  private int run(String... args) {
    return new CommandLine(new HistoryCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              if (!(failure instanceof BadInputException)) {
                throw failure;
              }
              err.append(failure.getMessage()).append("\n");
              return 2;
            })
        .execute(args);
  }

  private Path write(double scan, double tree, double bytes) throws IOException {
    return Files.writeString(
        folder.resolve("results.json"),
        "["
            + run("org.example.Scan.search", scan, bytes)
            + ","
            + run("org.example.Tree.search", tree, 0)
            + "]");
  }

  private static String run(String benchmark, double time, double bytes) {
    return """
        {"benchmark": "%s", "mode": "avgt", "threads": 1, "params": {"n": "1000"},
         "primaryMetric": {"score": 1, "scoreUnit": "us/op", "rawData": [[%s], [%s]]},
         "secondaryMetrics": {"gc.alloc.rate.norm":
           {"score": 1, "scoreUnit": "B/op", "rawData": [[%s], [%s]]}}}"""
        .formatted(benchmark, time, time, bytes, bytes);
  }
}

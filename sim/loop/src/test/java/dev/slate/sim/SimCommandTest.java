package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimCommandTest {
  private static final List<String> FILES =
      List.of(
          "trajectories.csv",
          "impressions.csv",
          "items.csv",
          "users.csv",
          "summary.json",
          "report.html");

  @TempDir Path directory;

  private Path run(String name, String... more) {
    Path out = directory.resolve(name);
    List<String> command = new ArrayList<>(List.of("sim", "--out", out.toString()));
    command.addAll(List.of(more));
    if (!command.contains("--replications")) {
      command.addAll(List.of("--replications", "1"));
    }
    Cli.Outcome outcome = Cli.run(command.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    return out;
  }

  @Test
  void aRunThatFailsLeavesNoFolder() throws IOException {
    Path plugin = directory.resolve("Fails.java");
    Files.writeString(
        plugin,
        """
        public final class Fails implements dev.slate.sim.Selector {
          @Override public String name() { return "fails"; }
          @Override public String description() { return "nothing"; }
          @Override public void select(
              dev.slate.sim.SelectorContext context, dev.slate.sim.SlateBuilder slate) {
            throw new IllegalStateException("on purpose");
          }
        }
        """);
    for (String which : List.of("sim --selector fails", "sim compare --selectors fails,random")) {
      Path out = directory.resolve("new/out");
      List<String> command = new ArrayList<>(List.of(which.split(" ", -1)));
      command.addAll(List.of("--plugin", plugin.toString(), "--out", out.toString()));
      Cli.Outcome outcome = Cli.run(command.toArray(String[]::new));
      assertEquals(2, outcome.code(), outcome::err);
      assertTrue(outcome.err().contains("on purpose"), outcome::err);
      assertFalse(Files.exists(out.getParent()), "an empty folder was left");
    }
  }

  @Test
  void theBytesAreTheSameForEveryThreadCount() throws IOException {
    String[] options = {
      "--selector", "nearest-half-random", "--users", "600", "--steps", "8", "--replications", "2"
    };
    Path one =
        run(
            "one",
            Stream.concat(Stream.of(options), Stream.of("--threads", "1")).toArray(String[]::new));
    Path again =
        run(
            "again",
            Stream.concat(Stream.of(options), Stream.of("--threads", "1")).toArray(String[]::new));
    Path two =
        run(
            "two",
            Stream.concat(Stream.of(options), Stream.of("--threads", "2")).toArray(String[]::new));
    for (String file : FILES) {
      byte[] bytes = Files.readAllBytes(one.resolve(file));
      assertArrayEquals(bytes, Files.readAllBytes(again.resolve(file)), file);
      assertArrayEquals(bytes, Files.readAllBytes(two.resolve(file)), file);
    }
  }

  /** Another process has other hash codes and another order of immutable sets. */
  @Test
  void theBytesAreTheSameInAnotherProcess() throws IOException, InterruptedException {
    String[] options = {"--attack", "spam", "--users", "90", "--steps", "4", "--replications", "2"};
    List<String> command =
        new ArrayList<>(List.of("sim", "compare", "--selectors", "balanced,neighbourhood,random"));
    command.addAll(List.of(options));
    Path here = directory.resolve("here");
    Path there = directory.resolve("there");
    List<String> java =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Cli.class.getName()));
    java.addAll(command);
    java.addAll(List.of("--threads", "2", "--out", there.toString()));
    File log = directory.resolve("log").toFile();
    Process process =
        new ProcessBuilder(java).redirectErrorStream(true).redirectOutput(log).start();
    command.addAll(List.of("--out", here.toString()));
    assertEquals(0, Cli.run(command.toArray(String[]::new)).code());
    assertEquals(0, process.waitFor(), () -> "see " + log);
    int files = 0;
    try (Stream<Path> all = Files.walk(here)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path other = there.resolve(here.relativize(file));
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), file.toString());
        files++;
      }
    }
    assertEquals(3 * 4 + 2, files);
  }

  /** As when the command is piped into head. */
  @Test
  void whoDoesNotListenGetsTheFiles() throws IOException {
    PrintWriter deaf =
        new PrintWriter(
            new Writer() {
              @Override
              public void write(char[] text, int from, int length) {
                throw new IllegalStateException("closed");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    Path out = directory.resolve("deaf");
    String[] command = {
      "sim", "--selector", "random", "--steps", "2", "--replications", "2", "--out", out.toString()
    };
    assertNotEquals(0, Cli.run(deaf, command).code());
    for (String file : FILES) {
      assertTrue(Files.exists(out.resolve(file)), file);
    }
    Path audit = directory.resolve("audit.json");
    assertNotEquals(0, Cli.run(deaf, "audit", "--out", audit.toString()).code());
    assertTrue(Files.exists(audit));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sim", "sim compare"})
  void theHelpNamesEverySelector(String command) {
    Cli.Outcome outcome = Cli.run((command + " --help").split(" "));
    assertEquals(0, outcome.code());
    Selectors.descriptions(Selectors.class.getClassLoader())
        .forEach(
            (name, shows) ->
                assertTrue(
                    outcome.out().matches("(?s).*\\R  " + name + " +\\Q" + shows + "\\E\\R.*"),
                    outcome::out));
    outcome.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void theTablesAreWhatTheySay() throws IOException {
    Path out =
        run(
            "tables",
            "--selector",
            "advertisement",
            "--users",
            "4",
            "--steps",
            "3",
            "--slate",
            "3");
    List<String> trajectories = Files.readAllLines(out.resolve("trajectories.csv"));
    assertEquals(
        "step,user,humour,sarcasm,offensive,motivational,overall_sentiment",
        trajectories.getFirst());
    assertEquals(1 + 4 * 4, trajectories.size());
    assertTrue(trajectories.get(1).startsWith("0,0,"));
    List<String> impressions = Files.readAllLines(out.resolve("impressions.csv"));
    assertEquals("step,user,rank,item,ad,chosen", impressions.getFirst());
    assertEquals(1 + 3 * 4 * 3, impressions.size());
    assertTrue(impressions.get(2).startsWith("1,0,2,0,1,"), impressions.get(2));
    assertEquals(12, impressions.stream().filter(line -> line.endsWith(",1")).count());
    try (Stream<Path> files = Files.list(out)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertEquals(Set.copyOf(FILES), names);
    }
  }

  @Test
  void theSummaryHoldsTheCurves() throws IOException {
    Path out =
        run(
            "summary",
            "--selector",
            "nearest",
            "--users",
            "50",
            "--steps",
            "40",
            "--replications",
            "3");
    JsonNode summary = new ObjectMapper().readTree(out.resolve("summary.json").toFile());
    JsonNode distance = summary.at("/runs/0/metrics/nearest_distance");
    assertEquals(41, distance.get("mean").size());
    double start = distance.get("mean").get(0).asDouble();
    double end = distance.get("mean").get(40).asDouble();
    assertTrue(end < 0.4 * start, start + " -> " + end);
    assertTrue(distance.get("low").get(40).asDouble() < end);
    assertTrue(distance.get("high").get(40).asDouble() > end);
    assertEquals("nearest", summary.at("/runs/0/selector").asText());
    assertEquals(6_993, summary.get("items").asInt());
  }

  @Test
  void compareUsesTheSameUsers() throws IOException {
    Path out = directory.resolve("compared");
    Cli.Outcome outcome =
        Cli.run(
            "sim",
            "compare",
            "--selectors",
            "random,nearest",
            "--users",
            "9",
            "--steps",
            "2",
            "--out",
            out.toString());
    assertEquals(0, outcome.code(), outcome::err);
    String[] starts =
        Stream.of("random", "nearest")
            .map(name -> out.resolve(name).resolve("trajectories.csv"))
            .map(SimCommandTest::start)
            .toArray(String[]::new);
    assertEquals(starts[0], starts[1]);
    assertTrue(Files.exists(out.resolve("report.html")));
    assertTrue(outcome.out().contains("Distance to the nearest item"));
  }

  private static String start(Path table) {
    try (Stream<String> lines = Files.lines(table)) {
      return lines.filter(line -> line.startsWith("0,")).collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void moderationKeepsOffensiveItemsOut() throws IOException {
    Path free = run("free", "--selector", "random");
    Path moderated = run("moderated", "--selector", "random", "--moderate", "offensive=0");
    ObjectMapper json = new ObjectMapper();
    String exposure = "/runs/0/final/harmful_exposure";
    assertTrue(json.readTree(free.resolve("summary.json").toFile()).at(exposure).asDouble() > 0.1);
    assertEquals(
        0, json.readTree(moderated.resolve("summary.json").toFile()).at(exposure).asDouble());
  }

  @Test
  void countermeasuresKeepTheTrollsDown() {
    String[][] metrics = {
      {},
      {"--per-author", "1"},
      {"--collapse-duplicates"},
      {"--upload-limit", "300"},
      {"--deny-author", "Mallory"},
    };
    double[] shown = new double[metrics.length];
    for (int i = 0; i < metrics.length; i++) {
      Path out =
          run(
              "measure" + i,
              Stream.concat(
                      Stream.of("--selector", "random", "--attack", "spam", "--copies", "27k"),
                      Stream.of(metrics[i]))
                  .toArray(String[]::new));
      shown[i] = trollShare(out.resolve("impressions.csv"));
    }
    assertTrue(shown[0] > 0.7, "free: " + shown[0]);
    assertTrue(shown[1] <= 0.2, "one per author: " + shown[1]);
    assertTrue(shown[2] < 0.01, "collapsed: " + shown[2]);
    assertEquals(300.0 / 7_293, shown[3], 0.012, "300 uploads an author");
    assertEquals(0, shown[4], "denied");
  }

  /** Many places draw from few authors: of the trolls the slate has as many as its rule admits. */
  @Test
  void rulesGoTogether() {
    Path out =
        run(
            "rules",
            "--selector",
            "nearest",
            "--attack",
            "spam",
            "--per-author",
            "2",
            "--moderate",
            "offensive=0",
            "--deny-author",
            "An Unnamed cell",
            "--slate",
            "20");
    ItemCatalog catalog =
        dev.slate.sim.catalog.CatalogLoader.attacked(
            dev.slate.sim.catalog.CatalogLoader.open("memotion", null, 7), 27_000);
    int denied = catalog.authors().indexOf("An Unnamed cell");
    Map<String, Integer> counts = new HashMap<>();
    float[] row = new float[catalog.dimensions()];
    try (Stream<String> lines = Files.lines(out.resolve("impressions.csv"))) {
      lines
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(
              cell -> {
                int item = Integer.parseInt(cell[3]);
                catalog.read(item, row);
                assertTrue(row[2] <= 0, "offensive");
                assertNotEquals(denied, catalog.author(item));
                counts.merge(cell[0] + "," + cell[1] + "," + catalog.author(item), 1, Integer::sum);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertEquals(2, counts.values().stream().mapToInt(count -> count).max().orElseThrow());
    assertEquals(30 * 30 * 20, counts.values().stream().mapToInt(count -> count).sum());
  }

  private static double trollShare(Path impressions) {
    try (Stream<String> lines = Files.lines(impressions)) {
      return lines
          .skip(1)
          .mapToInt(line -> Integer.parseInt(line.split(",", -1)[3]) >= 6_993 ? 1 : 0)
          .average()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCatalogueOfVectorsHasNoAdvertisement() throws IOException {
    Path file = directory.resolve("items.csv");
    Files.writeString(file, "a,b\n0.5,1\n-1,0\n0.25,-0.5\n");
    String[] sim = {"sim", "--catalog", file.toString(), "--selector", "advertisement"};
    Cli.Outcome refused = Cli.run(sim);
    assertEquals(2, refused.code(), refused::err);
    assertTrue(refused.err().contains("no advertised item"), refused::err);
    Path out = directory.resolve("vectors");
    String[] more = {
      "--promote", "2", "--out", out.toString(), "--slate", "9", "--replications", "2"
    };
    Cli.Outcome done =
        Cli.run(Stream.concat(Stream.of(sim), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, done.code(), done::err);
    assertEquals("step,user,a,b", Files.readAllLines(out.resolve("trajectories.csv")).getFirst());
  }

  @Test
  void auditNamesMallory() {
    Cli.Outcome outcome = Cli.run("audit", "--attack", "spam", "--copies", "27000", "--seed", "11");
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.out().contains("named: Mallory (by "), outcome::out);
    assertTrue(Cli.run("audit", "--seed", "11").out().contains("nobody stands out"));
    String paid = Cli.run("audit", "--selector", "advertisement").out();
    assertTrue(paid.contains("named: Celebrations (by exposure)"), paid);
    assertTrue(paid.matches("(?s).*\\RCelebrations +1 +0\\.0 % +20\\.0 % .*"), paid);
    String few = Cli.run("audit", "--attack", "spam", "--copies", "4").out();
    assertTrue(few.matches("(?s).*\\RMallory +4 .*\\Rtroll.jpeg +4 +Mallory +4 .*"), few);
  }
}

package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimCommandTest {
  private static final List<String> FILES =
      List.of("trajectories.csv", "impressions.csv", "summary.json", "report.html");

  @TempDir Path directory;

  private Path run(String name, String... more) {
    Path out = directory.resolve(name);
    Cli.Outcome outcome =
        Cli.run(
            Stream.concat(Stream.of("sim", "--out", out.toString()), Stream.of(more))
                .toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    return out;
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
      throw new java.io.UncheckedIOException(e);
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
    double[] shown = new double[3];
    String[][] measures = {{}, {"--per-author", "1"}, {"--collapse-duplicates"}};
    for (int i = 0; i < measures.length; i++) {
      Path out =
          run(
              "measure" + i,
              Stream.concat(
                      Stream.of("--selector", "random", "--attack", "spam", "--copies", "27k"),
                      Stream.of(measures[i]))
                  .toArray(String[]::new));
      shown[i] = trollShare(out.resolve("impressions.csv"));
    }
    assertTrue(shown[0] > 0.7, "free: " + shown[0]);
    assertTrue(shown[1] <= 0.2, "one per author: " + shown[1]);
    assertTrue(shown[2] < 0.01, "collapsed: " + shown[2]);
  }

  private static double trollShare(Path impressions) {
    try (Stream<String> lines = Files.lines(impressions)) {
      return lines
          .skip(1)
          .mapToInt(line -> Integer.parseInt(line.split(",", -1)[3]) >= 6_993 ? 1 : 0)
          .average()
          .orElseThrow();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim --selector nearist | unknown selector nearist",
        "sim | --selector",
        "sim --selector nearest --slate 0 | --slate: must be at least 1",
        "sim --selector advertisement --slate 1 | --slate: ",
        "sim --selector nearest --users 1e9 | '1e9' is not a count",
        "sim --selector nearest --users 1000m | --users: 1000000000 users need about",
        "sim --selector nearest --users 3000000000 | is more than 2147483647",
        "sim --selector nearest --users 0 | --users: must be at least 1",
        "sim --selector nearest --steps many | is not a count",
        "sim --selector nearest --threads 0 | --threads: ",
        "sim --selector nearest --replications 0 | --replications: ",
        "sim --selector editorial | --editorial: ",
        "sim --selector editorial --editorial 1,2,3,4,99999 | no item 99999",
        "sim --selector advertisement --deny-author Celebrations | --promote: ",
        "sim --selector random --promote 7000 | no item 7000",
        "sim --selector random --copies 5 | --copies: goes with --attack spam",
        "sim --selector random --attack spam --copies 0 | --copies: must be at least 1",
        "sim --selector random --deny-author Nobody | unknown author Nobody",
        "sim --selector random --moderate taste=0 | unknown attribute taste",
        "sim --selector random --moderate humour=-2 | leave no item",
        "sim --selector random --gamma NaN | --gamma: ",
        "sim --selector random --catalog no/such/file.csv | no/such/file.csv",
        "sim --selector random --plugin no.jar | no.jar: there is no such file",
        "sim compare --selectors random,random | named twice",
        "sim compare --selectors random,nothing | unknown selector nothing",
        "audit --distance -1 | --distance: ",
      })
  void badInputIsOneClearLineAndTwo(String command, String expected) {
    Cli.Outcome outcome = Cli.run(command.split(" ", -1));
    assertEquals(2, outcome.code(), outcome::err);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().contains(expected), outcome::err);
    assertFalse(outcome.err().contains("Exception"), outcome::err);
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
    String[] more = {"--promote", "2", "--out", out.toString(), "--slate", "9"};
    Cli.Outcome done =
        Cli.run(Stream.concat(Stream.of(sim), Stream.of(more)).toArray(String[]::new));
    assertEquals(0, done.code(), done::err);
    assertEquals("step,user,a,b", Files.readAllLines(out.resolve("trajectories.csv")).getFirst());
  }

  @Test
  void auditNamesMallory() {
    Cli.Outcome outcome = Cli.run("audit", "--attack", "spam", "--copies", "27000", "--seed", "11");
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.out().contains("named: Mallory\n"), outcome::out);
    assertTrue(Cli.run("audit", "--seed", "11").out().contains("nobody stands out"));
  }
}

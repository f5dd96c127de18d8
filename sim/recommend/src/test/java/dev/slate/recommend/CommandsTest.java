package dev.slate.recommend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slate.recommend.store.CsvFile;
import dev.slate.recommend.store.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train}, {@code recommend} and {@code evaluate --models}, one after the other. */
class CommandsTest {
  private static final PlantedWorld WORLD = new PlantedWorld(120, 80, 5);

  @TempDir private Path directory;
  private String log;
  private String test;

  @BeforeEach
  void write() {
    log = directory.resolve("log.csv").toString();
    test = directory.resolve("test.csv").toString();
    write(log, WORLD.train);
    write(test, WORLD.test);
  }

  private static void write(String file, Feedback rows) {
    try (CsvFile csv = StoredModel.log(Path.of(file), rows, Workers.ALONE)) {
      csv.commit();
    }
  }

  private String train(String model, String... more) {
    String out = directory.resolve(model).toString();
    List<String> args =
        new ArrayList<>(List.of("train", "--model", model, "--feedback", log, "--out", out));
    args.addAll(List.of(more));
    Cli.Outcome outcome = Cli.run(args.toArray(String[]::new));
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.out().startsWith(model + ": 120 users, 80 items, "), outcome::out);
    return out;
  }

  @Test
  void trainsRecommendsAndEvaluates() throws IOException {
    String als = train("als", "--set", "factors=8", "--set", "lambda=3");
    String popular = train("popular");
    assertEquals(16, Files.readAllLines(Path.of(als, "training.csv")).size());
    Path run = directory.resolve("run.csv");
    Cli.Outcome recommended =
        Cli.run(
            "recommend",
            "--model",
            als,
            "--users",
            "all",
            "-k",
            "5",
            "--exclude-seen",
            "--out",
            run.toString());
    assertEquals(0, recommended.code(), recommended::err);
    List<String> lines = Files.readAllLines(run);
    assertEquals("user,rank,item,score", lines.getFirst());
    assertEquals(1 + 120 * 5, lines.size());
    Path report = directory.resolve("report");
    Cli.Outcome judged =
        Cli.run(
            "evaluate",
            "--models",
            popular + "," + als,
            "--test",
            test,
            "-k",
            "5",
            "--metrics",
            "ndcg,recall",
            "--convention",
            "recbole",
            "--format",
            "json",
            "--out",
            report.toString());
    assertEquals(0, judged.code(), judged::err);
    JsonNode json = new ObjectMapper().readTree(judged.out());
    JsonNode models = json.get("models");
    double best = models.get(1).get("metrics").get("ndcg@5").asDouble();
    assertTrue(best > 1.3 * models.get(0).get("metrics").get("ndcg@5").asDouble());
    assertTrue(json.get("tests").get(0).get("p_holm").asDouble() < 0.01);
    assertTrue(Files.readString(report.resolve("report.html")).contains("ndcg@5"));
    assertEquals(1 + 2 * 120, Files.readAllLines(report.resolve("users.csv")).size());
    // The same lists, judged as a run in a file.
    Cli.Outcome again =
        Cli.run(
            "evaluate",
            "--truth",
            test,
            "--run",
            run.toString(),
            "-k",
            "5",
            "--metrics",
            "ndcg",
            "--convention",
            "recbole",
            "--format",
            "json");
    assertEquals(
        best,
        new ObjectMapper().readTree(again.out()).get("metrics").get("ndcg@5").asDouble(),
        1e-9);
  }

  @Test
  void theBytesAreTheSameForEveryThreadCount() throws IOException {
    String one = train("als", "--set", "factors=8", "--threads", "1");
    byte[] bytes = Files.readAllBytes(Path.of(one, "items.npy"));
    train("als", "--set", "factors=8", "--threads", "3");
    assertArrayEquals(bytes, Files.readAllBytes(Path.of(one, "items.npy")));
  }

  @Test
  void splitsCoresAndNewUsers() {
    String out = directory.resolve("split").toString();
    Cli.Outcome outcome =
        Cli.run(
            "train",
            "--model",
            "item-knn",
            "--feedback",
            log,
            "--split",
            "user:0.2",
            "--core",
            "5",
            "--out",
            out);
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.err().contains("older than the latest of the training"), outcome::err);
    Cli.Outcome judged =
        Cli.run("evaluate", "--models", out, "--test", Path.of(out, "test.csv").toString());
    assertEquals(0, judged.code(), judged::err);
    Cli.Outcome seeds = Cli.run("recommend", "--model", out, "--seeds", "i1,i2", "-k", "3");
    assertEquals(4, seeds.out().lines().count());
    assertTrue(seeds.out().contains("\nnew,1,"), seeds::out);
  }

  /** Users whom the model does not know get what is popular, and that is said. */
  @Test
  void newUsersInATestFallBack() throws IOException {
    String knn = train("item-knn");
    Path fresh = directory.resolve("fresh.csv");
    Files.writeString(fresh, "user,item\nnobody,i0\nnobody,unheard-of\nu1,i3\n");
    Cli.Outcome judged =
        Cli.run("evaluate", "--models", knn, "--test", fresh.toString(), "--format", "json");
    assertEquals(0, judged.code(), judged::err);
    JsonNode json = new ObjectMapper().readTree(judged.out());
    assertEquals(2, json.get("users").asInt());
    assertEquals(1, json.get("models").get(0).get("fallbacks").asInt());
    assertTrue(judged.err().contains("1 users of the test have no history in the training"));
    assertTrue(judged.err().contains("1 items of the test are not in the training"));
    assertFalse(judged.out().contains("NaN"));
  }

  /** Who has had every item has a history; nothing is left, and that is said. */
  @Test
  void whoHasHadAllGetsNothing() throws IOException {
    Path all = directory.resolve("all.csv");
    Files.writeString(all, "user,item\nann,a\nann,b\nbob,a\n");
    String model = directory.resolve("small").toString();
    for (String name : List.of("als", "popular")) {
      Cli.Outcome trained =
          Cli.run("train", "--model", name, "--feedback", all.toString(), "--out", model);
      assertEquals(0, trained.code(), trained::err);
      Cli.Outcome got =
          Cli.run("recommend", "--model", model, "--users", "all", "--exclude-seen", "-k", "1");
      assertEquals(0, got.code(), got::err);
      assertEquals(2, got.out().lines().count(), got::out);
      assertEquals("no item is left for 1 user\n", got.err());
    }
  }

  /** The stages of a model alone, and of one that ranks what another retrieves. */
  @Test
  void latencyNamesEachStage() {
    String als = train("als", "--set", "factors=8", "--set", "sweeps=2");
    Cli.Outcome alone =
        Cli.run("recommend", "--model", als, "--users", "all", "--latency", "--candidates", "20");
    assertEquals(0, alone.code(), alone::err);
    String[] lines = alone.out().lines().toArray(String[]::new);
    assertEquals(
        "120 requests, one after another; 20 candidates of 80 items on average, slates of 10",
        lines[0]);
    assertEquals(6, lines.length);
    assertTrue(lines[1].matches("stage +p50 +p99"), lines[1]);
    for (int stage = 0; stage < 4; stage++) {
      String name = List.of("retrieve", "rank", "slate", "in all").get(stage);
      assertTrue(lines[2 + stage].matches(name + "( +\\d+\\.\\d{3} ms){2}"), lines[2 + stage]);
    }
    String ranked = train("ranked", "--set", "of=popular item-knn", "--set", "candidates=30");
    Cli.Outcome two = Cli.run("recommend", "--model", ranked, "--users", "u1,u2", "--latency");
    assertTrue(two.out().startsWith("2 requests, one after another; 30 candidates of 80 items"));
  }

  /** Offline against online, as a table and as a picture. */
  @Test
  void onlineComparesOrders() throws IOException {
    Path out = directory.resolve("online");
    Cli.Outcome outcome =
        Cli.run(
            "online",
            "--models",
            "random,content,als",
            "--items",
            "uniform:60:2",
            "--users",
            "30",
            "--logged",
            "20",
            "--steps",
            "6",
            "--retrain",
            "3",
            "--relevance",
            "20",
            "--boredom",
            "0.1",
            "-k",
            "5",
            "--metrics",
            "ndcg,hit",
            "--set",
            "als.factors=4",
            "--out",
            out.toString());
    assertEquals(0, outcome.code(), outcome::err);
    List<String> lines = outcome.out().lines().toList();
    assertTrue(lines.getFirst().matches("model +offline ndcg@5 +place +online +place"));
    assertTrue(lines.get(3).startsWith("random "), outcome::out);
    assertTrue(
        lines.get(8).matches("ndcg@5 +[+-][01]\\.\\d\\d \\[[+-][01]\\.\\d\\d, .*\\]"),
        outcome::out);
    assertTrue(lines.get(9).startsWith("hit@5 "), outcome::out);
    assertFalse(outcome.out().contains("NaN"));
    String page = Files.readString(out.resolve("online.html"));
    assertEquals(3, page.split("<line ", -1).length - 1);
    assertTrue(page.contains("content"));
  }

  @Test
  void badInputOfOnlineIsOneLine() {
    refused("--models: 'oracle' is not one of", "online", "--models", "oracle,als");
    refused("--models: needs two different models", "online", "--models", "als");
    refused("--users: must be at least 2", "online", "--users", "1");
    refused("--users: users x slates x items", "online", "--users", "2000000");
    refused("--logged: must be at least 5", "online", "--logged", "4");
    refused("--steps: must be at least 1", "online", "--steps", "0");
    refused("--retrain: must be at least 1", "online", "--retrain", "0");
    refused("--relevance: must be from 0 to 1000", "online", "--relevance", "NaN");
    refused("--boredom: must be from 0 to 1", "online", "--boredom", "2");
    refused("-k: is the size of a slate, and there are 400 items", "online", "-k", "all");
    refused("--items: there must be 1 to 1000000", "online", "--items", "uniform:2m:2");
  }

  @Test
  void badInputIsOneLine() throws IOException {
    String out = directory.resolve("bad").toString();
    String empty = Files.writeString(directory.resolve("empty.csv"), "user,item\n").toString();
    String knn = train("item-knn");
    refusedToTrain("--model: 'oracle' is not one of", out, "oracle", log);
    refusedToTrain(
        "--set factor: is not a setting of this model; it has alpha, factors",
        out,
        "als",
        log,
        "--set",
        "factor=3",
        "--set",
        "sweeps=1");
    refusedToTrain(
        "--set learner: xgboost, 18 MB, is not part of Slate: mvn -Pextensions -pl"
            + " sim/recommend-xgboost -am package",
        out,
        "ranked",
        log,
        "--set",
        "learner=xgboost");
    refusedToTrain(
        "--set learner: 'forest' is not one of linear",
        out,
        "ranked",
        log,
        "--set",
        "learner=forest");
    refusedToTrain("--set factors: must be at least 1", out, "als", log, "--set", "factors=0");
    refusedToTrain(
        "--set als.factors: must be at least 1", out, "hybrid", log, "--set", "als.factors=0");
    refusedToTrain("--split: 'half' is not random:SHARE", out, "als", log, "--split", "half");
    refusedToTrain(
        "log.xyz: its name does not tell its format: say --format movielens|lastfm|inter|csv",
        out,
        "als",
        "log.xyz");
    String rows = directory + "/log.jsonl";
    Files.writeString(Path.of(rows), "{\"user\": 1, \"item\": 2}\n");
    refusedToTrain("log.jsonl: looks like JSON, not text; convert it: python3 ", out, "als", rows);
    refusedToTrain("looks like JSON, not text", out, "als", rows, "--format", "csv");
    refusedToTrain("--item-features: content needs features", out, "content", log);
    refusedToTrain("empty.csv: holds no feedback", out, "als", empty);
    refusedToTrain("--core: leaves no row", out, "als", log, "--core", "500");
    refusedToTrain("--threads: must be at least 1", out, "als", log, "--threads", "0");
    refused("--users: 'x' is not known to the model", "recommend", "--model", knn, "--users", "x");
    refused("--users: either users or --seeds", "recommend", "--model", knn);
    refused("-k: must be at least 1", "recommend", "--model", knn, "--users", "u1", "-k", "0");
    refused(
        "--candidates: must be at least 10",
        "recommend",
        "--model",
        knn,
        "--users",
        "u1",
        "--latency",
        "--candidates",
        "9");
    refused(
        "--latency: goes without --out",
        "recommend",
        "--model",
        knn,
        "--users",
        "u1",
        "--latency",
        "--out",
        "x.csv");
    refused("holds no model", "recommend", "--model", directory.toString(), "--users", "u1");
    refused("empty.csv: holds no feedback", "evaluate", "--models", knn, "--test", empty);
    refused("--test: is missing", "evaluate", "--models", knn);
    refused("two directories are named", "evaluate", "--models", knn + "," + knn, "--test", test);
    assertFalse(Files.exists(Path.of(out, "model.json")));
  }

  @Test
  void tablesOfAnEvaluationFitEightyColumns() {
    String models = train("item-knn") + "," + train("popular");
    Cli.Outcome outcome = Cli.run("evaluate", "--models", models, "--test", test, "-k", "7");
    assertEquals(0, outcome.code(), outcome::err);
    for (String line : outcome.out().lines().toList()) {
      assertTrue(line.length() <= 80, line);
      assertEquals(line.stripTrailing(), line);
    }
    for (String name : List.of("ndcg@7", "rbp@7", "coverage", "popularity_lift", "seconds")) {
      assertTrue(outcome.out().contains(name), name);
    }
    assertTrue(outcome.out().contains("\nof lists of at most 7 items\n"), outcome::out);
  }

  @Test
  void trainingThatFailsLeavesNoFolder() throws IOException {
    Path out = directory.resolve("new/model");
    String untimed = Files.writeString(directory.resolve("u.csv"), "user,item\na,x\n").toString();
    refusedToTrain("context needs the time of each row", out.toString(), "context", untimed);
    assertFalse(Files.exists(directory.resolve("new")));
  }

  /** Three rows are less than the regularisation of als that fits MovieLens. */
  @Test
  void vectorsThatVanishAreSaid() throws IOException {
    String few =
        Files.writeString(directory.resolve("few.csv"), "user,item\na,x\na,y\nb,x\n").toString();
    String out = directory.resolve("few").toString();
    Cli.Outcome outcome = Cli.run("train", "--model", "als", "--feedback", few, "--out", out);
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.err().startsWith("the vectors of als are all but zero: "), outcome::err);
    outcome =
        Cli.run("train", "--model", "als", "--feedback", few, "--set", "lambda=0.1", "--out", out);
    assertEquals("", outcome.err());
  }

  @Test
  void ratingsBelowZeroThatCountAsEvidenceAreSaid() throws IOException {
    String jokes =
        Files.writeString(
                directory.resolve("jokes.csv"), "user,item,rating\na,x,-9\na,y,3\nb,x,-1\n")
            .toString();
    String out = directory.resolve("jokes").toString();
    Cli.Outcome outcome = Cli.run("train", "--model", "popular", "--feedback", jokes, "--out", out);
    assertEquals(0, outcome.code(), outcome::err);
    assertTrue(outcome.err().startsWith("2 ratings below 0 count as evidence"), outcome::err);
    outcome =
        Cli.run(
            "train",
            "--model",
            "popular",
            "--feedback",
            jokes,
            "--set",
            "positive-from=0",
            "--out",
            out);
    assertEquals("", outcome.err());
    assertTrue(outcome.out().contains(" 1 interactions of 3 rows"), outcome::out);
  }

  private static void refusedToTrain(
      String complaint, String out, String model, String feedback, String... more) {
    List<String> args = new ArrayList<>();
    args.addAll(List.of("train", "--model", model, "--feedback", feedback, "--out", out));
    args.addAll(List.of(more));
    refused(complaint, args.toArray(String[]::new));
  }

  private static void refused(String complaint, String... args) {
    Cli.Outcome outcome = Cli.run(args);
    assertEquals(2, outcome.code(), outcome::err);
    assertEquals(1, outcome.err().lines().count(), outcome::err);
    assertTrue(outcome.err().contains(complaint), outcome::err);
  }
}

package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.kernel.ItemSet;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Embeddings;
import dev.slate.recommend.Factors;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.PlantedWorld;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.evaluate.Resampling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final PlantedWorld WORLD = new PlantedWorld(400, 250, 3);
  private static final ExecutorService POOL = Executors.newFixedThreadPool(3);
  private static final Workers THREE = new Workers(POOL, 3);
  private static final Judge NDCG =
      new Judge(List.of(new Figure(Measure.NDCG, 10)), Convention.RECBOLE);

  @AfterAll
  static void end() {
    POOL.shutdown();
  }

  static List<String> names() {
    return List.copyOf(Models.all().keySet());
  }

  /** Settings that keep tests quick. */
  private static Map<String, String> settings(String name) {
    return switch (name) {
      case "als", "context" -> Map.of("factors", "8", "sweeps", "8", "lambda", "3");
      case "bpr" -> Map.of("factors", "8", "epochs", "40");
      case "hybrid" -> Map.of("als.factors", "8", "als.sweeps", "8", "als.lambda", "3");
      case "ranked" ->
          Map.of(
              "of",
              "als item-knn user-knn",
              "als.factors",
              "8",
              "als.sweeps",
              "6",
              "als.lambda",
              "3",
              "candidates",
              "60");
      default -> Map.of();
    };
  }

  private static Retriever train(String name, Workers workers) {
    ModelKind kind = Models.find(name);
    assertNotNull(kind, name);
    return kind.train(WORLD.training(workers, settings(name)));
  }

  private static FullRanking rank(Retriever model) {
    return FullRanking.of(
        model, Popular.of(model.history()), WORLD.test, Weighting.usual(), NDCG, THREE);
  }

  @Test
  void allThatTheIssueNamesAreThere() {
    assertTrue(
        names()
            .containsAll(
                List.of(
                    "popular",
                    "random",
                    "user-knn",
                    "item-knn",
                    "content",
                    "als",
                    "bpr",
                    "markov",
                    "session-knn",
                    "context",
                    "rules",
                    "hybrid")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "item-knn",
        "user-knn",
        "session-knn",
        "content",
        "als",
        "bpr",
        "hybrid",
        "context",
        "ranked"
      })
  void recoversThePlantedTaste(String name) {
    double popular = rank(train("popular", THREE)).scores().mean(0);
    double model = rank(train(name, THREE)).scores().mean(0);
    assertTrue(model >= 1.5 * popular, name + " " + model + ", popular " + popular);
  }

  @Test
  void randomIsAsGoodAsChance() {
    FullRanking ranking =
        FullRanking.of(
            train("random", THREE),
            train("popular", THREE),
            WORLD.test,
            Weighting.usual(),
            new Judge(List.of(new Figure(Measure.PRECISION, 10)), Convention.RECBOLE),
            THREE);
    // Six relevant of 250 less the history; 400 users x 10 places: a standard error of 0.0025.
    assertEquals(6.0 / 222, ranking.scores().mean(0), 0.013);
    for (int[] list : ranking.lists()) {
      assertEquals(10, Arrays.stream(list).distinct().count());
    }
  }

  /** Whatever the number of threads, the same bits: vectors, and answers of all users. */
  @ParameterizedTest
  @MethodSource("names")
  void threadsDoNotMatter(String name) {
    Retriever alone = train(name, Workers.ALONE);
    Retriever shared = train(name, THREE);
    if (alone instanceof Embeddings a && shared instanceof Embeddings b) {
      assertArrayEquals(a.factors().users(), b.factors().users());
      assertArrayEquals(a.factors().items(), b.factors().items());
    }
    assertEquals(answers(alone, Workers.ALONE), answers(shared, THREE));
  }

  private static List<String> answers(Retriever model, Workers workers) {
    int[] users = IntStream.range(0, model.history().rows()).toArray();
    String[] answers = new String[users.length];
    model.retrieveAll(users, 10, true, workers, (at, found) -> answers[at] = text(found));
    return List.of(answers);
  }

  private static String text(Candidates found) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < found.size(); i++) {
      text.append(found.item(i)).append(':').append(found.score(i)).append(' ');
    }
    return text.toString();
  }

  /** One by one or all at once, with and without what was seen. */
  @ParameterizedTest
  @MethodSource("names")
  void batchesAnswerAsSingleRequestsDo(String name) {
    Retriever model = train(name, THREE);
    Interactions history = model.history();
    for (boolean exclude : new boolean[] {true, false}) {
      int[] users = IntStream.range(0, history.rows()).toArray();
      String[] all = new String[users.length];
      model.retrieveAll(users, 7, exclude, THREE, (at, found) -> all[at] = text(found));
      Retrieval retrieval = model.open();
      Candidates out = new Candidates();
      for (int user : users) {
        retrieval.retrieve(Request.of(user).excludeSeen(exclude), 7, out);
        assertEquals(text(out), all[user], name + " " + user);
        for (int i = 0; i < out.size(); i++) {
          assertTrue(Float.isFinite(out.score(i)));
          assertTrue(!exclude || !history.contains(user, out.item(i)));
          assertTrue(i == 0 || out.score(i) <= out.score(i - 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void conditionsHold(String name) {
    Retriever model = train(name, THREE);
    int n = model.history().columns();
    ItemSet even = ItemSet.unbound(n);
    for (int item = 0; item < n; item += 2) {
      even.add(item);
    }
    ItemSet third = ItemSet.unbound(n);
    for (int item = 0; item < n; item += 3) {
      third.add(item);
    }
    Retrieval retrieval = model.open();
    Candidates out = new Candidates();
    Candidates again = new Candidates();
    for (int user = 0; user < 40; user++) {
      retrieval.retrieve(Request.of(user).allow(even).deny(third), 5, out);
      assertTrue(out.size() > 0);
      for (int i = 0; i < out.size(); i++) {
        assertTrue(out.item(i) % 2 == 0 && out.item(i) % 3 != 0, name);
      }
      retrieval.retrieve(Request.of(user), 5, out);
      model.open().retrieve(Request.of(user), 5, again);
      assertEquals(text(again), text(out), "a condition must not outlive its request");
    }
  }

  /** The kernel's answer is that of sorting all scores. */
  @Test
  void embeddingsAreExact() {
    Embeddings model = (Embeddings) train("bpr", THREE);
    Factors factors = model.factors();
    float[] biases = factors.biases();
    assertNotNull(biases);
    int d = factors.d();
    Candidates out = new Candidates();
    for (int user = 0; user < 50; user++) {
      Candidates all = new Candidates();
      for (int item = 0; item < biases.length; item++) {
        float score = biases[item];
        for (int j = 0; j < d; j++) {
          score = Math.fma(factors.items()[item * d + j], factors.users()[user * d + j], score);
        }
        if (!model.history().contains(user, item)) {
          all.add(item, score);
        }
      }
      all.sort();
      all.cut(10);
      model.open().retrieve(Request.of(user), 10, out);
      assertEquals(text(all), text(out));
    }
  }

  /** Users with at most 3 items: the hybrid beats popularity, by an interval without 0. */
  @Test
  void coldUsersGetBetterThanPopularity() {
    FullRanking popular = rank(train("popular", THREE));
    FullRanking hybrid = rank(train("hybrid", THREE));
    double[] difference = new double[40];
    for (int i = 0; i < difference.length; i++) {
      int user = 360 + i;
      assertTrue(train0(user) <= 3);
      difference[i] = hybrid.scores().values()[0][user] - popular.scores().values()[0][user];
    }
    assertTrue(Resampling.mean(difference, 1).low() > 0);
  }

  private static int train0(int user) {
    return Interactions.of(WORLD.train, Weighting.usual()).count(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"als", "bpr", "item-knn", "user-knn", "content", "session-knn", "hybrid"})
  void seedsStandForAHistory(String name) {
    Retriever model = train(name, THREE);
    Candidates seeded = new Candidates();
    Candidates known = new Candidates();
    double shared = 0;
    for (int user = 0; user < 60; user++) {
      int[] history = model.history().columnsOf(user);
      model.open().retrieve(Request.ofSeeds(history), 10, seeded);
      model.open().retrieve(Request.of(user), 10, known);
      for (int i = 0; i < seeded.size(); i++) {
        for (int j = 0; j < known.size(); j++) {
          shared += seeded.item(i) == known.item(j) ? 1 : 0;
        }
      }
      for (int i = 0; i < seeded.size(); i++) {
        assertTrue(Arrays.binarySearch(history, seeded.item(i)) < 0);
      }
    }
    assertTrue(shared / 600 > (name.equals("bpr") ? 0.3 : 0.5), name + " shares " + shared / 600);
  }

  /** Items without a row are found by their features, users without a row by theirs. */
  @Test
  void featuresReachWhatIsNew() {
    List<Integer> kept = new ArrayList<>();
    for (int row = 0; row < WORLD.train.size(); row++) {
      if (WORLD.train.item(row) % 10 != 7 && WORLD.train.user(row) % 10 != 3) {
        kept.add(row);
      }
    }
    Feedback without = WORLD.train.select(kept.stream().mapToInt(Integer::intValue).toArray());
    Interactions history = Interactions.of(without, Weighting.usual());
    Training training =
        new Training(
            without,
            history,
            WORLD.userFeatures,
            WORLD.itemFeatures,
            new Settings(settings("als")),
            7,
            THREE,
            (pass, loss) -> {});
    Retriever als = new Als().train(training);
    Interactions truth = Interactions.of(WORLD.test, Weighting.usual());
    ItemSet fresh = ItemSet.unbound(history.columns());
    for (int item = 7; item < history.columns(); item += 10) {
      fresh.add(item);
    }
    Candidates out = new Candidates();
    int hits = 0;
    int newUserHits = 0;
    int popularHits = 0;
    Retriever popular = Popular.of(history);
    for (int user = 0; user < history.rows(); user++) {
      als.open().retrieve(Request.of(user).allow(fresh), 5, out);
      for (int i = 0; i < out.size(); i++) {
        hits += truth.contains(user, out.item(i)) ? 1 : 0;
      }
      if (user % 10 == 3) {
        als.open().retrieve(Request.of(user), 10, out);
        assertEquals(10, out.size());
        for (int i = 0; i < 10; i++) {
          newUserHits += truth.contains(user, out.item(i)) ? 1 : 0;
        }
        popular.open().retrieve(Request.of(user), 10, out);
        for (int i = 0; i < 10; i++) {
          popularHits += truth.contains(user, out.item(i)) ? 1 : 0;
        }
      }
    }
    // 25 new items: 5 of them by chance hold a fifth of those that users meet there.
    int relevant = 0;
    for (int user = 0; user < truth.rows(); user++) {
      for (int item : truth.columnsOf(user)) {
        relevant += item % 10 == 7 ? 1 : 0;
      }
    }
    assertTrue(hits > 0.4 * relevant, hits + " of " + relevant);
    assertTrue(newUserHits > 1.3 * popularHits, newUserHits + " against " + popularHits);
  }

  @Test
  void alsLossFalls() {
    List<Double> curve = new ArrayList<>();
    Training quiet = WORLD.training(THREE, settings("als"));
    new Als()
        .train(
            new Training(
                quiet.feedback(),
                quiet.interactions(),
                null,
                null,
                quiet.settings(),
                1,
                THREE,
                (pass, loss) -> curve.add(loss)));
    assertEquals(8, curve.size());
    for (int i = 1; i < curve.size(); i++) {
      assertTrue(curve.get(i) <= curve.get(i - 1) + 1e-6, curve.toString());
    }
  }

  /** A ring of items that everybody walks along from a start of their own. */
  @Test
  void markovFollowsAChain() {
    Names users = new Names();
    Names items = new Names();
    for (int item = 0; item < 30; item++) {
      items.add("i" + item);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < 60; user++) {
      int ordinal = users.add("u" + user);
      for (int step = 9; step >= 0; step--) { // Times out of order.
        log.add(ordinal, (user + step) % 30, 1, step, Kind.VIEW);
      }
    }
    Feedback feedback = log.build();
    Training training =
        new Training(
            feedback,
            Interactions.of(feedback, Weighting.usual()),
            null,
            null,
            new Settings(Map.of("window", "1", "last", "1")),
            1,
            Workers.ALONE,
            (pass, loss) -> {});
    Retriever markov = new Markov().train(training);
    Candidates out = new Candidates();
    for (int user = 0; user < 60; user++) {
      markov.open().retrieve(Request.of(user), 3, out);
      assertEquals(1, out.size());
      assertEquals((user + 10) % 30, out.item(0));
      assertEquals(1f, out.score(0));
    }
    markov.open().retrieve(Request.ofSeeds(4), 3, out);
    assertEquals(5, out.item(0));
  }

  @Test
  void rulesRestrict() {
    Retriever rules = new Rules().train(WORLD.training(THREE, Map.of("where", "f0>0 f1<=0.1")));
    Candidates out = new Candidates();
    rules.open().retrieve(Request.of(3), 10, out);
    assertEquals(10, out.size());
    for (int i = 0; i < out.size(); i++) {
      assertTrue(WORLD.itemFeatures.get(out.item(i), 0) > 0);
      assertTrue(WORLD.itemFeatures.get(out.item(i), 1) <= 0.1f);
    }
    for (String bad : new String[] {"f0>1000", "f9>0", "f0>x", "f0"}) {
      Training training = WORLD.training(THREE, Map.of("where", bad));
      assertThrows(InputException.class, () -> new Rules().train(training), bad);
    }
  }

  /** Half of the items are met by night, half by day. */
  @Test
  void contextMovesTheAnswer() {
    Names users = new Names();
    Names items = new Names();
    for (int item = 0; item < 40; item++) {
      items.add("i" + item);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    java.util.SplittableRandom random = new java.util.SplittableRandom(5);
    for (int user = 0; user < 80; user++) {
      int ordinal = users.add("u" + user);
      for (int i = 0; i < 12; i++) {
        boolean night = random.nextBoolean();
        long time = 86_400L * random.nextInt(100) + (night ? 3_600 : 43_200);
        log.add(ordinal, random.nextInt(20) + (night ? 20 : 0), 1, time, Kind.WATCH);
      }
    }
    Feedback feedback = log.build();
    Training training =
        new Training(
            feedback,
            Interactions.of(feedback, Weighting.usual()),
            null,
            null,
            new Settings(Map.of("factors", "4")),
            1,
            Workers.ALONE,
            (pass, loss) -> {});
    Retriever model = new ContextAware().train(training);
    Candidates out = new Candidates();
    int right = 0;
    for (int user = 0; user < 80; user++) {
      model.open().retrieve(Request.of(user).context(TimeContext.of(3_700)), 5, out);
      for (int i = 0; i < 5; i++) {
        right += out.item(i) >= 20 ? 1 : 0;
      }
      model.open().retrieve(Request.of(user).context(TimeContext.of(43_300)), 5, out);
      for (int i = 0; i < 5; i++) {
        right += out.item(i) < 20 ? 1 : 0;
      }
    }
    assertTrue(right > 0.8 * 800, right + " of 800");
  }

  @Test
  void withoutEvidenceNothingIsMadeUp() {
    Training bare =
        new Training(
            WORLD.train,
            Interactions.of(WORLD.train, Weighting.usual()),
            null,
            null,
            new Settings(settings("als")),
            7,
            THREE,
            (pass, loss) -> {});
    Candidates out = new Candidates();
    for (ModelKind kind : List.of(new Als(), new ItemNeighbours(), new UserNeighbours())) {
      Training training = bare.with(new Settings(settings(kind.name())));
      kind.train(training).open().retrieve(Request.ofSeeds(), 10, out);
      assertEquals(0, out.size(), kind.name());
    }
    Training empty = bare.with(new Settings(Map.of()));
    Feedback none = WORLD.train.select();
    Training nothing =
        new Training(
            none,
            Interactions.of(none, Weighting.usual()),
            null,
            null,
            empty.settings(),
            7,
            THREE,
            (pass, loss) -> {});
    assertThrows(InputException.class, () -> new Als().train(nothing));
    assertThrows(InputException.class, () -> new Bpr().train(nothing));
    assertThrows(InputException.class, () -> new Content().train(nothing));
  }
}

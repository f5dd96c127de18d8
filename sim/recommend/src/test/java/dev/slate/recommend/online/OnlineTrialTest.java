package dev.slate.recommend.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.model.Models;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Simulation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class OnlineTrialTest {
  private static final Judge JUDGE =
      new Judge(
          List.of(new Figure(Measure.NDCG, 5), new Figure(Measure.HIT, 5)), Convention.RECBOLE);

  private static ItemCatalog catalog(int n, int d) {
    SplittableRandom random = new SplittableRandom(3);
    float[] rows = new float[n * d];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextDouble(-1, 1);
    }
    List<String> attributes = List.of("a", "b", "c", "d").subList(0, d);
    return new ItemCatalog(
        "cube",
        Catalog.of(rows, d),
        attributes,
        String::valueOf,
        List.of("nobody"),
        new int[n],
        ItemCatalog.NONE);
  }

  private static OnlineComparison compare(Workers workers, String... names) {
    return compare(workers, done -> {}, names);
  }

  private static OnlineComparison compare(
      Workers workers, Consumer<String> progress, String... names) {
    List<ModelKind> kinds =
        List.of(names).stream()
            .map(
                name -> {
                  ModelKind kind = Models.find(name);
                  assertNotNull(kind);
                  return kind;
                })
            .toList();
    return new OnlineTrial(
            catalog(80, 2),
            new OnlineTrial.World(60, 25, 8, 5, 4, 20, 0, 7),
            new Settings(Map.of("als.factors", "4", "als.sweeps", "4")),
            JUDGE,
            workers)
        .run(kinds, progress);
  }

  /** What takes long is told step by step. */
  @Test
  void progressNamesEachStep() {
    List<String> told = new ArrayList<>();
    compare(Workers.ALONE, told::add, "random", "popular");
    List<String> expected = new ArrayList<>();
    for (int step = 0; step <= 25; step++) {
      expected.add("the log, step " + step + " of 25");
    }
    for (String model : List.of("random (1 of 2)", "popular (2 of 2)")) {
      expected.add(model + ", offline");
      for (int step = 0; step <= 8; step++) {
        expected.add(model + ", online, step " + step + " of 8");
      }
    }
    assertEquals(expected, told);
  }

  /** Models that know users satisfy them better than chance does, and offline figures tell it. */
  @Test
  void bothOrdersKnowWhichModelsAreGood() {
    OnlineComparison comparison = compare(Workers.ALONE, "random", "user-knn", "content", "als");
    OnlineComparison.Entry random = comparison.models().getFirst();
    assertEquals("random", random.name());
    assertEquals(4, random.offlineRank(0, comparison.models()));
    assertEquals(4, random.onlineRank(comparison.models()));
    for (OnlineComparison.Entry entry : comparison.models().subList(1, 4)) {
      assertTrue(entry.onlineInterval().low() > random.onlineInterval().high(), entry.name());
      assertTrue(entry.online() > 0 && entry.online() < 1);
      assertTrue(entry.offline()[0] > random.offline()[0], entry.name());
    }
    assertEquals(2, comparison.agreement().size());
    OnlineComparison.Agreement agreement = comparison.agreement().getFirst();
    assertEquals("ndcg@5", agreement.figure().name());
    assertTrue(agreement.tau() > 0);
    assertTrue(agreement.interval().low() <= agreement.tau());
    assertTrue(agreement.interval().high() >= agreement.tau());
    assertTrue(comparison.users() > 50 && comparison.users() <= 60);
  }

  @Test
  void threadsDoNotMatter() {
    OnlineComparison alone = compare(Workers.ALONE, "popular", "als");
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      OnlineComparison shared = compare(new Workers(pool, 3), "popular", "als");
      for (int model = 0; model < 2; model++) {
        assertEquals(alone.models().get(model).online(), shared.models().get(model).online());
        assertArrayEquals(
            alone.models().get(model).offline(), shared.models().get(model).offline());
      }
      assertEquals(alone.agreement(), shared.agreement());
    } finally {
      pool.shutdown();
    }
  }

  /** What was picked, in the log or since, is not shown; the model is trained when it is due. */
  @Test
  void aModelShowsWhatWasNotPickedYet() {
    ItemCatalog catalog = catalog(80, 2);
    Names users = new Names();
    Names items = new Names();
    for (int item = 0; item < 80; item++) {
      items.add("i" + item);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    Map<Integer, Set<Integer>> picked = new HashMap<>();
    for (int user = 0; user < 20; user++) {
      users.add("u" + user);
      picked.put(user, new HashSet<>());
      for (int i = 0; i < 5; i++) {
        int item = (7 * user + 3 * i) % 80;
        log.add(user, item, 1, i, Kind.CLICK);
        picked.get(user).add(item);
      }
    }
    AtomicInteger trainings = new AtomicInteger();
    ModelKind popular = Models.find("popular");
    assertNotNull(popular);
    ModelSelector selector =
        new ModelSelector(
            popular,
            rows -> {
              assertEquals(100 + 20 * 5 * 3 * trainings.getAndIncrement(), rows.size());
              return popular.train(
                  new Training(
                      rows,
                      Interactions.of(rows, Weighting.usual()).positive(),
                      null,
                      null,
                      new Settings(Map.of()),
                      7,
                      Workers.ALONE,
                      (pass, loss) -> {}));
            },
            log.build(),
            5,
            3);
    new Simulation(catalog, selector)
        .size(20, 7, 5)
        .run(
            state -> {
              for (int user = 0; user < 20; user++) {
                for (int rank = 0; rank < state.shown(user); rank++) {
                  assertFalse(picked.get(user).contains(state.item(user, rank)));
                }
              }
              for (int user = 0; user < 20 && state.step() > 0; user++) {
                assertEquals(5, state.shown(user));
                picked.get(user).add(state.item(user, state.chosen(user)));
              }
            });
    assertEquals(3, trainings.get());
  }

  @Test
  void kendallsTauIsThatOfTheBook() {
    // 1 of 6 pairs in opposite orders; then a tie on one side; then a constant.
    double[] rising = {1, 2, 3, 4};
    assertEquals(1, RankCorrelation.tau(rising, new double[] {2, 4, 6, 9}), 1e-12);
    assertEquals(-1, RankCorrelation.tau(rising, new double[] {9, 6, 4, 2}), 1e-12);
    assertEquals(4 / 6., RankCorrelation.tau(rising, new double[] {2, 4, 9, 6}), 1e-12);
    assertEquals(5 / Math.sqrt(30), RankCorrelation.tau(rising, new double[] {2, 4, 4, 6}), 1e-12);
    assertEquals(0, RankCorrelation.tau(rising, new double[] {3, 3, 3, 3}), 0);
  }
}

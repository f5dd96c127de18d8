package dev.slate.recommend.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.EngineException;
import dev.slate.data.InputException;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Request;
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
import dev.slate.recommend.feedback.FeatureFiles;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.model.Popular;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TwoTowerTest {
  /** Users of three groups, each of which meets a third of the items only. */
  private static Feedback groups(Names users, Names items, int each, long seed) {
    for (int item = 0; item < 60; item++) {
      items.add("i" + item);
    }
    SplittableRandom random = new SplittableRandom(seed);
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < 90; user++) {
      int ordinal = users.add("u" + user);
      for (int i = 0; i < each; i++) {
        log.add(ordinal, user % 3 * 20 + random.nextInt(20), 1, i, Kind.CLICK);
      }
    }
    return log.build();
  }

  private static Training training(Feedback log, String epochs, long seed, List<Double> losses) {
    return new Training(
        log,
        Interactions.of(log, Weighting.usual()),
        null,
        null,
        new Settings(Map.of("factors", "8", "epochs", epochs, "batch", "64")),
        seed,
        Workers.ALONE,
        (pass, loss) -> losses.add(loss));
  }

  private static Retriever train(Feedback log, String epochs, long seed, List<Double> losses) {
    return new TwoTower().train(training(log, epochs, seed, losses));
  }

  /** Without a network PyTorch cannot fetch what its jar does not hold: that is no bug. */
  @Test
  void aPlatformWithoutPyTorchIsRefusedInOneLine() {
    Throwable offline = new UncheckedIOException(new UnknownHostException("publish.djl.ai"));
    for (Throwable failure :
        List.of(new EngineException("no index", offline), new UnsatisfiedLinkError("no torch"))) {
      InputException refused =
          assertThrows(
              InputException.class,
              () ->
                  TwoTower.start(
                      () -> {
                        TwoTowerTest.<RuntimeException>raise(failure);
                      }));
      String message = String.valueOf(refused.getMessage());
      assertTrue(
          message.startsWith("two-tower: PyTorch's native code does not load on this platform ("),
          message);
      String reason = failure instanceof EngineException ? "publish.djl.ai" : "no torch";
      assertTrue(message.endsWith(reason), message);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raise(Throwable failure) throws T {
    throw (T) failure;
  }

  /** With a million items, what one step leaves behind is a gigabyte. */
  @Test
  void stepsLeaveNothingBehind() {
    Feedback feedback = groups(new Names(), new Names(), 10, 4);
    double[] share = new double[60];
    Arrays.fill(share, 1 / 60.0);
    int[] user = {0, 1, 2, 3};
    int[] item = {0, 20, 40, 1};
    Training plain = training(feedback, "1", 7, new ArrayList<>());
    boolean[] known = new boolean[60];
    Arrays.fill(known, true);
    Features features = new Features(List.of("group"), new float[60], known);
    Training training =
        new Training(
            feedback,
            plain.interactions(),
            null,
            features,
            plain.settings(),
            7,
            Workers.ALONE,
            plain.curve());
    try (Towers towers = new Towers(training, 8, new Adam(0.01, 0.1))) {
      int before = towers.held();
      assertEquals(4, before, "features, their map and its two moments");
      for (int step = 0; step < 3; step++) {
        towers.step(user, item, share, 0, 4);
        assertEquals(before, towers.held());
      }
    }
  }

  @Test
  void recoversGroupsAndItsLossFalls() {
    Feedback feedback = groups(new Names(), new Names(), 10, 4);
    List<Double> losses = new ArrayList<>();
    Retriever model = train(feedback, "30", 7, losses);
    assertEquals(30, losses.size());
    assertTrue(losses.getLast() < 0.8 * losses.getFirst(), losses.toString());
    Candidates out = new Candidates();
    int right = 0;
    for (int user = 0; user < 90; user++) {
      model.open().retrieve(Request.of(user), 5, out);
      for (int i = 0; i < out.size(); i++) {
        right += out.item(i) / 20 == user % 3 ? 1 : 0;
      }
    }
    assertTrue(right > 0.95 * 450, right + " of 450");
  }

  /** PyTorch sums in an order of its own: the same seed gives the same figures, to 1e-3. */
  @Test
  void theSameSeedGivesTheSameFigures() {
    Names users = new Names();
    Names items = new Names();
    Feedback log = groups(users, items, 10, 4);
    Feedback test = groups(users, items, 3, 5);
    List<Double> losses = new ArrayList<>();
    double[] first = figures(train(log, "8", 7, losses), test);
    double[] second = figures(train(log, "8", 7, losses), test);
    double[] other = figures(train(log, "8", 8, losses), test);
    assertArrayEquals(first, second, 1e-3);
    assertFalse(Arrays.equals(first, other));
    assertEquals(losses.get(7), losses.get(15), 1e-3);
  }

  /** The default settings, but for fewer epochs; a decay of 0.2 is too small for this. */
  @Test
  void movieLensIsTwiceAsGoodAsPopularity() {
    String folder = System.getenv("SLATE_DATA");
    Path data = Path.of(folder == null ? "" : folder, "ml-100k");
    assumeTrue(
        folder != null && Files.exists(data.resolve("ua.base")),
        "needs ml-100k/ua.base under $SLATE_DATA (published: grouplens.org/datasets)");
    Names users = new Names();
    Names items = new Names();
    Feedback log = FeedbackFiles.read(List.of("" + data.resolve("ua.base")), null, users, items);
    Feedback test = FeedbackFiles.read(List.of("" + data.resolve("ua.test")), null, users, items);
    Training training =
        new Training(
            log,
            Interactions.of(log, Weighting.usual()).positive(),
            FeatureFiles.read("" + data.resolve("u.user"), users, false),
            FeatureFiles.read("" + data.resolve("u.item"), items, false),
            new Settings(Map.of("epochs", "6")),
            7,
            Workers.ALONE,
            (pass, loss) -> {});
    double popular = figures(Popular.of(training.interactions()), test)[0];
    double towers = figures(new TwoTower().train(training), test)[0];
    assertTrue(towers >= 2 * popular, towers + " two-tower, popular " + popular);
  }

  private static double[] figures(Retriever model, Feedback test) {
    Judge judge =
        new Judge(
            List.of(new Figure(Measure.NDCG, 10), new Figure(Measure.RECALL, 10)),
            Convention.RECBOLE);
    FullRanking ranking =
        FullRanking.of(
            model, Popular.of(model.history()), test, Weighting.usual(), judge, Workers.ALONE);
    return new double[] {ranking.scores().mean(0), ranking.scores().mean(1)};
  }
}

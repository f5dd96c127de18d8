package dev.slate.recommend.xgboost;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.data.InputException;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.RankLearner;
import dev.slate.recommend.RankLearner.Objective;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.rank.LinearLearner;
import dev.slate.recommend.rank.Ranked;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XgboostLearnerTest {
  private static final int SIZE = 20;

  /** Relevance follows the product of the first two features; the third is noise. */
  private static RankLearner.Lists lists(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rows = new float[count * SIZE * 3];
    boolean[] relevant = new boolean[count * SIZE];
    int[] sizes = new int[count + 1]; // The last list is empty.
    for (int i = 0; i < relevant.length; i++) {
      sizes[i / SIZE] = SIZE;
      for (int j = 0; j < 3; j++) {
        rows[i * 3 + j] = (float) random.nextGaussian();
      }
      relevant[i] = rows[i * 3] * rows[i * 3 + 1] + 0.2 * random.nextGaussian() > 0.8;
    }
    return new RankLearner.Lists(List.of("a", "b", "c"), rows, sizes, relevant);
  }

  /** Share of pairs of a relevant and another candidate of a list that are in order. */
  private static double inOrder(RankLearner.Scorer scorer, RankLearner.Lists lists) {
    float[] scores = new float[lists.relevant().length];
    scorer.score(lists.rows(), scores.length, scores);
    int right = 0;
    int pairs = 0;
    for (int i = 0; i < scores.length; i++) {
      for (int j = i / SIZE * SIZE; lists.relevant()[i] && j < (i / SIZE + 1) * SIZE; j++) {
        if (!lists.relevant()[j]) {
          pairs++;
          right += scores[i] > scores[j] ? 1 : 0;
        }
      }
    }
    return right / (double) pairs;
  }

  @ParameterizedTest
  @EnumSource(Objective.class)
  void seesAnInteractionThatAWeightedSumDoesNot(Objective objective) {
    RankLearner.Lists train = lists(300, 1);
    RankLearner.Lists test = lists(100, 2);
    Settings none = new Settings(Map.of());
    double trees = inOrder(new XgboostLearner().learn(train, objective, none, 7), test);
    double linear = inOrder(new LinearLearner().learn(train, objective, none, 7), test);
    assertTrue(trees > 0.9, objective + " " + trees);
    assertTrue(linear < 0.6, objective + " linear " + linear);
  }

  /** The same seed, the same scores; another seed, others. */
  @ParameterizedTest
  @EnumSource(Objective.class)
  void isRepeatable(Objective objective) {
    RankLearner.Lists train = lists(100, 1);
    float[][] scores = new float[3][train.relevant().length];
    long[] seeds = {7, 7, 8};
    for (int i = 0; i < 3; i++) {
      new XgboostLearner()
          .learn(train, objective, new Settings(Map.of()), seeds[i])
          .score(train.rows(), scores[i].length, scores[i]);
    }
    assertArrayEquals(scores[0], scores[1]);
    assertTrue(!Arrays.equals(scores[0], scores[2]));
  }

  @Test
  void scoresFromManyThreadsAndWithRowsToSpare() {
    RankLearner.Lists train = lists(100, 1);
    RankLearner.Scorer scorer =
        new XgboostLearner().learn(train, Objective.LISTWISE, new Settings(Map.of()), 7);
    float[] all = new float[train.relevant().length];
    scorer.score(train.rows(), all.length, all);
    IntStream.range(0, 400)
        .parallel()
        .forEach(
            i -> {
              int count = i % 7;
              float[] scores = new float[7];
              scorer.score(train.rows(), count, scores);
              assertArrayEquals(Arrays.copyOf(all, count), Arrays.copyOf(scores, count));
            });
  }

  @Test
  void refusesSettingsOutOfRange() {
    for (String key : List.of("rounds", "depth", "rate", "sample", "threads")) {
      Settings wrong = new Settings(Map.of(key, "0"));
      InputException e =
          assertThrows(
              InputException.class,
              () -> new XgboostLearner().learn(lists(5, 1), Objective.PAIRWISE, wrong, 7));
      assertTrue(e.getMessage().contains(key), e.getMessage());
    }
  }

  /** Users of three groups, each of which meets a third of the items only. */
  @Test
  void ordersTheCandidatesOfTheModelRanked() {
    Names users = new Names();
    Names items = new Names();
    for (int item = 0; item < 60; item++) {
      items.add("i" + item);
    }
    SplittableRandom random = new SplittableRandom(4);
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < 90; user++) {
      int ordinal = users.add("u" + user);
      for (int i = 0; i < 10; i++) {
        log.add(ordinal, user % 3 * 20 + random.nextInt(20), 1, i, Kind.CLICK);
      }
    }
    Feedback feedback = log.build();
    Map<String, String> set =
        Map.of(
            "of",
            "popular item-knn",
            "learner",
            "xgboost",
            "xgboost.rounds",
            "30",
            "candidates",
            "60");
    Training training =
        new Training(
            feedback,
            Interactions.of(feedback, Weighting.usual()),
            null,
            null,
            new Settings(set),
            7,
            Workers.ALONE,
            (pass, loss) -> {});
    Retriever model = new Ranked().train(training);
    training.settings().refuseOthers();
    assertEquals("30", training.settings().used().get("xgboost.rounds"));
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
}

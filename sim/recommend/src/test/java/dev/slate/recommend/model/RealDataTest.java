package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.SharedData;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.evaluate.Resampling;
import dev.slate.recommend.feedback.FeatureFiles;
import dev.slate.recommend.feedback.FeedbackFiles;
import dev.slate.recommend.feedback.Split;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Models on real feedback, full ranking, seen items left out. */
class RealDataTest {
  private static Training training(Feedback log, Weighting weighting, Map<String, String> set) {
    return new Training(
        log,
        Interactions.of(log, weighting).positive(),
        null,
        null,
        new Settings(set),
        7,
        TrainedModels.THREE,
        (pass, loss) -> {});
  }

  private static final Figure NDCG = new Figure(Measure.NDCG, 10);

  /** The figures of the default settings to a hundredth, in a tenth of the time. */
  private static final Map<String, String> QUICK_ALS = Map.of("factors", "32", "sweeps", "6");

  private static FullRanking rank(
      Feedback train,
      Feedback test,
      Weighting weighting,
      List<Figure> figures,
      String name,
      Map<String, String> set) {
    ModelKind kind = Objects.requireNonNull(Models.find(name));
    Retriever model = kind.train(training(train, weighting, set));
    return FullRanking.of(
        model,
        Popular.of(model.history()),
        test,
        Weighting.usual(),
        new Judge(figures, Convention.RECBOLE),
        TrainedModels.THREE);
  }

  private static double judge(
      Feedback train,
      Feedback test,
      Weighting weighting,
      Figure figure,
      String name,
      Map<String, String> set) {
    return rank(train, test, weighting, List.of(figure), name, set).scores().mean(0);
  }

  @Test
  void movieLensBeatsPopularity() {
    Names users = new Names();
    Names items = new Names();
    Feedback train =
        FeedbackFiles.read(List.of(SharedData.movieLens("ua.base")), null, users, items);
    Feedback test =
        FeedbackFiles.read(List.of(SharedData.movieLens("ua.test")), null, users, items);
    Weighting usual = Weighting.usual();
    double popular = judge(train, test, usual, NDCG, "popular", Map.of());
    double itemKnn = judge(train, test, usual, NDCG, "item-knn", Map.of());
    double als = judge(train, test, usual, NDCG, "als", QUICK_ALS);
    double bpr = judge(train, test, usual, NDCG, "bpr", Map.of("factors", "32", "epochs", "30"));
    assertTrue(itemKnn >= 1.3 * popular, itemKnn + " item-knn, popular " + popular);
    assertTrue(als >= 2 * popular, als + " als, popular " + popular);
    assertTrue(bpr >= 1.3 * popular, bpr + " bpr, popular " + popular);
  }

  /**
   * The figures that Microsoft's recommenders publish of this split, for popularity and BPR. The
   * other models lie between the two, or above.
   */
  @Test
  void movieLensAtRandomIsInThePublishedBand() {
    Feedback log =
        FeedbackFiles.read(List.of(SharedData.movieLens("u.data")), null, new Names(), new Names());
    Split.Parts parts = Split.parse("random:0.25").divide(log, 42);
    inBand(parts, "popular", Map.of(), new double[] {.25, .22, .11}, 0.15, 0.15);
    Map<String, String> quick = Map.of("factors", "32", "epochs", "50");
    inBand(parts, "bpr", quick, new double[] {.41, .36, .18}, 0.15, 0.15);
    inBand(parts, "als", QUICK_ALS, new double[] {.41, .36, .18}, 0.15, 0.35);
    inBand(parts, "item-knn", Map.of(), new double[] {.41, .36, .18}, 0.25, 0.15);
  }

  /** NDCG, precision and recall at 10, each within shares below and above a published figure. */
  private static void inBand(
      Split.Parts parts,
      String name,
      Map<String, String> set,
      double[] published,
      double below,
      double above) {
    List<Figure> figures =
        List.of(NDCG, new Figure(Measure.PRECISION, 10), new Figure(Measure.RECALL, 10));
    FullRanking ranking = rank(parts.train(), parts.test(), Weighting.usual(), figures, name, set);
    for (int i = 0; i < published.length; i++) {
      double ratio = ranking.scores().mean(i) / published[i];
      assertTrue(
          ratio > 1 - below && ratio < 1 + above,
          name + " " + figures.get(i).name() + " is " + ratio + " of the published figure");
    }
  }

  @Test
  void lastFmBeatsPopularity() {
    Feedback log = FeedbackFiles.read(List.of(SharedData.lastFm()), null, new Names(), new Names());
    Split.Parts parts = Split.parse("random:0.2").divide(log, 7);
    Figure recall = new Figure(Measure.RECALL, 20);
    Weighting usual = Weighting.usual();
    double popular = judge(parts.train(), parts.test(), usual, recall, "popular", Map.of());
    double itemKnn = judge(parts.train(), parts.test(), usual, recall, "item-knn", Map.of());
    double als = judge(parts.train(), parts.test(), usual, recall, "als", QUICK_ALS);
    assertTrue(itemKnn >= 1.5 * popular, itemKnn + " item-knn, popular " + popular);
    assertTrue(als >= 1.5 * popular, als + " als, popular " + popular);
  }

  /** A fifth of the users has 1 to 3 films: more of what they come to see, and a better top. */
  @Test
  void coldUsersGetBetterThanPopularity() {
    Names users = new Names();
    Feedback log =
        FeedbackFiles.read(List.of(SharedData.movieLens("u.data")), null, users, new Names());
    Features people = FeatureFiles.read(SharedData.movieLens("u.user"), users, false);
    Split.Parts parts = Split.parse("cold:0.2").divide(log, 7);
    List<Figure> figures = List.of(NDCG, new Figure(Measure.RECALL, 20));
    FullRanking popular = rank(parts, figures, people, "popular", Map.of());
    FullRanking blend =
        rank(
            parts,
            figures,
            people,
            "hybrid",
            Map.of(
                "mode",
                "weighted",
                "of",
                "demographic user-knn",
                "user-knn.neighbours",
                "1000",
                "user-knn.shrinkage",
                "1000"));
    assertArrayEquals(popular.users(), blend.users());
    Interactions history = Interactions.of(parts.train(), Weighting.usual());
    for (int figure = 0; figure < figures.size(); figure++) {
      double[] difference = new double[blend.users().length];
      assertEquals(189, difference.length, 40);
      for (int i = 0; i < difference.length; i++) {
        assertTrue(history.count(blend.users()[i]) <= 3);
        difference[i] = blend.scores().values()[figure][i] - popular.scores().values()[figure][i];
      }
      double low = Resampling.mean(difference, 1).low();
      assertTrue(low > 0, figures.get(figure).name() + " from " + low);
    }
  }

  private static FullRanking rank(
      Split.Parts parts,
      List<Figure> figures,
      Features people,
      String name,
      Map<String, String> set) {
    Training bare = training(parts.train(), Weighting.usual(), set);
    Training training =
        new Training(
            bare.feedback(),
            bare.interactions(),
            people,
            null,
            bare.settings(),
            bare.seed(),
            bare.workers(),
            bare.curve());
    Retriever model = Objects.requireNonNull(Models.find(name)).train(training);
    return FullRanking.of(
        model,
        Popular.of(model.history()),
        parts.test(),
        Weighting.usual(),
        new Judge(figures, Convention.RECBOLE),
        TrainedModels.THREE);
  }
}

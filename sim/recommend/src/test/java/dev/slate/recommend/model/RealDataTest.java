package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.SharedData;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
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
        Workers.ALONE,
        (pass, loss) -> {});
  }

  private static double judge(
      Feedback train,
      Feedback test,
      Weighting weighting,
      Figure figure,
      String name,
      Map<String, String> set) {
    ModelKind kind = Objects.requireNonNull(Models.find(name));
    Retriever model = kind.train(training(train, weighting, set));
    return FullRanking.of(
            model,
            Popular.of(model.history()),
            test,
            Weighting.usual(),
            new Judge(List.of(figure), Convention.RECBOLE),
            Workers.ALONE)
        .scores()
        .mean(0);
  }

  @Test
  void movieLensBeatsPopularity() {
    Names users = new Names();
    Names items = new Names();
    Feedback train =
        FeedbackFiles.read(List.of(SharedData.movieLens("ua.base")), null, users, items);
    Feedback test =
        FeedbackFiles.read(List.of(SharedData.movieLens("ua.test")), null, users, items);
    Figure ndcg = new Figure(Measure.NDCG, 10);
    Weighting usual = Weighting.usual();
    double popular = judge(train, test, usual, ndcg, "popular", Map.of());
    double itemKnn = judge(train, test, usual, ndcg, "item-knn", Map.of());
    double als = judge(train, test, usual, ndcg, "als", Map.of("factors", "32", "sweeps", "5"));
    double bpr = judge(train, test, usual, ndcg, "bpr", Map.of("factors", "32", "epochs", "30"));
    assertTrue(itemKnn >= 1.3 * popular, itemKnn + " item-knn, popular " + popular);
    assertTrue(als >= 1.3 * popular, als + " als, popular " + popular);
    assertTrue(bpr >= 1.3 * popular, bpr + " bpr, popular " + popular);
  }

  @Test
  void movieLensAtRandomIsInThePublishedBand() {
    Feedback log =
        FeedbackFiles.read(List.of(SharedData.movieLens("u.data")), null, new Names(), new Names());
    Split.Parts parts = Split.parse("random:0.25").divide(log, 42);
    Weighting usual = Weighting.usual();
    Figure ndcg = new Figure(Measure.NDCG, 10);
    Figure precision = new Figure(Measure.PRECISION, 10);
    Figure recall = new Figure(Measure.RECALL, 10);
    double[] popular = new double[3];
    Figure[] figures = {ndcg, precision, recall};
    double[] published = {.25, .22, .11};
    for (int i = 0; i < 3; i++) {
      popular[i] = judge(parts.train(), parts.test(), usual, figures[i], "popular", Map.of());
      assertTrue(
          Math.abs(popular[i] / published[i] - 1) < .15,
          figures[i].name() + " " + popular[i] + ", published " + published[i]);
    }
  }

  @Test
  void lastFmBeatsPopularity() {
    Feedback log = FeedbackFiles.read(List.of(SharedData.lastFm()), null, new Names(), new Names());
    Split.Parts parts = Split.parse("random:0.2").divide(log, 7);
    Weighting weighting = Weighting.usual().scale(Weighting.Scale.LOG);
    Figure recall = new Figure(Measure.RECALL, 20);
    double popular = judge(parts.train(), parts.test(), weighting, recall, "popular", Map.of());
    double itemKnn = judge(parts.train(), parts.test(), weighting, recall, "item-knn", Map.of());
    double als =
        judge(
            parts.train(),
            parts.test(),
            weighting,
            recall,
            "als",
            Map.of("factors", "32", "sweeps", "4", "alpha", "1"));
    assertTrue(itemKnn >= 1.5 * popular, itemKnn + " item-knn, popular " + popular);
    assertTrue(als >= 1.5 * popular, als + " als, popular " + popular);
  }
}

package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.evaluate.Convention;
import dev.slate.recommend.evaluate.Figure;
import dev.slate.recommend.evaluate.FullRanking;
import dev.slate.recommend.evaluate.Judge;
import dev.slate.recommend.evaluate.Measure;
import dev.slate.recommend.evaluate.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What models recover of a world whose structure is known. */
class ModelQualityTest {
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
    double popular =
        TrainedModels.rank(TrainedModels.train("popular", TrainedModels.THREE)).scores().mean(0);
    double model =
        TrainedModels.rank(TrainedModels.train(name, TrainedModels.THREE)).scores().mean(0);
    assertTrue(model >= 1.5 * popular, name + " " + model + ", popular " + popular);
  }

  @Test
  void randomIsAsGoodAsChance() {
    FullRanking ranking =
        FullRanking.of(
            TrainedModels.train("random", TrainedModels.THREE),
            TrainedModels.train("popular", TrainedModels.THREE),
            TrainedModels.WORLD.test,
            Weighting.usual(),
            new Judge(List.of(new Figure(Measure.PRECISION, 10)), Convention.RECBOLE),
            TrainedModels.THREE);
    // Six relevant of 250 less the history; 400 users x 10 places: a standard error of 0.0025.
    assertEquals(6.0 / 222, ranking.scores().mean(0), 0.013);
    for (int[] list : ranking.lists()) {
      assertEquals(10, Arrays.stream(list).distinct().count());
    }
  }

  /** Users with at most 3 items: the hybrid beats popularity, by an interval without 0. */
  @Test
  void coldUsersGetBetterThanPopularity() {
    FullRanking popular = TrainedModels.rank(TrainedModels.train("popular", TrainedModels.THREE));
    FullRanking hybrid = TrainedModels.rank(TrainedModels.train("hybrid", TrainedModels.THREE));
    double[] difference = new double[40];
    for (int i = 0; i < difference.length; i++) {
      int user = 360 + i;
      assertTrue(train0(user) <= 3);
      difference[i] = hybrid.scores().values()[0][user] - popular.scores().values()[0][user];
    }
    assertTrue(Resampling.mean(difference, 1).low() > 0);
  }

  private static int train0(int user) {
    return Interactions.of(TrainedModels.WORLD.train, Weighting.usual()).count(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"als", "bpr", "item-knn", "user-knn", "content", "session-knn", "hybrid"})
  void seedsStandForAHistory(String name) {
    Retriever model = TrainedModels.train(name, TrainedModels.THREE);
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

  @Test
  void withoutEvidenceNothingIsMadeUp() {
    Training bare =
        new Training(
            TrainedModels.WORLD.train,
            Interactions.of(TrainedModels.WORLD.train, Weighting.usual()),
            null,
            null,
            new Settings(TrainedModels.settings("als")),
            7,
            TrainedModels.THREE,
            (pass, loss) -> {});
    Candidates out = new Candidates();
    for (ModelKind kind : List.of(new Als(), new ItemNeighbours(), new UserNeighbours())) {
      Training training = bare.with(new Settings(TrainedModels.settings(kind.name())));
      kind.train(training).open().retrieve(Request.ofSeeds(), 10, out);
      assertEquals(0, out.size(), kind.name());
    }
    Training empty = bare.with(new Settings(Map.of()));
    Feedback none = TrainedModels.WORLD.train.select();
    Training nothing =
        new Training(
            none,
            Interactions.of(none, Weighting.usual()),
            null,
            null,
            empty.settings(),
            7,
            TrainedModels.THREE,
            (pass, loss) -> {});
    assertThrows(TrainingException.class, () -> new Als().train(nothing));
    assertThrows(TrainingException.class, () -> new Bpr().train(nothing));
    assertThrows(TrainingException.class, () -> new Content().train(nothing));
  }
}

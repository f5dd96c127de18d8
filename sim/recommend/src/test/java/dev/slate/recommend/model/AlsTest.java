package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.ItemSet;
import dev.slate.recommend.Candidates;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.Weighting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlsTest {
  /** Items without a row are found by their features, users without a row by theirs. */
  @Test
  void featuresReachWhatIsNew() {
    List<Integer> kept = new ArrayList<>();
    for (int row = 0; row < TrainedModels.WORLD.train.size(); row++) {
      if (TrainedModels.WORLD.train.item(row) % 10 != 7
          && TrainedModels.WORLD.train.user(row) % 10 != 3) {
        kept.add(row);
      }
    }
    Feedback without =
        TrainedModels.WORLD.train.select(kept.stream().mapToInt(Integer::intValue).toArray());
    Interactions history = Interactions.of(without, Weighting.usual());
    Training training =
        new Training(
            without,
            history,
            TrainedModels.WORLD.userFeatures,
            TrainedModels.WORLD.itemFeatures,
            new Settings(TrainedModels.settings("als")),
            7,
            TrainedModels.THREE,
            (pass, loss) -> {});
    Retriever als = new Als().train(training);
    Interactions truth = Interactions.of(TrainedModels.WORLD.test, Weighting.usual());
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
    Training quiet =
        TrainedModels.WORLD.training(TrainedModels.THREE, TrainedModels.settings("als"));
    new Als()
        .train(
            new Training(
                quiet.feedback(),
                quiet.interactions(),
                null,
                null,
                quiet.settings(),
                1,
                TrainedModels.THREE,
                (pass, loss) -> curve.add(loss)));
    assertEquals(8, curve.size());
    for (int i = 1; i < curve.size(); i++) {
      assertTrue(curve.get(i) <= curve.get(i - 1) + 1e-6, curve.toString());
    }
  }
}

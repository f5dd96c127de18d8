package dev.slate.recommend.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.Candidates;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TwoTowerTest {
  /** Users of three groups, each of which meets a third of the items only. */
  @Test
  void recoversGroupsAndItsLossFalls() {
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
    List<Double> losses = new ArrayList<>();
    Training training =
        new Training(
            feedback,
            Interactions.of(feedback, Weighting.usual()),
            null,
            null,
            new Settings(Map.of("factors", "8", "epochs", "30", "batch", "64")),
            7,
            Workers.ALONE,
            (pass, loss) -> losses.add(loss));
    Retriever model = new TwoTower().train(training);
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
}

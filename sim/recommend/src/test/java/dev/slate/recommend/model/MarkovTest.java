package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkovTest {
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
}

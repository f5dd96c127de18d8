package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContextAwareTest {
  /** Half of the items are met by night, half by day. */
  @Test
  void contextMovesTheAnswer() {
    Names users = new Names();
    Names items = new Names();
    for (int item = 0; item < 40; item++) {
      items.add("i" + item);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    SplittableRandom random = new SplittableRandom(5);
    for (int user = 0; user < 80; user++) {
      int ordinal = users.add("u" + user);
      for (int i = 0; i < 12; i++) {
        boolean night = random.nextBoolean();
        long time = 86_400L * random.nextInt(100) + (night ? 3_600 : 43_200);
        log.add(ordinal, random.nextInt(20) + (night ? 20 : 0), 1, time, Kind.WATCH);
      }
    }
    Retriever model = new ContextAware().train(training(log.build()));
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

  /** As seconds they would lie 50,000 years ahead, and each row would have some wrong hour. */
  @Test
  void refusesMilliseconds() {
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder log = Feedback.builder(users, items);
    int film = items.add("film");
    log.add(users.add("ann"), film, 1, 1_600_000_000L, Kind.WATCH);
    log.add(users.add("bob"), film, 1, 1_600_000_000_000L, Kind.WATCH);
    Training training = training(log.build());
    ContextAware model = new ContextAware();
    String message =
        assertThrows(TrainingException.class, () -> model.train(training)).getMessage();
    assertEquals(
        "feedback: context needs times in seconds since 1970, but one is 1600000000000, which would be"
            + " after the year 5000: are they milliseconds?",
        message);
  }

  private static Training training(Feedback feedback) {
    return new Training(
        feedback,
        Interactions.of(feedback, Weighting.usual()),
        null,
        null,
        new Settings(Map.of("factors", "4")),
        1,
        Workers.ALONE,
        (pass, loss) -> {});
  }
}

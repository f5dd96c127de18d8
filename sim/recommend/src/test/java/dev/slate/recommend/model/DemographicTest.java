package dev.slate.recommend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Features;
import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Request;
import dev.slate.recommend.Settings;
import dev.slate.recommend.Training;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Weighting;
import dev.slate.recommend.Workers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemographicTest {
  private static Training training(@Nullable Features features, String... settings) {
    Names users = new Names();
    Names items = new Names();
    for (int i = 0; i < 6; i++) {
      users.add("u" + i);
      items.add("i" + i);
    }
    Feedback.Builder log = Feedback.builder(users, items);
    int[][] has = {{0, 1}, {0, 1}, {0, 2}, {0, 2}, {}, {}};
    for (int user = 0; user < has.length; user++) {
      for (int item : has[user]) {
        log.add(user, item, 1, 0, Kind.CLICK);
      }
    }
    Feedback all = log.build();
    return new Training(
        all,
        Interactions.of(all, Weighting.usual()),
        features,
        null,
        new Settings(Map.of("shrinkage", settings[0], "weight", settings[1], "least", settings[2])),
        7,
        Workers.ALONE,
        (pass, loss) -> {});
  }

  /** Users 0, 1 and 4 are in the group; 4 has no history, and of 5 nothing is known. */
  private static final Features GROUP =
      new Features(
          List.of("group"),
          new float[] {1, 1, 0, 0, 1, 0},
          new boolean[] {true, true, true, true, true, false});

  private static String answer(Training training, int user) {
    Candidates out = new Candidates();
    new Demographic().train(training).open().retrieve(Request.of(user), 5, out);
    return TrainedModels.text(out);
  }

  /**
   * Four users have history; the shares of items 0, 1 and 2 are 1, 1/2, 1/2. Within the group they
   * are (2 + 2)/4, (2 + 1)/4 and (0 + 1)/4 with a shrinkage of 2: 0, 1/4 and -1/4 more.
   */
  @Test
  void sharesOfTheGroupAreShrunk() {
    assertEquals("0:1.0 1:0.625 2:0.375 ", answer(training(GROUP, "2", "0.5", "1"), 4));
    assertEquals("0:1.0 1:1.0 ", answer(training(GROUP, "0", "1", "1"), 4), "2 has a score of 0");
    assertEquals("0:1.0 1:0.5 2:0.5 ", answer(training(GROUP, "2", "0", "1"), 4));
  }

  @Test
  void whoIsUnknownGetsWhatIsPopular() {
    assertEquals("0:1.0 1:0.5 2:0.5 ", answer(training(GROUP, "2", "0.5", "1"), 5));
  }

  @Test
  void usersWithFewItemsDoNotCount() {
    assertEquals("", answer(training(GROUP, "2", "0.5", "3"), 4));
    assertEquals("0:1.0 1:0.625 2:0.375 ", answer(training(GROUP, "2", "0.5", "2"), 4));
  }

  @Test
  void seenItemsAreLeftOut() {
    assertEquals("2:0.375 ", answer(training(GROUP, "2", "0.5", "1"), 0));
  }

  @Test
  void numbersAreInSixBandsOfEquallyManyUsers() {
    float[] values = new float[24];
    boolean[] known = new boolean[12];
    for (int user = 0; user < 12; user++) {
      values[2 * user] = 20 + user;
      values[2 * user + 1] = user % 2;
      known[user] = user != 11;
    }
    int[][] groups = Demographic.groups(new Features(List.of("age", "gender=F"), values, known));
    assertArrayEquals(new int[] {0}, groups[0]);
    assertArrayEquals(new int[] {1, 6}, groups[1]);
    assertArrayEquals(new int[] {5}, groups[10]);
    assertArrayEquals(new int[] {}, groups[11]);
    int[] size = new int[7];
    for (int[] of : groups) {
      for (int group : of) {
        size[group]++;
      }
    }
    assertArrayEquals(new int[] {1, 2, 2, 2, 2, 2, 5}, size);
  }

  @Test
  void featuresOfUsersAreNeeded() {
    TrainingException e =
        assertThrows(
            TrainingException.class, () -> new Demographic().train(training(null, "1", "1", "1")));
    assertEquals(TrainingException.Data.USER_FEATURES, e.data());
    assertEquals("user features: demographic needs features of the users", e.getMessage());
  }
}

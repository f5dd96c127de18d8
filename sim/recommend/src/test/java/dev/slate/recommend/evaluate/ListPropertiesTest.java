package dev.slate.recommend.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.Weighting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The fixture of Microsoft recommenders, and the others by hand. */
class ListPropertiesTest {
  private static final int[][] TRAINING = {{1, 2, 4}, {3, 4}, {3, 4, 5}};
  private static final int[][] SHOWN = {{2, 4}, {1, 4}, {0, 1}}; // Items from 0.
  private static final boolean[][] RELEVANT = {{true, false}, {true, true}, {true, false}};

  @Test
  void agreesWithTheirFixture() {
    Names users = new Names();
    Names items = new Names();
    for (int item = 1; item <= 5; item++) {
      items.add(String.valueOf(item));
    }
    Feedback.Builder log = Feedback.builder(users, items);
    for (int user = 0; user < TRAINING.length; user++) {
      for (int item : TRAINING[user]) {
        log.add(users.add("u" + user), item - 1, 1, Feedback.NO_TIME, Kind.CLICK);
      }
    }
    Interactions training = Interactions.of(log.build(), Weighting.usual());
    Map<String, Double> properties =
        new ListProperties(training).of(new int[] {0, 1, 2}, SHOWN, RELEVANT);
    assertEquals(.8, properties.get("coverage"), 1e-9);
    assertEquals(1.9183, properties.get("distributional_coverage"), 5e-5);
    assertEquals(2.83333, properties.get("novelty"), 5e-6);
    assertEquals(.43096, properties.get("diversity"), 5e-6);
    assertEquals(.43408, properties.get("serendipity"), 5e-6);
    // Shown 1, 2, 1, 0, 2 times; sorted 0, 1, 1, 2, 2: 2 (2 + 3 + 8 + 10) / (5 * 6) - 6 / 5.
    assertEquals(46 / 30. - 1.2, properties.get("gini"), 1e-9);
    // Users of the shown items: 2 1, 1 1, 1 1; of the histories: 1 1 3, 2 3, 2 3 1. Each user
    // counts once, however long her history is.
    double had = (5 / 3. + 5 / 2. + 6 / 3.) / 3;
    assertEquals((7 / 6.) / had - 1, properties.get("popularity_lift"), 1e-9);
  }

  /** Who has no history has no popularity to compare that of a list with. */
  @Test
  void popularityLiftLeavesOutUsersWithoutAHistory() {
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder log = Feedback.builder(users, items);
    int[][] histories = {{0, 1}, {0}};
    for (int user = 0; user < histories.length; user++) {
      for (int item : histories[user]) {
        log.add(users.add("u" + user), items.add("i" + item), 1, Feedback.NO_TIME, Kind.CLICK);
      }
    }
    ListProperties properties = new ListProperties(Interactions.of(log.build(), Weighting.usual()));
    boolean[][] relevant = {{false}, {false}, {false}};
    double lift =
        properties
            .of(new int[] {0, 1, 2}, new int[][] {{1}, {1}, {0}}, relevant)
            .get("popularity_lift");
    assertEquals(1 / ((1.5 + 2) / 2) - 1, lift, 1e-9);
  }

  /** Pairs of items with many users, asked for once and again, in both orders. */
  @Test
  void popularItemsAreAsSimilarAsTheirUsersSay() {
    Random random = new Random(7);
    Names users = new Names();
    Names items = new Names();
    List<Set<Integer>> usersOf = new ArrayList<>();
    Feedback.Builder log = Feedback.builder(users, items);
    for (int item = 0; item < 6; item++) {
      items.add("i" + item);
      usersOf.add(new HashSet<>());
    }
    for (int user = 0; user < 300; user++) {
      for (int item = 0; item < 6; item++) {
        if (random.nextInt(7) >= item) {
          log.add(users.add("u" + user), item, 1, Feedback.NO_TIME, Kind.CLICK);
          usersOf.get(item).add(user);
        }
      }
    }
    ListProperties properties = new ListProperties(Interactions.of(log.build(), Weighting.usual()));
    for (int round = 0; round < 2; round++) {
      for (int a = 0; a < 6; a++) {
        for (int b = 0; b < 6; b++) {
          Set<Integer> both = new HashSet<>(usersOf.get(a));
          both.retainAll(usersOf.get(b));
          double product = (double) usersOf.get(a).size() * usersOf.get(b).size();
          assertEquals(both.size() / Math.sqrt(product), properties.similarity(a, b));
        }
      }
    }
  }
}

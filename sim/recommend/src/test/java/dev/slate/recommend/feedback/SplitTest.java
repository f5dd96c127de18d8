package dev.slate.recommend.feedback;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.recommend.Feedback;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.Kind;
import dev.slate.recommend.Names;
import dev.slate.recommend.TrainingException;
import dev.slate.recommend.Weighting;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** Times out of order, as logs have them. */
  private static Feedback log(int users, int items, int rows) {
    Names u = new Names();
    Names i = new Names();
    for (int user = 0; user < users; user++) {
      u.add("u" + user);
    }
    for (int item = 0; item < items; item++) {
      i.add("i" + item);
    }
    SplittableRandom random = new SplittableRandom(1);
    Feedback.Builder log = Feedback.builder(u, i);
    for (int row = 0; row < rows; row++) {
      log.add(random.nextInt(users), random.nextInt(items), 1, random.nextInt(1000), Kind.CLICK);
    }
    return log.build();
  }

  @Test
  void randomSplitsKeepPairsTogether() {
    Feedback log = log(20, 20, 2000);
    Split.Parts parts = Split.parse("random:0.25").divide(log, 3);
    assertEquals(2000, parts.train().size() + parts.test().size());
    assertEquals(.25, parts.test().size() / 2000., .1);
    assertEquals(0, Leakage.between(parts.train(), parts.test()).repeated());
  }

  @Test
  void splitsByTimeLookOnlyAhead() {
    Feedback log = log(20, 50, 2000);
    Split.Parts parts = Split.parse("time:0.2").divide(log, 3);
    assertEquals(.2, parts.test().size() / 2000., .01);
    assertEquals(0, Leakage.between(parts.train(), parts.test()).earlier());
  }

  @Test
  void splitsByUserHoldTheLatestOfEach() {
    Feedback log = log(20, 50, 2000);
    Split.Parts parts = Split.parse("user:0.2").divide(log, 3);
    for (int user = 0; user < 20; user++) {
      long latest = Long.MIN_VALUE;
      for (int row = 0; row < parts.train().size(); row++) {
        if (parts.train().user(row) == user) {
          latest = Math.max(latest, parts.train().time(row));
        }
      }
      for (int row = 0; row < parts.test().size(); row++) {
        assertTrue(parts.test().user(row) != user || parts.test().time(row) >= latest);
      }
    }
    Split.Parts one = Split.parse("leave-one-out").divide(log, 3);
    assertEquals(20, one.test().size());
  }

  @Test
  void coldUsersKeepTheirFirstItems() {
    Feedback log = log(400, 50, 20_000);
    Split.Parts parts = Split.parse("cold:0.2").divide(log, 3);
    assertEquals(20_000, parts.train().size() + parts.test().size());
    Interactions train = Interactions.of(parts.train(), Weighting.usual());
    Interactions test = Interactions.of(parts.test(), Weighting.usual());
    int cold = 0;
    boolean[] counts = new boolean[4];
    for (int user = 0; user < 400; user++) {
      if (test.count(user) > 0) {
        cold++;
        counts[train.count(user)] = true;
        for (int item : train.columnsOf(user)) {
          assertTrue(!test.contains(user, item));
        }
      } else {
        assertTrue(train.count(user) > 3);
      }
    }
    assertEquals(80, cold, 25);
    assertArrayEquals(new boolean[] {false, true, true, true}, counts);
    long[] last = new long[400];
    for (int row = 0; row < parts.train().size(); row++) {
      int user = parts.train().user(row);
      last[user] = Math.max(last[user], test.count(user) == 0 ? 0 : firstTime(parts.train(), row));
    }
    for (int row = 0; row < parts.test().size(); row++) {
      assertTrue(parts.test().time(row) >= last[parts.test().user(row)]);
    }
  }

  /** When the user of a row first met its item. */
  private static long firstTime(Feedback log, int row) {
    long first = Long.MAX_VALUE;
    for (int other = 0; other < log.size(); other++) {
      if (log.user(other) == log.user(row) && log.item(other) == log.item(row)) {
        first = Math.min(first, log.time(other));
      }
    }
    return first;
  }

  @Test
  void badSplits() {
    for (String text : new String[] {"random", "random:2", "time:0", "weekly:.1", "user:x", ""}) {
      assertThrows(TrainingException.class, () -> Split.parse(text), text);
    }
    Names names = new Names();
    names.add("a");
    Feedback untimed =
        Feedback.builder(names, names).add(0, 0, 1, Feedback.NO_TIME, Kind.CLICK).build();
    assertTrue(
        assertThrows(TrainingException.class, () -> Split.parse("time:0.5").divide(untimed, 0))
            .getMessage()
            .contains("needs the time"));
    Feedback single = Feedback.builder(names, names).add(0, 0, 1, 1, Kind.CLICK).build();
    assertTrue(
        assertThrows(TrainingException.class, () -> Split.parse("time:0.5").divide(single, 0))
            .getMessage()
            .contains("leaves no row to test on"));
  }

  /** A triangle of users and items hangs on a tail that falls off link by link. */
  @Test
  void theCoreIsWhatStays() {
    Names users = new Names();
    Names items = new Names();
    Feedback.Builder log = Feedback.builder(users, items);
    String[] pairs = {"aX", "aY", "bX", "bY", "cY", "cZ", "dZ"};
    for (String pair : pairs) {
      log.add(users.add(pair.substring(0, 1)), items.add(pair.substring(1)), 1, 1, Kind.CLICK);
    }
    Feedback core = Renaming.compact(CoreFilter.core(log.build(), 2));
    assertEquals(4, core.size());
    assertEquals(2, core.users().size());
    assertEquals(2, core.items().size());
    assertEquals(0, CoreFilter.core(log.build(), 3).size());
  }

  @Test
  void leakageIsCounted() {
    Names users = new Names();
    Names items = new Names();
    for (String name : new String[] {"a", "b", "c"}) {
      users.add(name);
      items.add(name);
    }
    Feedback train =
        Feedback.builder(users, items)
            .add(0, 0, 1, 10, Kind.CLICK)
            .add(1, 1, 1, 20, Kind.CLICK)
            .build();
    Feedback test =
        Feedback.builder(users, items)
            .add(0, 0, 1, 15, Kind.CLICK)
            .add(2, 1, 1, 25, Kind.CLICK)
            .add(2, 1, 1, 26, Kind.CLICK)
            .add(1, 2, 1, 27, Kind.CLICK)
            .build();
    assertEquals(new Leakage(1, 1, 1, 1, 1), Leakage.between(train, test));
    assertEquals(5, Leakage.between(train, test).lines().size());
    assertEquals(0, Leakage.between(train, train.select(0).select()).lines().size());
  }

  @Test
  void duplicatesAddUpAndTheLastRatingCounts() {
    Names users = new Names();
    Names items = new Names();
    users.add("u");
    items.add("rated");
    items.add("clicked");
    items.add("down");
    Feedback log =
        Feedback.builder(users, items)
            .add(0, 0, 5, 2, Kind.RATING)
            .add(0, 0, 1, 1, Kind.RATING)
            .add(0, 1, 1, 1, Kind.CLICK)
            .add(0, 1, 1, 2, Kind.PURCHASE)
            .add(0, 2, 1, 1, Kind.THUMB_DOWN)
            .add(0, 2, 1, 1, Kind.SHOWN)
            .build();
    Weighting weighting =
        Weighting.usual().positiveFrom(4).weight(Kind.PURCHASE, 5).bothSigns(true);
    Interactions sum = Interactions.of(log, weighting);
    assertEquals(3, sum.size());
    assertEquals(1, sum.weight(0));
    assertEquals(6, sum.weight(1));
    assertEquals(-1, sum.weight(2));
    assertEquals(2, sum.positive().size());
    assertEquals(2, Interactions.of(log, weighting.bothSigns(false)).size());
    assertEquals(1, sum.transpose().count(2));
  }
}

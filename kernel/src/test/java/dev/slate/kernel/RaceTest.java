package dev.slate.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final float[][] QUERIES = {{0}, {1}, {2}, {3}, {4}, {5}, {6}};

  private static final long BUDGET = 1_000_000_000;

  private long now;
  private int searches;

  private double[][] run(List<Race.Contender> contenders, int... wanted) {
    return new Race(contenders, QUERIES, () -> now).run(wanted, BUDGET);
  }

  @Test
  void eachContenderIsTimedForEachNumberOfItems() {
    double[][] nanos =
        run(
            List.of(
                (query, out) -> now += 1_000L * out.k(), (query, out) -> now += 5_000L + out.k()),
            1,
            10);
    assertArrayEquals(new double[] {1_000, 10_000}, nanos[0]);
    assertArrayEquals(new double[] {5_001, 5_010}, nanos[1]);
  }

  /** The first searches of a process are interpreted; now and then it is not given a core. */
  @Test
  void slowBeginningsAndInterruptionsDoNotCount() {
    Race.Contender some =
        (query, out) -> {
          searches++;
          now += searches < 1_000 ? 200_000 : searches % 5_000 == 0 ? 50_000_000 : 10_000;
        };
    assertEquals(10_000, run(List.of(some), 1)[0][0]);
  }

  @Test
  void allAreAskedTheSameAndEverythingInTurn() {
    List<Float> one = new ArrayList<>();
    List<Float> other = new ArrayList<>();
    Race.Contender first =
        (query, out) -> {
          now += 100_000;
          one.add(query[0]);
        };
    Race.Contender second =
        (query, out) -> {
          now += 300_000;
          other.add(query[0]);
        };
    run(List.of(first, second), 3);
    assertEquals(one, other);
    for (int i = 0; i < QUERIES.length; i++) {
      assertEquals(QUERIES[i][0], one.get(i));
    }
  }

  @Test
  void whatTakesSecondsIsTimedAFewTimes() {
    Race.Contender slow =
        (query, out) -> {
          now += 2_000_000_000;
          searches++;
        };
    assertEquals(2e9, run(List.of(slow), 1)[0][0]);
    assertTrue(searches <= 12, searches + " searches");
  }
}

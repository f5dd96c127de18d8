package dev.slate.kernel.planner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongBiFunction;
import org.junit.jupiter.api.Test;

class StrategyTimerTest {
  private static final float[][] QUERIES = {{0}, {1}, {2}, {3}, {4}, {5}, {6}};

  private long now;
  private int searches;

  /** An index whose searches take the time that a function of query and k tells. */
  private Engine taking(ToLongBiFunction<Float, Integer> nanos) {
    return new Engine() {
      @Override
      public int dimensions() {
        return 1;
      }

      @Override
      public long bytes() {
        return 0;
      }

      @Override
      public Cursor cursor() {
        return (query, best, share, counters) -> now += nanos.applyAsLong(query.q[0], query.k);
      }
    };
  }

  private double[][] time(List<Engine> engines, int... wanted) {
    Catalog items = Catalog.of(new float[] {7, 8, 9}, 1);
    return new StrategyTimer(items, Metric.EUCLIDEAN, QUERIES, () -> now).time(engines, wanted);
  }

  @Test
  void eachIndexIsTimedForEachNumberOfItems() {
    double[][] nanos =
        time(List.of(taking((q, k) -> 1_000L * k), taking((q, k) -> 5_000L + k)), 1, 10);
    assertArrayEquals(new double[] {1_000, 10_000}, nanos[0]);
    assertArrayEquals(new double[] {5_001, 5_010}, nanos[1]);
  }

  /** The first searches of a process are interpreted; now and then it is not given a core. */
  @Test
  void slowBeginningsAndInterruptionsDoNotCount() {
    Engine some =
        taking(
            (q, k) -> {
              searches++;
              return searches < 1_000 ? 200_000 : searches % 5_000 == 0 ? 50_000_000 : 10_000;
            });
    assertEquals(10_000, time(List.of(some), 1)[0][0]);
  }

  @Test
  void allAreAskedTheSameQueriesInTurn() {
    List<Float> one = new ArrayList<>();
    List<Float> other = new ArrayList<>();
    Engine first =
        taking(
            (q, k) -> {
              one.add(q);
              return 100_000;
            });
    Engine second =
        taking(
            (q, k) -> {
              other.add(q);
              return 300_000;
            });
    time(List.of(first, second), 3);
    assertEquals(one, other);
    for (int i = 0; i < QUERIES.length; i++) {
      assertEquals(QUERIES[i][0], one.get(i));
    }
  }

  @Test
  void searchesOfSecondsAreTimedAFewTimes() {
    Engine slow =
        taking(
            (q, k) -> {
              searches++;
              return 2_000_000_000;
            });
    time(List.of(slow), 1, 10);
    assertTrue(searches <= 40, searches + " searches");
  }

  @Test
  void queriesLikeTheItemsAreItemsWhichFindThemselvesBesides() {
    List<Integer> wanted = new ArrayList<>();
    Engine some =
        taking(
            (q, k) -> {
              assertTrue(q >= 7 && q <= 9, "query " + q);
              wanted.add(k);
              return 1_000_000;
            });
    Catalog items = Catalog.of(new float[] {7, 8, 9}, 1);
    new StrategyTimer(items, Metric.EUCLIDEAN, new float[0][], () -> now)
        .time(List.of(some), new int[] {2});
    assertEquals(List.of(3), wanted.stream().distinct().toList());
  }
}

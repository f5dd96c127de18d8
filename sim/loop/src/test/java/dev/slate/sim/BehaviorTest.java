package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.metric.MetricDescription;
import dev.slate.sim.metric.MetricRecorder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BehaviorTest {
  private static final int USERS = 400;
  private static final int STEPS = 60;

  private final ItemCatalog catalog = TestCatalogs.grid(1_500, 5, 6);

  private double[] curve(Behavior behavior, String selector, String metric) {
    MetricRecorder recorder = new MetricRecorder(catalog, behavior, MetricRecorder.READINGS);
    new Simulation(catalog, Selectors.create(selector))
        .size(USERS, STEPS, 5)
        .behavior(behavior)
        .run(recorder);
    return recorder.readings(
        recorder.metrics().stream().map(MetricDescription::name).toList().indexOf(metric));
  }

  private double last(Behavior behavior, String selector, String metric) {
    return curve(behavior, selector, metric)[STEPS];
  }

  private int[] firstPlacePicks(Behavior behavior) {
    int[] firsts = new int[STEPS + 1];
    new Simulation(catalog, Selectors.create("nearest"))
        .size(USERS, STEPS, 5)
        .behavior(behavior)
        .run(
            state -> {
              for (int user = 0; user < USERS; user++) {
                firsts[state.step()] += state.chosen(user) == 0 ? 1 : 0;
              }
            });
    return firsts;
  }

  @Test
  void boredUsersPassOverWhatTheyHaveHadEnoughOf() {
    int[] bored = firstPlacePicks(new Behavior(0.3, 0.1, false, 0, 0, 0));
    int[] plain = firstPlacePicks(Behavior.NONE);
    assertEquals(plain[1], bored[1], "nobody is bored at the start");
    assertTrue(bored[STEPS] < plain[STEPS] - 60, bored[STEPS] + " of " + plain[STEPS]);
  }

  @Test
  void theSystemLearnsWhatItCannotRead() {
    Behavior hidden = new Behavior(0, 0.1, true, 0, 0, 0);
    double[] error = curve(hidden, "nearest-half-random", "estimate_error");
    assertTrue(error[0] > 1, "before any pick: " + error[0]);
    assertTrue(error[STEPS] < 0.9 * error[0], error[0] + " -> " + error[STEPS]);
    assertTrue(
        last(hidden, "nearest", "satisfaction") < last(Behavior.NONE, "nearest", "satisfaction"));
  }

  @Test
  void gamersPickWhatIsClosestToWhomTheyWere() {
    Behavior half = new Behavior(0, 0.1, false, 0.5, 0, 0);
    int[] loyal = new int[USERS];
    new Simulation(catalog, Selectors.create("random"))
        .size(USERS, STEPS, 5)
        .behavior(half)
        .run(
            state -> {
              for (int user = 0; state.step() > 0 && user < USERS; user++) {
                loyal[user] += state.chosen(user) == closest(state, user) ? 1 : 0;
              }
            });
    long gamers = IntStream.of(loyal).filter(picks -> picks == STEPS).count();
    assertEquals(USERS / 2.0, (double) gamers, 4 * Math.sqrt(USERS / 4.0));
    assertTrue(
        last(half, "random", "satisfaction")
            > last(Behavior.NONE, "random", "satisfaction") + 0.05);
  }

  private int closest(StepState state, int user) {
    float[] item = new float[catalog.dimensions()];
    int closest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int rank = 0; rank < state.shown(user); rank++) {
      catalog.read(state.item(user, rank), item);
      double squares = 0;
      for (int j = 0; j < item.length; j++) {
        squares += Math.pow((double) state.origin(user, j) - item[j], 2);
      }
      if (squares < least) {
        least = squares;
        closest = rank;
      }
    }
    return closest;
  }

  @Test
  void theDissatisfiedLeaveForGood() {
    Behavior leaving = new Behavior(0, 0.1, false, 0, 0.2, 0);
    double[] random = curve(leaving, "random", "present");
    for (int step = 1; step <= STEPS; step++) {
      assertTrue(random[step] <= random[step - 1]);
    }
    assertEquals(1, random[1], "a user leaves after a step, not in it");
    assertTrue(random[STEPS] < last(leaving, "nearest", "present") - 0.2);
    boolean[] gone = new boolean[USERS];
    new Simulation(catalog, Selectors.create("random"))
        .size(USERS, STEPS, 5)
        .behavior(leaving)
        .run(
            state -> {
              for (int user = 0; user < USERS; user++) {
                assertFalse(gone[user] && state.present(user), "came back");
                assertTrue(state.present(user) || state.shown(user) == 0);
                gone[user] |= !state.present(user);
              }
            });
  }

  @Test
  void theWaryPassOverWhatIsDisclosed() {
    double wary =
        last(new Behavior(0, 0.1, false, 0, 0, 1), "advertisement", "advertisement_picks");
    double plain = last(Behavior.NONE, "advertisement", "advertisement_picks");
    assertEquals(0, wary);
    assertTrue(plain > 0.1);
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThrows(IllegalArgumentException.class, () -> new Behavior(0, 0, false, 1.5, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Behavior(-1, 0, false, 0, 0, 0));
  }
}

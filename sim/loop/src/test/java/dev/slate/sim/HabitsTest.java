package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.measure.Measure;
import dev.slate.sim.measure.Meter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HabitsTest {
  private static final int USERS = 400;
  private static final int STEPS = 60;

  private final World world = Worlds.grid(1_500, 5, 6);

  private double[] curve(Habits habits, String selector, String measure) {
    Meter meter = new Meter(world, habits, Meter.READINGS);
    new Simulation(world, Selectors.create(selector))
        .size(USERS, STEPS, 5)
        .habits(habits)
        .run(meter);
    return meter.readings(meter.measures().stream().map(Measure::name).toList().indexOf(measure));
  }

  private double last(Habits habits, String selector, String measure) {
    return curve(habits, selector, measure)[STEPS];
  }

  private int[] firstPlacePicks(Habits habits) {
    int[] firsts = new int[STEPS + 1];
    new Simulation(world, Selectors.create("nearest"))
        .size(USERS, STEPS, 5)
        .habits(habits)
        .run(
            moment -> {
              for (int user = 0; user < USERS; user++) {
                firsts[moment.step()] += moment.chosen(user) == 0 ? 1 : 0;
              }
            });
    return firsts;
  }

  @Test
  void boredUsersPassOverWhatTheyHaveHadEnoughOf() {
    int[] bored = firstPlacePicks(new Habits(0.3, 0.1, false, 0, 0, 0));
    int[] plain = firstPlacePicks(Habits.NONE);
    assertEquals(plain[1], bored[1], "nobody is bored at the start");
    assertTrue(bored[STEPS] < plain[STEPS] - 60, bored[STEPS] + " of " + plain[STEPS]);
  }

  @Test
  void boredomFades() {
    double slow = last(new Habits(0.3, 0.05, false, 0, 0, 0), "nearest", "satisfaction");
    double fast = last(new Habits(0.3, 0.6, false, 0, 0, 0), "nearest", "satisfaction");
    double none = last(Habits.NONE, "nearest", "satisfaction");
    assertTrue(slow < fast - 0.1 && fast < none, slow + ", " + fast + ", " + none);
  }

  @Test
  void theSystemLearnsWhatItCannotRead() {
    Habits hidden = new Habits(0, 0.1, true, 0, 0, 0);
    double[] error = curve(hidden, "nearest-half-random", "estimate_error");
    assertTrue(error[0] > 1, "before any pick: " + error[0]);
    assertTrue(error[STEPS] < 0.9 * error[0], error[0] + " -> " + error[STEPS]);
    assertTrue(
        last(hidden, "nearest", "satisfaction") < last(Habits.NONE, "nearest", "satisfaction"));
  }

  @Test
  void gamersPickWhatIsClosestToWhomTheyWere() {
    Habits half = new Habits(0, 0.1, false, 0.5, 0, 0);
    int[] loyal = new int[USERS];
    new Simulation(world, Selectors.create("random"))
        .size(USERS, STEPS, 5)
        .habits(half)
        .run(
            moment -> {
              for (int user = 0; moment.step() > 0 && user < USERS; user++) {
                loyal[user] += moment.chosen(user) == closest(moment, user) ? 1 : 0;
              }
            });
    long gamers = IntStream.of(loyal).filter(picks -> picks == STEPS).count();
    assertEquals(USERS / 2.0, (double) gamers, 4 * Math.sqrt(USERS / 4.0));
    assertTrue(
        last(half, "random", "satisfaction") > last(Habits.NONE, "random", "satisfaction") + 0.05);
  }

  private int closest(Moment moment, int user) {
    float[] item = new float[world.dimensions()];
    int closest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int rank = 0; rank < moment.shown(user); rank++) {
      world.read(moment.item(user, rank), item);
      double squares = 0;
      for (int j = 0; j < item.length; j++) {
        squares += Math.pow((double) moment.origin(user, j) - item[j], 2);
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
    Habits leaving = new Habits(0, 0.1, false, 0, 0.2, 0);
    double[] random = curve(leaving, "random", "present");
    for (int step = 1; step <= STEPS; step++) {
      assertTrue(random[step] <= random[step - 1]);
    }
    assertEquals(1, random[1], "a user leaves after a step, not in it");
    assertTrue(random[STEPS] < last(leaving, "nearest", "present") - 0.2);
    boolean[] gone = new boolean[USERS];
    new Simulation(world, Selectors.create("random"))
        .size(USERS, STEPS, 5)
        .habits(leaving)
        .run(
            moment -> {
              for (int user = 0; user < USERS; user++) {
                assertFalse(gone[user] && moment.present(user), "came back");
                assertTrue(moment.present(user) || moment.shown(user) == 0);
                gone[user] |= !moment.present(user);
              }
            });
  }

  @Test
  void theWaryPassOverWhatIsDisclosed() {
    double wary = last(new Habits(0, 0.1, false, 0, 0, 1), "advertisement", "advertisement_picks");
    double plain = last(Habits.NONE, "advertisement", "advertisement_picks");
    assertEquals(0, wary);
    assertTrue(plain > 0.1);
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThrows(IllegalArgumentException.class, () -> new Habits(0, 0, false, 1.5, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Habits(-1, 0, false, 0, 0, 0));
  }
}

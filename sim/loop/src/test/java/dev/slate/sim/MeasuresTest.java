package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.sim.measure.Curve;
import dev.slate.sim.measure.Gini;
import dev.slate.sim.measure.Measure;
import dev.slate.sim.measure.Meter;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The gauges, against values worked out by hand or in the plainest way. */
class MeasuresTest {
  private static double read(Meter meter, String name, int step) {
    return meter
        .readings(meter.measures().stream().map(Measure::name).toList().indexOf(name))[step];
  }

  @Test
  void giniOfKnownDistributions() {
    assertEquals(0, Gini.of(new long[] {3, 3, 3, 3}), 1e-12);
    assertEquals(0.75, Gini.of(new long[] {0, 9, 0, 0}), 1e-12);
    assertEquals(0.25, Gini.of(new long[] {4, 1, 3, 2}), 1e-12);
    assertTrue(Double.isNaN(Gini.of(new long[2])));
  }

  @Test
  void movementExtremityAndMeansAreWhatTheLoopSays() {
    World world = Worlds.grid(200, 3, 9);
    Meter meter = new Meter(world, Habits.NONE, Meter.READINGS);
    double[] expected = new double[4];
    new Simulation(world, Selectors.create("nearest"))
        .size(50, 20, 4)
        .run(
            meter,
            moment -> {
              for (int user = 0; moment.step() == 20 && user < 50; user++) {
                double squares = 0;
                for (int j = 0; j < 3; j++) {
                  double p = moment.preference(user, j);
                  squares += Math.pow(p - moment.origin(user, j), 2);
                  expected[1] += Math.abs(p) / 150;
                  expected[2] += j == 1 ? p / 50 : 0;
                }
                expected[0] += Math.sqrt(squares) / 50;
                expected[3] += moment.satisfaction(user) / 50;
              }
            });
    assertEquals(expected[0], read(meter, "movement", 20), 1e-9);
    assertEquals(expected[1], read(meter, "extremity", 20), 1e-9);
    assertEquals(expected[2], read(meter, "mean_a1", 20), 1e-9);
    assertEquals(expected[3], read(meter, "satisfaction", 20), 1e-6);
    assertEquals(0, read(meter, "movement", 0));
    assertTrue(Double.isNaN(read(meter, "satisfaction", 0)), "nobody picked at the start");
  }

  /** One item, one author: no variety, full coverage; everybody is drawn to it. */
  @Test
  void aWorldOfOneItem() {
    World world =
        new World(
            "one",
            Catalog.of(new float[] {0.5f, 0.5f}, 2),
            List.of("a", "b"),
            i -> "it",
            List.of("Ann"),
            new int[1],
            0);
    Meter meter = new Meter(world, Habits.NONE, Meter.READINGS);
    new Simulation(world, Selectors.create("nearest")).size(40, 400, 3).run(meter);
    assertEquals(1, read(meter, "author_coverage", 5));
    assertEquals(1, read(meter, "item_coverage", 5));
    assertEquals(0, read(meter, "author_gini", 5));
    assertEquals(0, read(meter, "diversity_between", 5));
    assertTrue(Double.isNaN(read(meter, "diversity_within", 5)));
    assertEquals(1, read(meter, "advertisement_picks", 5));
    assertTrue(read(meter, "advertiser_gain", 400) > 0.3);
    assertTrue(read(meter, "clusters", 400) >= 1);
  }

  private static Curve curve(String name, List<Meter> runs) {
    return Curve.over(runs).stream()
        .filter(curve -> curve.measure().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A long run is read less often, but exposure counts every step. */
  @Test
  void readingsOfALongRunAreThinned() {
    World world = Worlds.grid(100, 2, 1);
    int steps = 2 * Meter.READINGS + 501;
    Meter thinned = new Meter(world, Habits.NONE, steps);
    Meter whole = new Meter(world, Habits.NONE, 4);
    new Simulation(world, Selectors.create("nearest")).size(2, 4, 3).run(whole);
    new Simulation(world, Selectors.create("nearest")).size(2, steps, 3).run(thinned);
    assertEquals(List.of(0, 4, 8), thinned.steps().stream().limit(3).toList());
    assertEquals(steps, thinned.steps().last());
    assertTrue(thinned.steps().size() <= Meter.READINGS + 1);
    assertEquals(List.of(0, 1, 2, 3, 4), List.copyOf(whole.steps()));
    for (String name : List.of("author_gini", "item_coverage", "movement")) {
      assertEquals(read(whole, name, 4), read(thinned, name, 1), name);
      Curve both = curve(name, List.of(whole, thinned));
      assertArrayEquals(new int[] {0, 4}, both.steps());
      assertEquals(read(whole, name, 4), both.last(), name);
    }
  }

  @Test
  void diversityBetweenIsOneWhereNothingIsShared() {
    World world = Worlds.grid(5_000, 5, 3);
    Meter meter = new Meter(world, Habits.NONE, Meter.READINGS);
    new Simulation(world, Selectors.create("random")).size(30, 1, 5).run(meter);
    assertTrue(read(meter, "diversity_between", 1) > 0.98);
    Meter same = new Meter(world, Habits.NONE, Meter.READINGS);
    new Simulation(world, Selectors.create("editorial"))
        .editorial(List.of(1, 2, 3, 4, 5))
        .size(30, 1, 5)
        .run(same);
    assertEquals(0, read(same, "diversity_between", 1));
  }

  /** The interval must hold the mean of many runs about 95 times in a hundred. */
  @Test
  void intervalsCoverTheTruth() {
    World world = Worlds.grid(100, 2, 4);
    List<Meter> runs =
        IntStream.range(0, 400)
            .mapToObj(
                replication -> {
                  Meter meter = new Meter(world, Habits.NONE, Meter.READINGS);
                  new Simulation(world, Selectors.create("random"))
                      .size(5, 3, 2)
                      .seed(1, replication)
                      .run(meter);
                  return meter;
                })
            .toList();
    double truth = Curve.over(runs).get(1).last();
    int covered = 0;
    for (int i = 0; i < 100; i++) {
      Curve curve = Curve.over(runs.subList(4 * i, 4 * i + 4)).get(1);
      covered += curve.low()[3] <= truth && truth <= curve.high()[3] ? 1 : 0;
    }
    assertTrue(covered >= 87 && covered <= 100, covered + " of 100");
    assertFalse(Curve.over(runs.subList(0, 1)).get(1).known());
  }
}

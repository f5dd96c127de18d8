package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.sim.metric.Gini;
import dev.slate.sim.metric.MetricDescription;
import dev.slate.sim.metric.MetricRecorder;
import dev.slate.sim.metric.MetricSeries;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Metrics against values worked out by hand or in the plainest way. */
class MetricRecorderTest {
  private static double read(MetricRecorder recorder, String name, int step) {
    return recorder
        .readings(recorder.metrics().stream().map(MetricDescription::name).toList().indexOf(name))[
        step];
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
    ItemCatalog catalog = TestCatalogs.grid(200, 3, 9);
    MetricRecorder recorder = new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
    double[] expected = new double[4];
    new Simulation(catalog, Selectors.create("nearest"))
        .size(50, 20, 4)
        .run(
            recorder,
            state -> {
              for (int user = 0; state.step() == 20 && user < 50; user++) {
                double squares = 0;
                for (int j = 0; j < 3; j++) {
                  double p = state.preference(user, j);
                  squares += Math.pow(p - state.origin(user, j), 2);
                  expected[1] += Math.abs(p) / 150;
                  expected[2] += j == 1 ? p / 50 : 0;
                }
                expected[0] += Math.sqrt(squares) / 50;
                expected[3] += state.satisfaction(user) / 50;
              }
            });
    assertEquals(expected[0], read(recorder, "movement", 20), 1e-9);
    assertEquals(expected[1], read(recorder, "extremity", 20), 1e-9);
    assertEquals(expected[2], read(recorder, "mean_a1", 20), 1e-9);
    assertEquals(expected[3], read(recorder, "satisfaction", 20), 1e-6);
    assertEquals(0, read(recorder, "movement", 0));
    assertTrue(Double.isNaN(read(recorder, "satisfaction", 0)), "nobody picked at the start");
  }

  /** One item, one author: no variety, full coverage; everybody is drawn to it. */
  @Test
  void aWorldOfOneItem() {
    ItemCatalog catalog =
        new ItemCatalog(
            "one",
            Catalog.of(new float[] {0.5f, 0.5f}, 2),
            List.of("a", "b"),
            i -> "it",
            List.of("Ann"),
            new int[1],
            0);
    MetricRecorder recorder = new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
    new Simulation(catalog, Selectors.create("nearest")).size(40, 400, 3).run(recorder);
    assertEquals(1, read(recorder, "author_coverage", 5));
    assertEquals(1, read(recorder, "item_coverage", 5));
    assertEquals(0, read(recorder, "author_gini", 5));
    assertEquals(0, read(recorder, "diversity_between", 5));
    assertTrue(Double.isNaN(read(recorder, "diversity_within", 5)));
    assertEquals(1, read(recorder, "advertisement_picks", 5));
    assertTrue(read(recorder, "advertiser_gain", 400) > 0.3);
    assertTrue(read(recorder, "settled", 400) > 0.5);
  }

  private static MetricSeries curve(String name, List<MetricRecorder> runs) {
    return MetricSeries.over(runs).stream()
        .filter(curve -> curve.metric().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** A long run is read less often, but exposure counts every step. */
  @Test
  void readingsOfALongRunAreThinned() {
    ItemCatalog catalog = TestCatalogs.grid(100, 2, 1);
    int steps = 2 * MetricRecorder.READINGS + 501;
    MetricRecorder thinned = new MetricRecorder(catalog, Behavior.NONE, steps);
    MetricRecorder whole = new MetricRecorder(catalog, Behavior.NONE, 4);
    new Simulation(catalog, Selectors.create("nearest")).size(2, 4, 3).run(whole);
    new Simulation(catalog, Selectors.create("nearest")).size(2, steps, 3).run(thinned);
    assertEquals(List.of(0, 4, 8), thinned.steps().stream().limit(3).toList());
    assertEquals(steps, thinned.steps().last());
    assertTrue(thinned.steps().size() <= MetricRecorder.READINGS + 1);
    assertEquals(List.of(0, 1, 2, 3, 4), List.copyOf(whole.steps()));
    for (String name : List.of("author_gini", "item_coverage", "movement")) {
      assertEquals(read(whole, name, 4), read(thinned, name, 1), name);
      MetricSeries both = curve(name, List.of(whole, thinned));
      assertArrayEquals(new int[] {0, 4}, both.steps());
      assertEquals(read(whole, name, 4), both.last(), name);
    }
  }

  @Test
  void diversityBetweenIsNothingWhereAllSeeTheSame() {
    ItemCatalog catalog = TestCatalogs.grid(5_000, 5, 3);
    MetricRecorder recorder = new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
    new Simulation(catalog, Selectors.create("random")).size(30, 1, 5).run(recorder);
    assertTrue(read(recorder, "diversity_between", 1) > 0.5);
    MetricRecorder same = new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
    new Simulation(catalog, Selectors.create("editorial"))
        .editorial(List.of(1, 2, 3, 4, 5))
        .size(30, 1, 5)
        .run(same);
    assertEquals(0, read(same, "diversity_between", 1));
  }

  /** The interval must hold the mean of many runs about 95 times in a hundred. */
  @Test
  void intervalsCoverTheTruth() {
    ItemCatalog catalog = TestCatalogs.grid(100, 2, 4);
    List<MetricRecorder> runs =
        IntStream.range(0, 400)
            .mapToObj(
                replication -> {
                  MetricRecorder recorder =
                      new MetricRecorder(catalog, Behavior.NONE, MetricRecorder.READINGS);
                  new Simulation(catalog, Selectors.create("random"))
                      .size(5, 3, 2)
                      .seed(1, replication)
                      .run(recorder);
                  return recorder;
                })
            .toList();
    double truth = MetricSeries.over(runs).get(1).last();
    int covered = 0;
    for (int i = 0; i < 100; i++) {
      MetricSeries curve = MetricSeries.over(runs.subList(4 * i, 4 * i + 4)).get(1);
      covered += curve.low()[3] <= truth && truth <= curve.high()[3] ? 1 : 0;
    }
    assertTrue(covered >= 87 && covered <= 100, covered + " of 100");
    assertFalse(MetricSeries.over(runs.subList(0, 1)).get(1).known());
  }
}

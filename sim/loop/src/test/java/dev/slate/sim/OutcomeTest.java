package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.sim.metric.MetricRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the selectors are known to do to people. */
class OutcomeTest {
  private final ItemCatalog catalog = TestCatalogs.grid(2_000, 5, 8);

  private double[] curve(ItemCatalog in, String selector, String metric) {
    MetricRecorder recorder = new MetricRecorder(in, Behavior.NONE, MetricRecorder.READINGS);
    new Simulation(in, Selectors.create(selector)).size(300, 200, 5).threads(2).run(recorder);
    List<String> names = recorder.metrics().stream().map(m -> m.name()).toList();
    return recorder.readings(names.indexOf(metric));
  }

  @Test
  void nearestConverges() {
    double[] distance = curve(catalog, "nearest", "nearest_distance");
    assertTrue(distance[200] < 0.35 * distance[0], distance[0] + " -> " + distance[200]);
  }

  @Test
  void advertisersPull() {
    double paid = curve(catalog, "advertisement", "advertiser_gain")[200];
    double unpaid = curve(catalog, "random", "advertiser_gain")[200];
    assertTrue(paid > unpaid + 0.2, paid + " against " + unpaid);
  }

  /** A slate of copies at the origin holds everybody where the copies are. */
  @Test
  void trollsTakeOverWhatIsRandom() {
    ItemCatalog flooded = catalog.flooded("troll.jpeg", "Mallory", 27_000, new float[5]);
    assertEquals(29_000, flooded.size());
    double clean = curve(catalog, "random", "extremity")[200];
    double spoilt = curve(flooded, "random", "extremity")[200];
    double between = curve(flooded, "random", "author_gini")[200];
    assertTrue(spoilt < clean, spoilt + " against " + clean);
    assertTrue(between > 0.7, "Gini " + between);
    assertEquals("Mallory", flooded.authors().get(flooded.author(28_999)));
    assertEquals("troll.jpeg", flooded.name(2_000));
    assertEquals("item 1999", flooded.name(1_999));
  }
}

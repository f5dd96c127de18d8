package dev.slate.sim.measure;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.Habits;
import dev.slate.sim.Moment;
import dev.slate.sim.Observer;
import dev.slate.sim.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads every gauge of one run: at the start, after each step, and after the last. A long run is
 * read less and less often.
 */
public final class Meter implements Observer {
  /** Readings of a run, at most; before there are more, every second one is dropped. */
  public static final int READINGS = 2_000;

  private final List<Measure> measures = new ArrayList<>();
  private final List<Gauge> gauges = new ArrayList<>();
  private final SortedMap<Integer, double[]> readings = new TreeMap<>();
  private final Exposure exposure;
  private final int last;
  private int stride = 1;

  /**
   * Chooses the gauges that have a meaning here.
   *
   * @param world the items
   * @param habits what users do
   * @param last how many steps the run takes, unless it is stopped
   */
  public Meter(World world, Habits habits, int last) {
    this.last = last;
    this.exposure = new Exposure(world);
    add(
        "movement",
        "Movement",
        "mean distance from where a user started",
        Means.over(Means::movement));
    add(
        "extremity",
        "Extremity",
        "mean size of an attribute; 1 is the edge",
        Means.over(Means::extremity));
    add(
        "bimodality",
        "Bimodality",
        "Sarle's coefficient; above 5/9 opinion splits in two",
        new Bimodality());
    add("clusters", "Clusters", "groups of at least a tenth of the users", new Clusters());
    add(
        "nearest_distance",
        "Distance to the nearest item",
        "mean distance to the item that suits best",
        new NearestDistance());
    add(
        "satisfaction",
        "Satisfaction",
        "how close the pick was to the preference; 1 is exactly",
        Means.overPickers(Moment::satisfaction));
    exposure();
    add(
        "diversity_within",
        "Diversity within a slate",
        "mean distance of two items of a slate",
        Diversity::within);
    add(
        "diversity_between",
        "Diversity between users",
        "mean Jaccard distance of two users' slates",
        Diversity::between);
    advertiser(world);
    harm(world);
    if (habits.leaving() > 0) {
      add("present", "Users who stayed", "share of the users who have not left", Shares::present);
    }
    if (habits.hidden()) {
      add(
          "estimate_error",
          "Error of the estimate",
          "mean distance from a preference to what the system takes it to be",
          Means.over(Means::estimateError));
    }
    for (int j = 0; j < world.dimensions(); j++) {
      int attribute = j;
      String name = world.attributes().get(j);
      add(
          "mean_" + name,
          "Mean of " + name,
          "mean preference",
          Means.over((moment, user) -> moment.preference(user, attribute)));
    }
  }

  private void exposure() {
    add(
        "author_gini",
        "Inequality of authors",
        "Gini coefficient of impressions by author, since the start",
        exposure::authorGini);
    add(
        "author_coverage",
        "Authors shown",
        "share of the authors shown since the start",
        exposure::authorCoverage);
    add(
        "attribute_gini",
        "Inequality of attributes",
        "Gini coefficient of impressions by level, mean over attributes, since the start",
        exposure::attributeGini);
    add(
        "attribute_coverage",
        "Levels of attributes shown",
        "share of the levels that attributes have shown since the start",
        exposure::attributeCoverage);
    add(
        "item_coverage",
        "Items shown",
        "share of the items shown since the start",
        exposure::itemCoverage);
  }

  private void advertiser(World world) {
    if (world.promoted() != World.NONE) {
      float[] promoted = new float[world.dimensions()];
      world.read(world.promoted(), promoted);
      add(
          "advertiser_gain",
          "Advertiser's gain",
          "how much closer users came to the advertised item",
          Means.over(Means.gain(promoted)));
      add(
          "advertisement_picks",
          "Picks of the advertisement",
          "share of the picks in a step",
          Shares.picked(world.promoted()));
    }
  }

  private void harm(World world) {
    int offensive = world.attributes().indexOf("offensive");
    if (offensive >= 0) {
      ItemSet harmful = new ItemSet(world.size());
      float[] attributes = new float[world.dimensions()];
      for (int item = 0; item < world.size(); item++) {
        world.read(item, attributes);
        if (attributes[offensive] > 0) {
          harmful.add(item);
        }
      }
      add(
          "harmful_exposure",
          "Harmful exposure",
          "share of impressions with offensive above 0",
          Shares.shown(harmful));
    }
  }

  private void add(String name, String title, String explanation, Gauge gauge) {
    measures.add(new Measure(name, title, explanation));
    gauges.add(gauge);
  }

  @Override
  public void see(Moment moment) {
    exposure.take(moment);
    if (moment.step() % stride != 0 && moment.step() != last) {
      return;
    }
    if (readings.size() == READINGS) {
      stride *= 2;
      readings.keySet().removeIf(step -> step % stride != 0);
    }
    readings.put(moment.step(), gauges.stream().mapToDouble(gauge -> gauge.read(moment)).toArray());
  }

  /** What is measured. */
  public List<Measure> measures() {
    return measures;
  }

  /** The steps after which it was read, the start first. */
  public SortedSet<Integer> steps() {
    return new TreeSet<>(readings.keySet());
  }

  /** The readings of one measure, a number for each of {@link #steps}. */
  public double[] readings(int measure) {
    return readings.values().stream().mapToDouble(reading -> reading[measure]).toArray();
  }

  /**
   * One reading.
   *
   * @param measure the measure
   * @param step one of {@link #steps}
   */
  double reading(int measure, int step) {
    return Objects.requireNonNull(readings.get(step))[measure];
  }
}

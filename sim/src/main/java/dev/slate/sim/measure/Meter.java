package dev.slate.sim.measure;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.Habits;
import dev.slate.sim.Moment;
import dev.slate.sim.Observer;
import dev.slate.sim.World;
import java.util.ArrayList;
import java.util.List;

/** Reads every gauge after each step of one run. */
public final class Meter implements Observer {
  private final List<Measure> measures = new ArrayList<>();
  private final List<Gauge> gauges = new ArrayList<>();
  private final List<double[]> readings = new ArrayList<>();

  /**
   * Chooses the gauges that have a meaning here.
   *
   * @param world the items
   * @param habits what users do
   */
  public Meter(World world, Habits habits) {
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
    exposure(new Exposure(world));
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

  private void exposure(Exposure exposure) {
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
    readings.add(gauges.stream().mapToDouble(gauge -> gauge.read(moment)).toArray());
  }

  /** What is measured. */
  public List<Measure> measures() {
    return measures;
  }

  /** The readings of one measure, a number for each step, the start first. */
  public double[] readings(int measure) {
    return readings.stream().mapToDouble(reading -> reading[measure]).toArray();
  }
}

package dev.slate.sim.metric;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.StepObserver;
import dev.slate.sim.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes the metrics of one run at the start, after each step, and after the last. In a long run
 * the interval between two readings doubles whenever there are {@link #READINGS}.
 */
public final class MetricRecorder implements StepObserver {
  /** Readings of a run, at most; before there are more, every second one is dropped. */
  public static final int READINGS = 2_000;

  private static final String SATISFACTION =
      "1 minus the distance of the pick from the preference, as a share of the cube's diagonal";

  private final List<MetricDescription> metrics = new ArrayList<>();
  private final List<MetricFunction> functions = new ArrayList<>();
  private final SortedMap<Integer, double[]> readings = new TreeMap<>();
  private final ExposureCounts exposure;
  private final RunTotals totals;
  private final int last;
  private int stride = 1;

  /**
   * Chooses the metrics that this catalogue and this behavior define.
   *
   * @param catalog the items
   * @param behavior the behavior of users
   * @param last how many steps the run takes, unless it is stopped
   */
  public MetricRecorder(ItemCatalog catalog, Behavior behavior, int last) {
    this.last = last;
    this.exposure = new ExposureCounts(catalog);
    ItemSet harmful = harmful(catalog);
    this.totals = new RunTotals(catalog, harmful);
    add(
        "movement",
        "Movement",
        "mean distance from where a user started",
        UserMeans.over(UserMeans::movement));
    add(
        "extremity",
        "Extremity",
        "mean size of an attribute; 1 is the edge",
        UserMeans.over(UserMeans::extremity));
    add(
        "bimodality",
        "Bimodality",
        "Sarle's coefficient; above 5/9 opinion splits in two",
        new Bimodality());
    Poles poles = new Poles();
    add(
        "nearest_distance",
        "Distance to the nearest item",
        "mean distance to the item that suits best",
        poles::distance);
    add(
        "settled",
        "Users at a pole",
        "share of the users within " + Poles.SETTLED + " of an item",
        poles::settled);
    add(
        "poles",
        "Poles",
        "number of items at which users have settled; equal items count once",
        poles::count);
    UserClusters clusters = new UserClusters();
    add(
        "clusters",
        "Groups of users",
        "number of groups with a silhouette above 0.5; 1 if there are none",
        clusters::count);
    add(
        "silhouette",
        "Separation of the groups",
        "silhouette of the best grouping into 2 to 8; above 0.5 groups are real",
        clusters::silhouette);
    add(
        "stability",
        "Stability of the groups",
        "adjusted Rand index of the groups of all and of random halves; 1 is the same",
        clusters::stability);
    add(
        "satisfaction",
        "Satisfaction",
        SATISFACTION,
        UserMeans.overPickers(StepState::satisfaction));
    add(
        "satisfaction_by_picture",
        "Satisfaction, each picture once",
        "the same, each picture picked since the start counting once",
        totals::satisfactionByPicture);
    exposure();
    add(
        "diversity_within",
        "Diversity within a slate",
        "mean distance of two items of a slate",
        SlateDiversity::within);
    add(
        "diversity_between",
        "Diversity between users",
        "mean distance between the centres of two users' slates",
        SlateDiversity::between);
    advertiser(catalog);
    if (harmful != null) {
      add(
          "harmful_exposure",
          "Harmful exposure",
          "share of impressions since the start with offensive above 0",
          totals::harmfulShare);
    }
    behavior(behavior);
    for (int j = 0; j < catalog.dimensions(); j++) {
      int attribute = j;
      String name = catalog.attributes().get(j);
      add(
          "mean_" + name,
          "Mean of " + name,
          "mean preference",
          UserMeans.over((state, user) -> state.preference(user, attribute)));
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

  private void advertiser(ItemCatalog catalog) {
    if (catalog.promoted() != ItemCatalog.NONE) {
      float[] promoted = new float[catalog.dimensions()];
      catalog.read(catalog.promoted(), promoted);
      add(
          "advertiser_gain",
          "Advertiser's gain",
          "how much closer users came to the advertised item",
          UserMeans.over(UserMeans.gain(promoted)));
      add(
          "advertisement_picks",
          "Picks of the advertisement",
          "share of all picks since the start",
          totals::promotedShare);
      add(
          "advertisement_impressions",
          "Impressions of the advertisement",
          "share of all impressions since the start",
          totals::promotedShown);
      for (int j = 0; j < promoted.length; j++) {
        add(
            "pull_" + catalog.attributes().get(j),
            "Pull on " + catalog.attributes().get(j),
            "how much closer users came to the advertised item on this attribute",
            UserMeans.over(UserMeans.pull(j, promoted[j])));
      }
    }
  }

  private static @Nullable ItemSet harmful(ItemCatalog catalog) {
    int offensive = catalog.attributes().indexOf("offensive");
    if (offensive < 0) {
      return null;
    }
    ItemSet harmful = ItemSet.unbound(catalog.size());
    float[] attributes = new float[catalog.dimensions()];
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, attributes);
      if (attributes[offensive] > 0) {
        harmful.add(item);
      }
    }
    return harmful;
  }

  private void behavior(Behavior behavior) {
    if (behavior.gamers() > 0) {
      groups(
          "movement", "Movement", "mean distance from where a user started", UserMeans::movement);
      groups("satisfaction", "Satisfaction", SATISFACTION, StepState::satisfaction);
    }
    if (behavior.boredom() > 0 || behavior.wariness() > 0) {
      add(
          "no_pick",
          "Nothing picked",
          "share of the slates since the start from which nothing was picked",
          totals::withoutPick);
    }
    if (behavior.leaving() > 0) {
      add(
          "present",
          "Users who stayed",
          "share of the users who have not left",
          StepShares::present);
    }
    if (behavior.hidden()) {
      add(
          "estimate_error",
          "Error of the estimate",
          "mean distance from a preference to what the system takes it to be",
          UserMeans.over(UserMeans::estimateError));
      add(
          "guess_error",
          "Error of guessing the centre",
          "mean distance from a preference to the centre of the cube",
          UserMeans.over(UserMeans::size));
      add(
          "estimate_gain",
          "Gain of the estimate",
          "error of guessing less error of the estimate; above 0 the system has learned",
          UserMeans.over(
              (state, user) -> UserMeans.size(state, user) - UserMeans.estimateError(state, user)));
    }
  }

  /** One metric for those who game their feed, one for the others. */
  private void groups(String name, String title, String explanation, UserMeans.OfUser number) {
    add(
        name + "_gamers",
        title + " of gamers",
        explanation + ", users who pick what is nearest to their start",
        UserMeans.over(number, StepState::gamer));
    add(
        name + "_others",
        title + " of others",
        explanation + ", users who do not",
        UserMeans.over(number, (state, user) -> !state.gamer(user)));
  }

  private void add(String name, String title, String explanation, MetricFunction function) {
    metrics.add(new MetricDescription(name, title, explanation));
    functions.add(function);
  }

  @Override
  public void observe(StepState state) {
    exposure.take(state);
    totals.take(state);
    if (state.step() % stride != 0 && state.step() != last) {
      return;
    }
    if (readings.size() == READINGS) {
      stride *= 2;
      readings.keySet().removeIf(step -> step % stride != 0);
    }
    readings.put(
        state.step(), functions.stream().mapToDouble(function -> function.read(state)).toArray());
  }

  /** What is measured. */
  public List<MetricDescription> metrics() {
    return metrics;
  }

  /** The steps after which it was read, the start first. */
  public SortedSet<Integer> steps() {
    return new TreeSet<>(readings.keySet());
  }

  /** The readings of one measure, a number for each of {@link #steps}. */
  public double[] readings(int metric) {
    return readings.values().stream().mapToDouble(reading -> reading[metric]).toArray();
  }

  /**
   * One reading.
   *
   * @param metric the measure
   * @param step one of {@link #steps}
   */
  double reading(int metric, int step) {
    return Objects.requireNonNull(readings.get(step))[metric];
  }

  /** One reading by name; NaN where this is not measured. */
  double reading(String metric, int step) {
    for (int i = 0; i < metrics.size(); i++) {
      if (metrics.get(i).name().equals(metric)) {
        return reading(i, step);
      }
    }
    return Double.NaN;
  }
}

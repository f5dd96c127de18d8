package dev.slate.sim.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Reaction;
import dev.slate.sim.RunSettings;
import dev.slate.sim.StepState;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Metrics of populations and slates whose numbers are known. */
class MetricFunctionsTest {
  /** Four items by three authors; the fourth author has none. */
  private static final ItemCatalog CATALOG =
      new ItemCatalog(
          "corners",
          Catalog.of(new float[] {0, 0, 1, 0, 0, -1, 1, -1}, 2),
          List.of("a", "b"),
          item -> "item " + item,
          List.of("Ann", "Bob", "Cid", "Dee"),
          new int[] {0, 0, 1, 2},
          ItemCatalog.NONE);

  /** Users at the given places, who were shown the given items and picked the first. */
  private static final class Population implements StepState {
    private final float[][] places;
    private final int[][] slates;

    Population(float[][] places, int[][] slates) {
      this.places = places;
      this.slates = slates;
    }

    static Population at(int users, IntToDoubleFunction a, IntToDoubleFunction b) {
      float[][] places = new float[users][];
      for (int user = 0; user < users; user++) {
        places[user] = new float[] {(float) a.applyAsDouble(user), (float) b.applyAsDouble(user)};
      }
      return new Population(places, new int[users][0]);
    }

    static Population shown(int[]... slates) {
      return new Population(new float[slates.length][2], slates);
    }

    @Override
    public int step() {
      return 1;
    }

    @Override
    public RunSettings settings() {
      return new RunSettings(CATALOG, 3, List.of(), true, null, CATALOG.size());
    }

    @Override
    public int users() {
      return places.length;
    }

    @Override
    public boolean present(int user) {
      return true;
    }

    @Override
    public float preference(int user, int attribute) {
      return places[user][attribute];
    }

    @Override
    public float origin(int user, int attribute) {
      return 0;
    }

    @Override
    public float estimate(int user, int attribute) {
      return 0.5f;
    }

    @Override
    public int shown(int user) {
      return slates[user].length;
    }

    @Override
    public int item(int user, int rank) {
      return slates[user][rank];
    }

    @Override
    public boolean advertisement(int user, int rank) {
      return false;
    }

    @Override
    public int chosen(int user) {
      return slates[user].length == 0 ? -1 : 0;
    }

    @Override
    public Reaction reaction(int user) {
      return Reaction.NONE;
    }

    @Override
    public boolean gamer(int user) {
      return user == 0;
    }

    @Override
    public float satisfaction(int user) {
      return 1;
    }
  }

  @Test
  void bimodalityOfKnownDistributions() {
    int n = 20_000;
    Random random = new Random(5);
    Population uniform = Population.at(n, user -> 2.0 * user / (n - 1) - 1, user -> 0.5);
    Population split = Population.at(n, user -> user % 2 == 0 ? 0.7 : -0.7, user -> 0.5);
    Population normal = Population.at(n, user -> 0.2 * random.nextGaussian(), user -> 0.5);
    assertEquals(5.0 / 9, new Bimodality().read(uniform), 1e-3);
    assertEquals(1, new Bimodality().read(split), 1e-3);
    assertEquals(1.0 / 3, new Bimodality().read(normal), 2e-2);
    assertTrue(Double.isNaN(new Bimodality().read(Population.at(9, user -> 0, user -> 0))));
  }

  /** Small samples have a correction of their own: values from the definition by hand. */
  @Test
  void bimodalityOfSmallGroups() {
    float[] values = {-0.9f, -0.7f, -0.6f, 0.1f, 0.8f};
    Population five = Population.at(5, user -> values[user], user -> 0.5);
    double n = 5;
    double mean = 0;
    for (float value : values) {
      mean += value / n;
    }
    double variance = 0;
    double third = 0;
    double fourth = 0;
    for (float value : values) {
      variance += Math.pow(value - mean, 2) / (n - 1);
    }
    for (float value : values) {
      third += Math.pow((value - mean) / Math.sqrt(variance), 3);
      fourth += Math.pow((value - mean) / Math.sqrt(variance), 4);
    }
    double skewness = n / ((n - 1) * (n - 2)) * third;
    double excess =
        n * (n + 1) / ((n - 1) * (n - 2) * (n - 3)) * fourth
            - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3));
    double expected =
        (skewness * skewness + 1) / (excess + 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3)));
    assertEquals(expected, new Bimodality().read(five), 1e-6);
    Population three = Population.at(3, user -> values[user], user -> 0.5);
    assertTrue(Double.isNaN(new Bimodality().read(three)));
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      float[] some = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      Population any = Population.at(3, user -> some[user], user -> 0.5);
      assertTrue(Double.isNaN(new Bimodality().read(any)), "three say nothing, whatever rounding");
    }
    Population four = Population.at(4, user -> values[user], user -> 0.5);
    assertTrue(Double.isFinite(new Bimodality().read(four)));
  }

  /** Groups that are known: as many as there are, told apart and stable. */
  @Test
  void groupsAreCounted() {
    for (int groups = 2; groups <= 6; groups++) {
      int of = groups;
      Random random = new Random(groups);
      Population people =
          Population.at(
              60,
              user -> Math.cos(2 * Math.PI * (user % of) / of) + 0.03 * random.nextGaussian(),
              user -> Math.sin(2 * Math.PI * (user % of) / of) + 0.03 * random.nextGaussian());
      UserClusters clusters = new UserClusters();
      assertEquals(groups, clusters.count(people));
      assertTrue(clusters.silhouette(people) > 0.8, groups + " groups");
      assertTrue(clusters.stability(people) > 0.99, groups + " groups");
    }
  }

  /** Users who are anywhere are one group, whatever their number and the seed. */
  @Test
  void whereThereAreNoGroupsThereIsOne() {
    int few = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      UserClusters clusters = new UserClusters();
      Population people =
          Population.at(
              30, user -> 2 * random.nextDouble() - 1, user -> 2 * random.nextDouble() - 1);
      few += clusters.count(people) == 1 ? 1 : 0;
      assertTrue(clusters.silhouette(people) < 0.6, "seed " + seed);
    }
    assertTrue(few >= 18, few + " of 20");
    assertEquals(1, new UserClusters().count(Population.at(30, user -> 0.3, user -> -0.3)));
    assertTrue(Double.isNaN(new UserClusters().count(Population.at(3, user -> user, user -> 0))));
  }

  @Test
  void agreementOfGroupings() {
    assertEquals(1, Medoids.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0}, 2));
    assertEquals(
        -0.5, Medoids.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}, 2), 1e-12);
    double[][] line = {{0, 1, 9}, {1, 0, 8}, {9, 8, 0}};
    assertEquals(
        ((9 - 1.0) / 9 + (8 - 1.0) / 8) / 3,
        Medoids.silhouette(line, new int[] {0, 0, 1}, 2),
        1e-12);
  }

  @Test
  void distancesAreWhatPythagorasSays() {
    Population people = Population.at(2, user -> user == 0 ? 0.3 : 1, user -> user == 0 ? 0.4 : -1);
    assertEquals(0.25, new Poles().distance(people), 1e-7);
    assertEquals(0.5, new Poles().settled(people));
    assertEquals((0.5 + Math.sqrt(2)) / 2, UserMeans.over(UserMeans::movement).read(people), 1e-7);
    assertEquals((0.7 / 2 + 1) / 2, UserMeans.over(UserMeans::extremity).read(people), 1e-7);
    double estimates = (Math.hypot(0.2, 0.1) + Math.hypot(0.5, 1.5)) / 2;
    assertEquals(estimates, UserMeans.over(UserMeans::estimateError).read(people), 1e-7);
    double gain = UserMeans.over(UserMeans.gain(new float[] {1, -1})).read(people);
    assertEquals((Math.sqrt(2) - Math.hypot(0.7, 1.4) + Math.sqrt(2)) / 2, gain, 1e-7);
  }

  @Test
  void diversityOfSlates() {
    Population people = Population.shown(new int[] {0, 1, 2}, new int[] {1, 2, 3}, new int[] {0});
    double within = (1 + 1 + Math.sqrt(2) + Math.sqrt(2) + 1 + 1) / 6;
    assertEquals(within, SlateDiversity.within(people), 1e-7);
    double first = Math.hypot(1.0 / 3 - 2.0 / 3, -1.0 / 3 + 2.0 / 3);
    double second = Math.hypot(2.0 / 3, 2.0 / 3);
    assertEquals((first + second) / 2, SlateDiversity.between(people), 1e-6);
  }

  @Test
  void exposureAddsUp() {
    ExposureCounts exposure = new ExposureCounts(CATALOG);
    Population first = Population.shown(new int[] {0, 1}, new int[] {0, 2});
    exposure.take(first);
    assertEquals(0.75, exposure.itemCoverage(first));
    assertEquals(2.0 / 3, exposure.authorCoverage(first), 1e-12);
    assertEquals(Gini.of(new long[] {3, 1, 0}), exposure.authorGini(first), 1e-12);
    assertEquals(1, exposure.attributeCoverage(first));
    double levels = Gini.of(new long[] {0, 0, 3, 0, 1}) + Gini.of(new long[] {1, 0, 3, 0, 0});
    assertEquals(levels / 2, exposure.attributeGini(first), 1e-12);
    exposure.take(Population.shown(new int[] {3}));
    assertEquals(1, exposure.itemCoverage(first));
    assertEquals(1, exposure.authorCoverage(first));
    assertEquals(Gini.of(new long[] {3, 1, 1}), exposure.authorGini(first), 1e-12);
  }

  @Test
  void coverageOfAttributesCountsLevelsThatExist() {
    ExposureCounts exposure = new ExposureCounts(CATALOG);
    Population one = Population.shown(new int[] {1});
    exposure.take(one);
    assertEquals(2.0 / 4, exposure.attributeCoverage(one));
  }

  @Test
  void totalsAddUpFromTheStart() {
    ItemSet harmful = ItemSet.unbound(CATALOG.size());
    harmful.add(0);
    RunTotals totals = new RunTotals(CATALOG, harmful);
    Population first = Population.shown(new int[] {0, 1}, new int[] {2, 0}, new int[] {});
    totals.take(first);
    assertEquals(0.5, totals.harmfulShare(first));
    assertEquals(1.0 / 3, totals.withoutPick(first), 1e-12);
    assertEquals(1, totals.satisfactionByPicture(first));
    Population second = Population.shown(new int[] {1}, new int[] {1});
    totals.take(second);
    assertEquals(2.0 / 6, totals.harmfulShare(second), 1e-12);
    assertEquals(1.0 / 5, totals.withoutPick(second), 1e-12);
  }

  @Test
  void groupsOfUsersHaveMeansOfTheirOwn() {
    Population people = Population.at(3, user -> user, user -> 0);
    assertEquals(0, UserMeans.over(UserMeans::movement, StepState::gamer).read(people));
    assertEquals(
        1.5, UserMeans.over(UserMeans::movement, (s, user) -> !s.gamer(user)).read(people), 1e-7);
    assertEquals(
        (0 - 0.5 + 0.5) / 3 - (1.5 - 0.5) / 3,
        UserMeans.over(UserMeans.pull(0, 0.5f)).read(people),
        1e-7);
  }
}

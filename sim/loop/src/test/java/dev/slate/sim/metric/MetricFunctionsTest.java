package dev.slate.sim.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.StepState;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Metrics of populations and slates whose numbers are known. */
class MetricFunctionsTest {
  /** Four items by three authors; the fourth author has none. */
  private static final ItemCatalog WORLD =
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
      return new RunSettings(WORLD, 3, List.of(), true, null, WORLD.size());
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

  @Test
  void clustersAreCounted() {
    Population three =
        Population.at(30, user -> user % 3 * 0.8 - 0.8 + user * 1e-3, user -> user * 1e-3);
    assertEquals(3, new UserClusters().read(three));
    assertEquals(1, new UserClusters().read(Population.at(30, user -> 0.3, user -> -0.3)));
    Population scattered = Population.at(9, user -> user % 3 - 1, user -> user / 3 - 1);
    assertEquals(0, new UserClusters().read(scattered));
  }

  @Test
  void distancesAreWhatPythagorasSays() {
    Population people = Population.at(2, user -> user == 0 ? 0.3 : 1, user -> user == 0 ? 0.4 : -1);
    assertEquals(0.25, new NearestDistance().read(people), 1e-7);
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
    assertEquals((0.5 + 1) / 2, SlateDiversity.between(people), 1e-12);
  }

  @Test
  void exposureAddsUp() {
    ExposureCounts exposure = new ExposureCounts(WORLD);
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
    ExposureCounts exposure = new ExposureCounts(WORLD);
    Population one = Population.shown(new int[] {1});
    exposure.take(one);
    assertEquals(2.0 / 4, exposure.attributeCoverage(one));
  }

  @Test
  void sharesOfShowingsAndPicks() {
    Population people = Population.shown(new int[] {0, 1}, new int[] {2, 0}, new int[] {});
    ItemSet items = new ItemSet(WORLD.size());
    items.add(0);
    assertEquals(0.5, StepShares.shown(items).read(people));
    assertEquals(0.5, StepShares.picked(2).read(people));
    assertEquals(0, StepShares.picked(1).read(people));
  }
}

package dev.slate.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.Replications.Interval;
import dev.slate.sim.audit.Audit;
import dev.slate.sim.audit.AuditPower;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.catalog.CatalogLoader;
import dev.slate.sim.metric.MetricSeries;
import dev.slate.sim.moderation.EligibilityFilter;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the figures of the walk-through say is what happens: sign and size, with intervals. */
class FiguresTest {
  private static final Behavior WARY = new Behavior(0, 0.1, false, 0, 0, 0.5);
  private static final Behavior HIDDEN = new Behavior(0, 0.1, true, 0, 0, 0);

  private static final ItemCatalog CATALOG = CatalogLoader.open("memotion", null, 7);

  private final ItemCatalog catalog = CATALOG;

  private static void assertWithin(double least, double most, Interval interval) {
    assertTrue(interval.within(least, most), () -> interval + " in " + least + ".." + most);
  }

  @Test
  void theAdvertiserGainsAndWarinessTakesItBack() {
    Replications random = Replications.of(catalog, "random");
    Replications paid = Replications.of(catalog, "advertisement");
    Replications wary = Replications.of(catalog, "advertisement", WARY, run -> {});
    Replications secret =
        Replications.of(catalog, "advertisement", WARY, run -> run.disclose(false));
    assertWithin(0.03, 0.2, paid.more("advertiser_gain", random));
    assertWithin(0.16, 0.19, paid.last("advertisement_picks"));
    assertEquals(0.2, paid.last("advertisement_impressions").mean(), 1e-9);
    assertWithin(0.07, 0.11, wary.last("advertisement_picks"));
    assertTrue(wary.more("advertiser_gain", paid).mean() < 0);
    assertWithin(0.16, 0.19, secret.last("advertisement_picks"));
  }

  /**
   * Exercise 2: where users end nearer to the advertisement they would have gone anyway; what it
   * does itself is seen where most items lie on the other side.
   */
  @Test
  void theAdvertisementPullsAgainstTheOtherItems() {
    Replications paid = Replications.of(catalog, "advertisement");
    Replications random = Replications.of(catalog, "random");
    for (String attribute : List.of("offensive", "overall_sentiment")) {
      assertWithin(0.02, 0.2, paid.last("pull_" + attribute));
      assertWithin(0.02, 0.2, random.last("pull_" + attribute));
      assertWithin(-0.06, 0.06, paid.more("pull_" + attribute, random));
    }
    assertTrue(random.last("pull_motivational").high() < -0.03);
    assertTrue(paid.last("pull_motivational").high() < 0.03);
    assertWithin(0.02, 0.1, paid.more("pull_motivational", random));
    assertWithin(0, 0.1, paid.more("pull_sarcasm", random));
  }

  @Test
  void theEstimateLearnsOnlyFromPicksThatDependOnLiking() {
    Choice liking = new PositionBasedChoice(BetaChoice.DEFAULT, 10);
    ReactionRates feedback = new ReactionRates(0.5, 0.8, 0.8);
    for (String selector : List.of("random", "nearest-half-random")) {
      Replications blind = Replications.of(catalog, selector, HIDDEN, run -> {});
      Replications seen = Replications.of(catalog, selector, HIDDEN, run -> run.choice(liking));
      Replications told =
          Replications.of(catalog, selector, HIDDEN, run -> run.choice(liking).feedback(feedback));
      assertTrue(blind.last("estimate_gain").high() < 0, "ranks tell nothing, " + selector);
      assertTrue(seen.last("estimate_gain").low() > 0.1, "picks tell, " + selector);
      assertTrue(told.more("estimate_gain", seen).low() > 0.05, "reactions too, " + selector);
      assertEquals(
          told.last("guess_error").mean() - told.last("estimate_error").mean(),
          told.last("estimate_gain").mean(),
          1e-9);
    }
  }

  @Test
  void aLimitPerAuthorHoldsForImpressionsAndNotForPicks() {
    ItemCatalog flooded = CatalogLoader.attacked(catalog, 27_000);
    AuthorExposure free = new AuthorExposure(flooded);
    AuthorExposure limited = new AuthorExposure(flooded);
    Simulation run = new Simulation(flooded, Selectors.create("random")).size(400, 20, 5);
    run.run(free);
    new Simulation(flooded, Selectors.create("random")).size(400, 20, 5).perAuthor(1).run(limited);
    int mallory = flooded.authors().indexOf("Mallory");
    double shown = (double) limited.impressions(mallory) / limited.impressions();
    double picked = (double) limited.picks(mallory) / limited.picks();
    assertEquals(0.79, (double) free.impressions(mallory) / free.impressions(), 0.02);
    assertEquals(0.2, shown, 0.01);
    assertEquals(0.63, picked, 0.03);
  }

  @Test
  void gamersStandApart() {
    Behavior half = new Behavior(0, 0.1, false, 0.5, 0, 0);
    Replications runs = Replications.of(catalog, "random", half, run -> {});
    double gamers = runs.last("movement_gamers").mean();
    double others = runs.last("movement_others").mean();
    assertTrue(gamers > others + 0.03, gamers + " and " + others);
    assertTrue(runs.last("satisfaction_gamers").low() > runs.last("satisfaction_others").high());
  }

  @Test
  void usersOfTheNearestItemsSettleAndOthersDoNot() {
    Replications nearest = Replications.of(catalog, "nearest");
    Replications random = Replications.of(catalog, "random");
    assertTrue(nearest.last("settled").low() > 0.85);
    assertTrue(random.last("settled").high() < 0.2);
    assertWithin(0.9, 1.1, random.last("clusters"));
  }

  /** Exercise 1: nobody aims at anything, and people move to where most items are. */
  @Test
  void underRandomSlatesPeopleMoveToWhereMostItemsAre() {
    Replications random = Replications.of(catalog, "random");
    float[] row = new float[catalog.dimensions()];
    double[] mean = new double[row.length];
    for (int item = 0; item < catalog.size(); item++) {
      catalog.read(item, row);
      for (int j = 0; j < row.length; j++) {
        mean[j] += row[j] / catalog.size();
      }
    }
    for (int j = 0; j < row.length; j++) {
      Interval change = random.change("mean_" + catalog.attributes().get(j));
      String attribute = catalog.attributes().get(j);
      assertTrue(Math.signum(mean[j]) * change.mean() > 0, () -> attribute + " " + change);
      if (Math.abs(mean[j]) > 0.25) {
        assertTrue(change.low() * change.high() > 0, () -> attribute + " " + change);
      }
    }
    assertWithin(0.3, 0.6, random.last("movement"));
  }

  /** Exercise 3: content, at a pole that may be far away, and little else is seen. */
  @Test
  void whoGetsTheNearestIsContentAndSeesLittle() {
    Replications nearest = Replications.of(catalog, "nearest");
    Replications random = Replications.of(catalog, "random");
    assertWithin(0.9, 1, nearest.last("satisfaction"));
    assertWithin(0.01, 0.03, nearest.last("item_coverage"));
    assertWithin(0, 0.2, nearest.last("diversity_within"));
    assertTrue(random.last("diversity_within").low() > 1.5);
    assertWithin(0.05, 0.25, nearest.more("movement", random));
    assertWithin(20, 30, nearest.last("poles"));
    assertTrue(random.last("poles").high() < 5);
  }

  /** Exercise 4: a part of the satisfaction, for slates that hold something else. */
  @Test
  void theCompromiseCostsSatisfactionAndBuysVariety() {
    Replications half = Replications.of(catalog, "nearest-half-random");
    Replications nearest = Replications.of(catalog, "nearest");
    assertWithin(-0.3, -0.05, half.more("satisfaction", nearest));
    assertWithin(0.3, 1.5, half.more("diversity_within", nearest));
    assertTrue(half.more("item_coverage", nearest).low() > 0.1);
  }

  @Test
  void spamRaisesSatisfactionAndNotThatOfEachPicture() {
    ItemCatalog flooded = CatalogLoader.attacked(catalog, 27_000);
    Replications clean = Replications.of(catalog, "random");
    Replications spoilt = Replications.of(flooded, "random");
    assertWithin(0.1, 0.4, spoilt.more("satisfaction", clean));
    assertWithin(-0.05, 0.05, spoilt.more("satisfaction_by_picture", clean));
    assertTrue(spoilt.more("harmful_exposure", clean).high() < -0.1);
  }

  @Test
  void collapsingDropsCopiesAndNoGenuinePicture() {
    ItemCatalog flooded = CatalogLoader.attacked(catalog, 1_000, 0.1, 1);
    EligibilityFilter filter = new EligibilityFilter(flooded).withoutDuplicates();
    assertEquals(catalog.size() + 1, filter.allowed().size());
    assertEquals(Map.of("Mallory", 999), filter.dropped());
    ItemSet all = new EligibilityFilter(catalog).withoutDuplicates().allowed();
    assertEquals(catalog.size(), all.size());
  }

  @Test
  void boredomTakesAPartOfSatisfactionAndSometimesThePick() {
    Behavior bored = new Behavior(0.25, 0.2, false, 0, 0, 0);
    Replications plain = Replications.of(catalog, "nearest");
    Replications tired = Replications.of(catalog, "nearest", bored, run -> {});
    assertWithin(-0.35, -0.1, tired.more("satisfaction", plain));
    assertTrue(tired.last("satisfaction").low() > 0.6);
    Replications fed =
        Replications.of(catalog, "nearest", new Behavior(1, 0.5, false, 0, 0, 0), run -> {});
    assertWithin(0.01, 0.9, fed.last("no_pick"));
  }

  @Test
  void aReplicationWithoutUsersLeavesTheOthers() {
    Behavior leaving = new Behavior(0.3, 0.1, false, 0, 0.2, 0);
    Replications runs = Replications.of(catalog, "random", leaving, 50, run -> {});
    MetricSeries movement = runs.series("movement");
    int[] counts = movement.count();
    assertEquals(Replications.COUNT, counts[0]);
    int some =
        (int)
            IntStream.range(0, counts.length)
                .filter(step -> counts[step] > 1 && counts[step] < Replications.COUNT)
                .peek(step -> assertTrue(Double.isFinite(movement.mean()[step])))
                .count();
    assertTrue(some > 0, "no step at which some replications are empty and some are not");
  }

  @Test
  void theAuditNamesWhoIsShownToEverybody() {
    for (String selector : List.of("random", "advertisement", "nearest", "popular")) {
      AuthorExposure exposure = new AuthorExposure(catalog);
      new Simulation(catalog, Selectors.create(selector)).run(exposure);
      Audit audit = Audit.of(catalog, 0.05, exposure);
      boolean paid = selector.equals("advertisement");
      assertEquals(paid ? List.of("Celebrations") : List.of(), audit.culprits(), selector);
      assertEquals(paid ? Map.of("Celebrations", "exposure") : Map.of(), audit.evidence());
      assertEquals(29, audit.volumes().size());
    }
  }

  @Test
  void theAuditIsStrongAgainstManyCopiesAndWeakAgainstManyAccounts() {
    List<AuditPower.Point> points =
        AuditPower.over(seed -> CatalogLoader.open("memotion", null, seed), 2, 0.05);
    for (AuditPower.Point point : points) {
      assertEquals(0, point.wrong(), point::toString);
      if (point.accounts() == 1 && point.copies() >= 1_000) {
        assertEquals(1, point.named(), point::toString);
      }
      if (point.copies() == 1) {
        assertEquals(0, point.named(), point::toString);
      }
    }
    assertEquals(3 * (8 + 6 + 4), points.size());
    assertTrue(points.stream().anyMatch(point -> point.accounts() == 100 && point.named() == 0));
  }
}

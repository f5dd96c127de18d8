package dev.slate.sim.engine;

import dev.slate.sim.Behavior;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.SlateBuilder;
import java.util.Arrays;

/** State of the users' {@link Behavior}. Allocates and computes nothing where all is off. */
final class BehaviorModel {
  private static final int SIGNS = 8;
  private static final float MEMORY = 0.8f;

  private final Population population;
  private final Behavior behavior;
  private final ItemCatalog catalog;
  private final boolean active;
  private final int regions;
  private final int authors;
  private final float[] satiation;
  private final float[] content;

  BehaviorModel(Population population, Behavior behavior, RandomStreams random) {
    this.population = population;
    this.behavior = behavior;
    this.catalog = population.settings.catalog();
    this.regions = regions(catalog);
    this.authors = catalog.authors().size();
    this.active =
        behavior.boredom() > 0
            || behavior.gamers() > 0
            || behavior.leaving() > 0
            || behavior.wariness() > 0;
    boolean bored = behavior.boredom() > 0;
    this.satiation = new float[bored ? population.users * (regions + authors) : 0];
    this.content = new float[behavior.leaving() > 0 ? population.users : 0];
    Arrays.fill(content, 1f);
    for (int user = 0; user < population.gamer.length; user++) {
      random.enter(RandomStreams.Purpose.BEHAVIOR, 0, user);
      population.gamer[user] = random.nextDouble() < behavior.gamers();
    }
  }

  private static int regions(ItemCatalog catalog) {
    return 1 << Math.min(SIGNS, catalog.dimensions());
  }

  /** How many satiations a user has where users can be bored: one a region, one an author. */
  static int satiations(ItemCatalog catalog) {
    return regions(catalog) + catalog.authors().size();
  }

  /** The rank that the user picks in the end; -1 if she passes over everything. */
  int pick(int user, SlateBuilder slate, int rank, RandomStreams random) {
    if (!active) {
      return rank;
    }
    random.enter(RandomStreams.Purpose.BEHAVIOR, population.step, user);
    if (population.gamer(user)) {
      return closestToOrigin(user, slate);
    }
    for (int i = 0; i < slate.size(); i++) {
      int candidate = (rank + i) % slate.size();
      double stays = 1 - boredom(user, slate.item(candidate));
      if (slate.advertisement(candidate)) {
        stays *= 1 - behavior.wariness();
      }
      if (random.nextDouble() < stays) {
        return candidate;
      }
    }
    return -1;
  }

  private int closestToOrigin(int user, SlateBuilder slate) {
    float[] item = new float[population.d];
    int closest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int rank = 0; rank < slate.size(); rank++) {
      catalog.read(slate.item(rank), item);
      double sum = 0;
      for (int j = 0; j < population.d; j++) {
        double t = (double) population.origin(user, j) - item[j];
        sum += t * t;
      }
      if (sum < least) {
        least = sum;
        closest = rank;
      }
    }
    return closest;
  }

  /**
   * Probability that an item is passed over because the user has had enough of its kind: boredom
   * times satiation, which is 1 with a kind that was picked at every step.
   */
  float boredom(int user, int item) {
    if (satiation.length == 0) {
      return 0;
    }
    int first = user * (regions + authors);
    float region = satiation[first + region(item)];
    float author = satiation[first + regions + catalog.author(item)];
    return (float) (behavior.boredom() * Math.max(region, author));
  }

  private int region(int item) {
    float[] attributes = new float[population.d];
    catalog.read(item, attributes);
    int region = 0;
    for (int j = 0; j < Math.min(SIGNS, population.d); j++) {
      region |= attributes[j] > 0 ? 1 << j : 0;
    }
    return region;
  }

  /** Ends the user's step. */
  void after(int user, int picked, float liking, RandomStreams random) {
    if (!active) {
      return;
    }
    if (satiation.length > 0) {
      int first = user * (regions + authors);
      for (int i = first; i < first + regions + authors; i++) {
        satiation[i] *= (float) (1 - behavior.recovery());
      }
      if (picked != ItemCatalog.NONE) {
        satiation[first + region(picked)] += (float) behavior.recovery();
        satiation[first + regions + catalog.author(picked)] += (float) behavior.recovery();
      }
    }
    if (content.length > 0) {
      content[user] = MEMORY * content[user] + (1 - MEMORY) * Math.max(0, liking);
      if (random.nextDouble() < behavior.leaving() * (1 - content[user])) {
        population.gone[user] = true;
      }
    }
  }
}

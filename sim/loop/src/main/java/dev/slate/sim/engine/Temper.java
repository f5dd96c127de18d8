package dev.slate.sim.engine;

import dev.slate.sim.Habits;
import dev.slate.sim.Offer;
import dev.slate.sim.World;
import java.util.Arrays;

/** What users do beyond the plain model ({@link Habits}); costs nothing where all is off. */
final class Temper {
  private static final int SIGNS = 8;
  private static final float MEMORY = 0.8f;

  private final Crowd crowd;
  private final Habits habits;
  private final World world;
  private final boolean active;
  private final int regions;
  private final int authors;
  private final float[] satiation;
  private final boolean[] gamer;
  private final float[] content;

  Temper(Crowd crowd, Habits habits, Luck luck) {
    this.crowd = crowd;
    this.habits = habits;
    this.world = crowd.setting.world();
    this.regions = regions(world);
    this.authors = world.authors().size();
    this.active =
        habits.boredom() > 0
            || habits.gamers() > 0
            || habits.leaving() > 0
            || habits.wariness() > 0;
    boolean bored = habits.boredom() > 0;
    this.satiation = new float[bored ? crowd.users * (regions + authors) : 0];
    this.gamer = new boolean[habits.gamers() > 0 ? crowd.users : 0];
    this.content = new float[habits.leaving() > 0 ? crowd.users : 0];
    Arrays.fill(content, 1f);
    for (int user = 0; user < gamer.length; user++) {
      luck.enter(Luck.Purpose.HABITS, 0, user);
      gamer[user] = luck.nextDouble() < habits.gamers();
    }
  }

  private static int regions(World world) {
    return 1 << Math.min(SIGNS, world.dimensions());
  }

  /** How many satiations a user has where users can be bored: one a region, one an author. */
  static int satiations(World world) {
    return regions(world) + world.authors().size();
  }

  /** The rank that the user picks in the end. */
  int pick(int user, Offer offer, int rank, Luck luck) {
    if (!active) {
      return rank;
    }
    luck.enter(Luck.Purpose.HABITS, crowd.step, user);
    if (gamer.length > 0 && gamer[user]) {
      return closestToOrigin(user, offer);
    }
    for (int i = 0; i < offer.size(); i++) {
      int candidate = (rank + i) % offer.size();
      double stays = 1 - boredom(user, offer.item(candidate));
      if (offer.advertisement(candidate)) {
        stays *= 1 - habits.wariness();
      }
      if (luck.nextDouble() < stays) {
        return candidate;
      }
    }
    return rank;
  }

  private int closestToOrigin(int user, Offer offer) {
    float[] item = new float[crowd.d];
    int closest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int rank = 0; rank < offer.size(); rank++) {
      world.read(offer.item(rank), item);
      double sum = 0;
      for (int j = 0; j < crowd.d; j++) {
        double t = (double) crowd.origin(user, j) - item[j];
        sum += t * t;
      }
      if (sum < least) {
        least = sum;
        closest = rank;
      }
    }
    return closest;
  }

  /** Probability that an item is passed over because the user has had enough of its kind. */
  float boredom(int user, int item) {
    if (satiation.length == 0) {
      return 0;
    }
    int first = user * (regions + authors);
    float had = satiation[first + region(item)] + satiation[first + regions + world.author(item)];
    return (float) -Math.expm1(-habits.boredom() * had);
  }

  private int region(int item) {
    float[] attributes = new float[crowd.d];
    world.read(item, attributes);
    int region = 0;
    for (int j = 0; j < Math.min(SIGNS, crowd.d); j++) {
      region |= attributes[j] > 0 ? 1 << j : 0;
    }
    return region;
  }

  /** Ends the user's step. */
  void after(int user, int picked, float liking, Luck luck) {
    if (!active) {
      return;
    }
    if (satiation.length > 0) {
      int first = user * (regions + authors);
      for (int i = first; i < first + regions + authors; i++) {
        satiation[i] *= (float) (1 - habits.recovery());
      }
      if (picked != World.NONE) {
        satiation[first + region(picked)]++;
        satiation[first + regions + world.author(picked)]++;
      }
    }
    if (content.length > 0) {
      content[user] = MEMORY * content[user] + (1 - MEMORY) * Math.max(0, liking);
      if (luck.nextDouble() < habits.leaving() * (1 - content[user])) {
        crowd.gone[user] = true;
      }
    }
  }
}

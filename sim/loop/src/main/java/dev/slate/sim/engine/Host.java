package dev.slate.sim.engine;

import dev.slate.sim.Drift;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.World;

/** One thread's round: asks the selector, lets the user pick, moves her. */
final class Host {
  private static final float MEMORY = 0.8f;
  private static final float LEARNING = 0.2f;

  private final Crowd crowd;
  private final Selector selector;
  private final Guest guest;
  private final Luck luck;
  private final double[][] ranks;
  private final Drift drift;
  private final Temper temper;
  private final Offer offer;
  private final World world;
  private final float[] item;
  private final float[] preference;
  private final float farthest;

  Host(
      Crowd crowd,
      Selector selector,
      Guest guest,
      Luck luck,
      double[][] ranks,
      Drift drift,
      Temper temper,
      int perAuthor) {
    this.crowd = crowd;
    this.selector = selector;
    this.guest = guest;
    this.luck = luck;
    this.ranks = ranks;
    this.drift = drift;
    this.temper = temper;
    this.world = crowd.setting.world();
    this.offer = new Offer(crowd.k, world, perAuthor);
    this.item = new float[crowd.d];
    this.preference = new float[crowd.d];
    this.farthest = (float) (2 * Math.sqrt(crowd.d));
  }

  void serve(int user) {
    int at = user * crowd.d;
    luck.enter(Luck.Purpose.STEP, crowd.step, user);
    double uniform = luck.nextDouble();
    double gaussian = luck.nextGaussian();
    guest.enter(user, crowd.step, crowd.estimate, at, crowd.recentMovement[user]);
    offer.clear();
    selector.select(guest, offer);
    show(user);
    if (offer.size() == 0) {
      crowd.chosen[user] = -1;
      crowd.satisfaction[user] = 0;
      temper.after(user, World.NONE, 0, luck);
      return;
    }
    int rank = temper.pick(user, offer, rank(uniform, offer.size()), luck);
    crowd.chosen[user] = rank;
    int picked = offer.item(rank);
    world.read(picked, item);
    System.arraycopy(crowd.preference, at, preference, 0, crowd.d);
    float distance = distance(preference, item);
    drift.move(preference, item, gaussian);
    moved(user, at);
    float liking = 1 - distance / farthest - temper.boredom(user, picked);
    crowd.satisfaction[user] = liking;
    temper.after(user, picked, liking, luck);
  }

  private int rank(double uniform, int size) {
    double[] cumulative = ranks[size];
    int rank = 0;
    while (rank < size - 1 && uniform >= cumulative[rank]) {
      rank++;
    }
    return rank;
  }

  private void show(int user) {
    int size = offer.size();
    int first = user * crowd.k;
    crowd.shown[user] = size;
    for (int rank = 0; rank < size; rank++) {
      crowd.items[first + rank] = offer.item(rank);
      crowd.advertised[first + rank] = offer.advertisement(rank);
    }
  }

  private void moved(int user, int at) {
    double sum = 0;
    for (int j = 0; j < crowd.d; j++) {
      double t = (double) preference[j] - crowd.preference[at + j];
      sum += t * t;
    }
    float length = (float) Math.sqrt(sum);
    float before = crowd.recentMovement[user];
    crowd.recentMovement[user] =
        Float.isInfinite(before) ? length : MEMORY * before + (1 - MEMORY) * length;
    System.arraycopy(preference, 0, crowd.preference, at, crowd.d);
    if (crowd.hidden) {
      for (int j = 0; j < crowd.d; j++) {
        crowd.estimate[at + j] += LEARNING * (item[j] - crowd.estimate[at + j]);
      }
    }
  }

  private static float distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double t = (double) a[j] - b[j];
      sum += t * t;
    }
    return (float) Math.sqrt(sum);
  }
}

package dev.slate.sim.engine;

import dev.slate.sim.Drift;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.SlateBuilder;

/**
 * One step of one user: the selector fills a slate, the user picks, her preference moves. One
 * instance a thread.
 */
final class UserStep {
  private static final float MEMORY = 0.8f;
  private static final float LEARNING = 0.2f;

  private final Population population;
  private final Selector selector;
  private final IndexedContext context;
  private final RandomStreams random;
  private final double[][] ranks;
  private final Drift drift;
  private final BehaviorModel behaviorModel;
  private final SlateBuilder slate;
  private final ItemCatalog catalog;
  private final float[] item;
  private final float[] preference;
  private final float farthest;

  UserStep(
      Population population,
      Selector selector,
      IndexedContext context,
      RandomStreams random,
      double[][] ranks,
      Drift drift,
      BehaviorModel behaviorModel,
      int perAuthor) {
    this.population = population;
    this.selector = selector;
    this.context = context;
    this.random = random;
    this.ranks = ranks;
    this.drift = drift;
    this.behaviorModel = behaviorModel;
    this.catalog = population.settings.catalog();
    this.slate = new SlateBuilder(population.k, catalog, perAuthor);
    this.item = new float[population.d];
    this.preference = new float[population.d];
    this.farthest = (float) (2 * Math.sqrt(population.d));
  }

  void serve(int user) {
    int at = user * population.d;
    random.enter(RandomStreams.Purpose.STEP, population.step, user);
    double uniform = random.nextDouble();
    double gaussian = random.nextGaussian();
    context.enter(user, population.step, population.estimate, at, population.recentMovement[user]);
    slate.clear();
    selector.select(context, slate);
    show(user);
    if (slate.size() == 0) {
      population.chosen[user] = -1;
      population.satisfaction[user] = 0;
      behaviorModel.after(user, ItemCatalog.NONE, 0, random);
      return;
    }
    int rank = behaviorModel.pick(user, slate, rank(uniform, slate.size()), random);
    population.chosen[user] = rank;
    int picked = slate.item(rank);
    catalog.read(picked, item);
    System.arraycopy(population.preference, at, preference, 0, population.d);
    float distance = distance(preference, item);
    drift.move(preference, item, gaussian);
    moved(user, at);
    float liking = 1 - distance / farthest - behaviorModel.boredom(user, picked);
    population.satisfaction[user] = liking;
    behaviorModel.after(user, picked, liking, random);
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
    int size = slate.size();
    int first = user * population.k;
    population.shown[user] = size;
    for (int rank = 0; rank < size; rank++) {
      population.items[first + rank] = slate.item(rank);
      population.advertised[first + rank] = slate.advertisement(rank);
    }
  }

  private void moved(int user, int at) {
    double sum = 0;
    for (int j = 0; j < population.d; j++) {
      double t = (double) preference[j] - population.preference[at + j];
      sum += t * t;
    }
    float length = (float) Math.sqrt(sum);
    float before = population.recentMovement[user];
    population.recentMovement[user] =
        Float.isInfinite(before) ? length : MEMORY * before + (1 - MEMORY) * length;
    System.arraycopy(preference, 0, population.preference, at, population.d);
    if (population.hidden) {
      for (int j = 0; j < population.d; j++) {
        population.estimate[at + j] += LEARNING * (item[j] - population.estimate[at + j]);
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

package dev.slate.sim.engine;

import dev.slate.sim.Drift;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Reaction;
import dev.slate.sim.ReactionRates;
import dev.slate.sim.Selector;
import dev.slate.sim.SlateBuilder;

/**
 * One step of one user: the selector fills a slate, the user picks, her preference moves. One
 * instance a thread.
 */
final class UserStep {
  private static final float MEMORY = 0.8f;

  private final Population population;
  private final Selector selector;
  private final IndexedContext context;
  private final RandomStreams random;
  private final double[][] ranks;
  private final double strength;
  private final Drift drift;
  private final ReactionRates feedback;
  private final BehaviorModel behaviorModel;
  private final SlateCheck check;
  private final SlateBuilder slate;
  private final SlateBuilder again;
  private final ItemCatalog catalog;
  private final float[] item;
  private final float[] preference;
  private final double[] weights;
  private final float farthest;

  UserStep(
      Population population,
      Selector selector,
      IndexedContext context,
      RandomStreams random,
      double[][] ranks,
      UserModel model,
      BehaviorModel behaviorModel,
      int perAuthor) {
    this.population = population;
    this.selector = selector;
    this.context = context;
    this.random = random;
    this.ranks = ranks;
    this.strength = model.choice().strength();
    this.drift = model.drift();
    this.feedback = model.feedback();
    this.behaviorModel = behaviorModel;
    this.catalog = population.settings.catalog();
    this.check = new SlateCheck(population.settings, selector, population.k);
    this.slate = new SlateBuilder(population.k, catalog, perAuthor);
    this.again = new SlateBuilder(population.k, catalog, perAuthor);
    this.item = new float[population.d];
    this.preference = new float[population.d];
    this.weights = new double[population.k];
    this.farthest = (float) (2 * Math.sqrt(population.d));
  }

  void serve(int user) {
    int at = user * population.d;
    if (check.asksTwice(user, population.step)) {
      select(user, again);
    }
    random.enter(RandomStreams.Purpose.STEP, population.step, user);
    double uniform = random.nextDouble();
    double gaussian = random.nextGaussian();
    fill(user, slate);
    if (check.asksTwice(user, population.step)) {
      check.same(again, slate, user, population.step);
    }
    check.complete(slate, user, population.step);
    show(user);
    int rank = slate.size() == 0 ? -1 : behaviorModel.pick(user, slate, rank(at, uniform), random);
    population.chosen[user] = rank;
    if (rank < 0) {
      population.satisfaction[user] = 0;
      react(user, Reaction.NONE);
      behaviorModel.after(user, ItemCatalog.NONE, 0, random);
      return;
    }
    int picked = slate.item(rank);
    catalog.read(picked, item);
    System.arraycopy(population.preference, at, preference, 0, population.d);
    float distance = distance(preference, item);
    drift.move(preference, item, gaussian);
    float liking = 1 - distance / farthest - behaviorModel.boredom(user, picked);
    population.satisfaction[user] = liking;
    behaviorModel.after(user, picked, liking, random);
    Reaction reaction = reaction(user, liking);
    moved(user, at, reaction);
    population.log.add(user, picked, population.step, reaction);
  }

  private void select(int user, SlateBuilder into) {
    random.enter(RandomStreams.Purpose.STEP, population.step, user);
    random.nextDouble();
    random.nextGaussian();
    fill(user, into);
  }

  private void fill(int user, SlateBuilder into) {
    context.enter(
        user,
        population.step,
        population.estimate,
        user * population.d,
        population.recentMovement[user]);
    into.clear();
    try {
      selector.select(context, into);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      throw check.failed(e, user, population.step);
    } catch (OutOfMemoryError e) {
      throw check.exhausted(e, user, population.step);
    }
  }

  /** The place that the user's draw falls on; liking counts where the choice gives it a weight. */
  private int rank(int at, double uniform) {
    int size = slate.size();
    double[] cumulative = ranks[size];
    if (strength == 0) {
      int rank = 0;
      while (rank < size - 1 && uniform >= cumulative[rank]) {
        rank++;
      }
      return rank;
    }
    System.arraycopy(population.preference, at, preference, 0, population.d);
    double sum = 0;
    for (int rank = 0; rank < size; rank++) {
      catalog.read(slate.item(rank), item);
      double share = cumulative[rank] - (rank == 0 ? 0 : cumulative[rank - 1]);
      weights[rank] = share * Math.exp(-strength * distance(preference, item) / farthest);
      sum += weights[rank];
    }
    int rank = 0;
    double below = weights[0];
    while (rank < size - 1 && uniform * sum >= below) {
      below += weights[++rank];
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

  private Reaction reaction(int user, float liking) {
    if (!feedback.given()) {
      return Reaction.NONE;
    }
    random.enter(RandomStreams.Purpose.FEEDBACK, population.step, user);
    return react(user, feedback.reaction(liking, random.nextDouble()));
  }

  private Reaction react(int user, Reaction reaction) {
    if (population.reaction.length > 0) {
      population.reaction[user] = reaction;
    }
    return reaction;
  }

  private void moved(int user, int at, Reaction reaction) {
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
      PreferenceEstimate.learn(population.estimate, at, item, reaction, feedback.given());
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

package dev.slate.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.ItemSet;
import dev.slate.sim.Behavior;
import dev.slate.sim.Choice;
import dev.slate.sim.Drift;
import dev.slate.sim.History;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Reaction;
import dev.slate.sim.ReactionRates;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.Simulation;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.StepState;
import dev.slate.sim.engine.RandomStreams.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every step of every user against one written down plainly: a user at a time, without an index,
 * threads or shared scratch.
 */
class NaiveEngineTest {
  private static final int USERS = 80;
  private static final int STEPS = 12;
  private static final int ITEMS = 50;
  private static final int AUTHORS = 4;
  private static final int D = 3;
  private static final int K = 6;
  private static final int REMEMBERED = 2;
  private static final double FARTHEST = 2 * Math.sqrt(D);
  private static final ReactionRates FRANK = new ReactionRates(0.7, 0.6, 0.8);
  private static final Drift DRIFT =
      (preference, item, gaussian) -> {
        for (int j = 0; j < preference.length; j++) {
          preference[j] += (float) ((0.2 + 0.05 * gaussian) * (item[j] - preference[j]));
        }
      };

  private final ItemCatalog catalog = catalog();

  private static ItemCatalog catalog() {
    Random random = new Random(1);
    float[] rows = new float[ITEMS * D];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 2 * random.nextFloat() - 1;
    }
    return new ItemCatalog(
        "random",
        Catalog.of(rows, D),
        List.of("x", "y", "z"),
        item -> "item " + item,
        List.of("Ann", "Bob", "Cid", "Dee"),
        random.ints(ITEMS, 0, AUTHORS).toArray(),
        ItemCatalog.NONE);
  }

  /** What may differ from the plain model. */
  private record Case(
      double strength,
      Behavior behavior,
      ReactionRates feedback,
      int perAuthor,
      @Nullable ItemSet eligible) {
    Choice choice() {
      return new Choice() {
        @Override
        public double[] cumulative(int k) {
          return IntStream.range(0, k).mapToDouble(rank -> cumulativeOf(rank, k)).toArray();
        }

        @Override
        public double strength() {
          return strength;
        }
      };
    }

    /** The first place is twice as likely as each other one. */
    static double cumulativeOf(int rank, int k) {
      return (rank + 2.0) / (k + 1);
    }

    boolean active() {
      return behavior.boredom() + behavior.gamers() + behavior.leaving() + behavior.wariness() > 0;
    }
  }

  /** Asks the context for everything that it has. */
  private static final class Curious implements Selector {
    @Override
    public String name() {
      return "curious";
    }

    @Override
    public String description() {
      return "asks for everything";
    }

    @Override
    public int history() {
      return REMEMBERED;
    }

    @Override
    public void select(SelectorContext context, SlateBuilder slate) {
      History history = context.history();
      if (history.size() == REMEMBERED) {
        slate.add(history.item(REMEMBERED - 1));
        if (history.reaction(0) == Reaction.DISLIKE || history.step(0) % 5 == 4) {
          slate.addAdvertisement(context.nearest(new float[D], 1).ordinal(0));
        }
      }
      if (context.recentMovement() < 0.15) {
        slate.add(context.randomItem());
      }
      if ((context.user() + context.step()) % 3 == 0) {
        context.fillRandom(slate);
      } else {
        context.fillNearest(context.preference(), slate);
      }
    }
  }

  /** One user. */
  private final class User {
    final Case rules;
    final float[] preference = new float[D];
    final float[] origin = new float[D];
    final float[] estimate = new float[D];
    final float[] satiation = new float[(1 << D) + AUTHORS];
    final List<Integer> picks = new ArrayList<>();
    final List<Integer> steps = new ArrayList<>();
    final List<Reaction> reactions = new ArrayList<>();
    double movement = Double.POSITIVE_INFINITY;
    double content = 1;
    boolean gamer;
    boolean gone;
    boolean present = true;
    SlateBuilder slate;
    int chosen = -1;
    double satisfaction;
    Reaction reaction = Reaction.NONE;

    User(Case rules, RandomStreams random, int user) {
      this.rules = rules;
      random.enter(Purpose.BIRTH, 0, user);
      for (int j = 0; j < D; j++) {
        preference[j] = random.nextFloat(-1f, Math.nextUp(1f));
        origin[j] = preference[j];
        estimate[j] = 0;
      }
      random.enter(Purpose.BEHAVIOR, 0, user);
      gamer = random.nextDouble() < rules.behavior.gamers();
      slate = new SlateBuilder(K, catalog, rules.perAuthor);
    }

    void step(RandomStreams random, int step, int user) {
      slate.clear();
      if (gone) {
        present = false;
        chosen = -1;
        return;
      }
      random.enter(Purpose.STEP, step, user);
      double uniform = random.nextDouble();
      double gaussian = random.nextGaussian();
      select(random, step, user);
      chosen = rank(uniform);
      if (rules.active()) {
        random.enter(Purpose.BEHAVIOR, step, user);
        chosen = gamer ? nearest(origin, shown()) : unlessPassedOver(random, chosen);
      }
      reaction = Reaction.NONE;
      if (chosen < 0) {
        satisfaction = 0;
        after(ItemCatalog.NONE, 0, random);
        return;
      }
      int picked = slate.item(chosen);
      float[] item = item(picked);
      satisfaction = 1 - distance(preference, item) / FARTHEST - boredom(picked);
      after(picked, satisfaction, random);
      if (rules.feedback.given()) {
        random.enter(Purpose.FEEDBACK, step, user);
        reaction = rules.feedback.reaction((float) satisfaction, random.nextDouble());
      }
      float[] before = preference.clone();
      DRIFT.move(preference, item, gaussian);
      double length = distance(before, preference);
      movement = Double.isInfinite(movement) ? length : 0.8 * movement + 0.2 * length;
      learn(item);
      picks.addFirst(picked);
      steps.addFirst(step);
      reactions.addFirst(reaction);
    }

    private void select(RandomStreams random, int step, int user) {
      float[] known = rules.behavior.hidden() ? estimate : preference;
      if (picks.size() >= REMEMBERED) {
        slate.add(picks.get(REMEMBERED - 1));
        if (reactions.get(0) == Reaction.DISLIKE || steps.get(0) % 5 == 4) {
          slate.addAdvertisement(byDistance(new float[D]).get(0));
        }
      }
      List<Integer> all = allowed();
      if (movement < 0.15) {
        slate.add(all.get(random.nextInt(all.size())));
      }
      int wanted = Math.min(K, all.size());
      if ((user + step) % 3 == 0) {
        for (int vain = 0; slate.size() < wanted && vain < 64; ) {
          vain = slate.add(all.get(random.nextInt(all.size()))) ? 0 : vain + 1;
        }
        while (slate.size() < wanted && !all.isEmpty()) {
          int place = random.nextInt(all.size());
          slate.add(all.get(place));
          all.set(place, all.getLast());
          all.removeLast();
        }
      } else {
        for (int item : byDistance(known)) {
          if (slate.size() < wanted) {
            slate.add(item);
          }
        }
      }
    }

    private List<Integer> allowed() {
      return new ArrayList<>(
          IntStream.range(0, ITEMS)
              .filter(item -> rules.eligible == null || rules.eligible.contains(item))
              .boxed()
              .toList());
    }

    private List<Integer> byDistance(float[] point) {
      List<Integer> items = allowed();
      items.sort(Comparator.comparingDouble(item -> distance(point, item(item))));
      return items;
    }

    private int rank(double uniform) {
      int size = slate.size();
      double[] weights = new double[size];
      for (int rank = 0; rank < size; rank++) {
        double share = (rank == 0 ? 2.0 : 1.0) / (size + 1);
        double far = distance(preference, item(slate.item(rank))) / FARTHEST;
        weights[rank] = share * Math.exp(-rules.strength * far);
      }
      double left = uniform * Arrays.stream(weights).sum();
      int rank = 0;
      while (rank < size - 1 && left >= weights[rank]) {
        left -= weights[rank++];
      }
      return rank;
    }

    private int unlessPassedOver(RandomStreams random, int first) {
      int size = slate.size();
      for (int tried = 0; tried < size; tried++) {
        int rank = (first + tried) % size;
        double wary = slate.advertisement(rank) ? rules.behavior.wariness() : 0;
        if (random.nextDouble() < (1 - boredom(slate.item(rank))) * (1 - wary)) {
          return rank;
        }
      }
      return -1;
    }

    private List<Integer> shown() {
      return IntStream.range(0, slate.size()).mapToObj(slate::item).toList();
    }

    private static int region(float[] item) {
      return IntStream.range(0, D).map(j -> item[j] > 0 ? 1 << j : 0).sum();
    }

    private double boredom(int item) {
      double most =
          Math.max(satiation[region(item(item))], satiation[(1 << D) + catalog.author(item)]);
      return rules.behavior.boredom() * most;
    }

    private void after(int picked, double liking, RandomStreams random) {
      for (int kind = 0; kind < satiation.length; kind++) {
        boolean met =
            picked != ItemCatalog.NONE
                && (kind == region(item(picked)) || kind == (1 << D) + catalog.author(picked));
        double target = met ? 1 : 0;
        satiation[kind] += (float) (rules.behavior.recovery() * (target - satiation[kind]));
      }
      content += 0.2 * (Math.max(0, liking) - content);
      if (rules.behavior.leaving() > 0) {
        gone = random.nextDouble() < rules.behavior.leaving() * (1 - content);
      }
    }

    private void learn(float[] item) {
      double rate = 0.2;
      if (rules.feedback.given()) {
        rate =
            switch (reaction) {
              case NONE -> 0.05;
              case LIKE -> 0.2;
              case DOUBLE_LIKE -> 0.4;
              case DISLIKE -> -0.05;
            };
      }
      for (int j = 0; j < D; j++) {
        estimate[j] += (float) (rate * (item[j] - estimate[j]));
        estimate[j] = rate < 0 ? Math.clamp(estimate[j], -1f, 1f) : estimate[j];
      }
    }

    void assertSame(StepState state, int user) {
      String what = "step " + state.step() + " user " + user;
      assertEquals(present, state.present(user), what);
      assertEquals(gamer, state.gamer(user), what);
      assertEquals(slate.size(), state.shown(user), what);
      for (int rank = 0; rank < slate.size(); rank++) {
        assertEquals(slate.item(rank), state.item(user, rank), what);
        assertEquals(slate.advertisement(rank), state.advertisement(user, rank), what);
      }
      assertEquals(chosen, state.chosen(user), what);
      for (int j = 0; j < D; j++) {
        assertEquals(preference[j], state.preference(user, j), 1e-5, what);
        assertEquals(origin[j], state.origin(user, j), what);
        float known = rules.behavior.hidden() ? estimate[j] : preference[j];
        assertEquals(known, state.estimate(user, j), 1e-5, what);
      }
      if (present) {
        assertEquals(satisfaction, state.satisfaction(user), 1e-5, what);
        assertEquals(reaction, state.reaction(user), what);
      }
    }
  }

  private float[] item(int item) {
    float[] attributes = new float[D];
    catalog.read(item, attributes);
    return attributes;
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int j = 0; j < D; j++) {
      squares += ((double) a[j] - b[j]) * ((double) a[j] - b[j]);
    }
    return Math.sqrt(squares);
  }

  /** The rank of the item nearest to a point. */
  private int nearest(float[] point, List<Integer> items) {
    return IntStream.range(0, items.size())
        .boxed()
        .min(Comparator.comparingDouble(rank -> distance(point, item(items.get(rank)))))
        .orElseThrow();
  }

  private List<User> check(Case rules, int threads) {
    long seed = 3;
    int replication = 2;
    RandomStreams random = new RandomStreams(seed, replication);
    List<User> users =
        IntStream.range(0, USERS).mapToObj(user -> new User(rules, random, user)).toList();
    int steps =
        new Simulation(catalog, new Curious())
            .size(USERS, STEPS, K)
            .seed(seed, replication)
            .choice(rules.choice())
            .drift(DRIFT)
            .behavior(rules.behavior)
            .feedback(rules.feedback)
            .perAuthor(rules.perAuthor)
            .eligible(rules.eligible)
            .threads(threads)
            .run(
                state -> {
                  for (int user = 0; user < USERS; user++) {
                    if (state.step() > 0) {
                      users.get(user).step(random, state.step(), user);
                    }
                    users.get(user).assertSame(state, user);
                  }
                });
    assertEquals(STEPS, steps);
    return users;
  }

  private static ItemSet some(int count) {
    ItemSet set = ItemSet.unbound(ITEMS);
    new Random(2).ints(0, ITEMS).distinct().limit(count).forEach(set::add);
    return set;
  }

  @Test
  void thePlainModel() {
    check(new Case(0, Behavior.NONE, ReactionRates.NONE, K, null), 1);
  }

  @Test
  void picksByLikingAndReactions() {
    check(new Case(6, Behavior.NONE, FRANK, K, null), 3);
    List<User> users = check(new Case(0, Behavior.NONE, FRANK, K, null), 1);
    for (Reaction each : Reaction.values()) {
      assertTrue(users.stream().anyMatch(user -> user.reactions.contains(each)), each::toString);
    }
  }

  @Test
  void fewItemsThatMayBeShown() {
    check(new Case(0, Behavior.NONE, ReactionRates.NONE, K, some(4)), 2);
    check(new Case(0, Behavior.NONE, FRANK, K, some(9)), 2);
  }

  @Test
  void fewItemsOfAnAuthor() {
    check(new Case(2, Behavior.NONE, ReactionRates.NONE, 1, null), 2);
    check(new Case(2, Behavior.NONE, ReactionRates.NONE, 2, some(12)), 2);
  }

  @Test
  void eachBehavior() {
    for (Behavior behavior :
        List.of(
            new Behavior(0.6, 0.3, false, 0, 0, 0),
            new Behavior(0, 0.2, true, 0, 0, 0),
            new Behavior(0, 0.2, false, 0.4, 0, 0),
            new Behavior(0, 0.2, false, 0, 0.5, 0),
            new Behavior(0, 0.2, false, 0, 0, 0.7))) {
      check(new Case(0, behavior, ReactionRates.NONE, K, null), 1);
      check(new Case(1, behavior, FRANK, 3, null), 2);
    }
  }

  @Test
  void everythingAtOnce() {
    Behavior all = new Behavior(0.9, 0.4, true, 0.2, 0.3, 0.5);
    List<User> users = check(new Case(3, all, FRANK, 2, some(30)), 2);
    assertTrue(users.stream().anyMatch(user -> user.gone));
    assertTrue(users.stream().anyMatch(user -> user.gamer));
  }

  @Test
  void whoIsFedUpPicksNothing() {
    Behavior fedUp = new Behavior(1, 1, false, 0, 0, 0);
    List<User> users = check(new Case(0, fedUp, FRANK, K, some(1)), 1);
    assertTrue(users.stream().allMatch(user -> user.chosen < 0), "at every other step");
    check(new Case(0, fedUp, ReactionRates.NONE, K, some(1)), 1);
    Behavior nearly = new Behavior(0.9, 1, false, 0, 0, 0);
    check(new Case(0, nearly, ReactionRates.NONE, K, some(1)), 1);
  }
}

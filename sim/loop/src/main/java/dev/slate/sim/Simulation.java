package dev.slate.sim;

import dev.slate.kernel.ItemSet;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.engine.StepEngine;
import dev.slate.sim.engine.UserModel;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of the loop: at each step every user is shown a slate, picks from it, and the pick moves
 * her.
 *
 * <p>One seed decides everything. Each user has at each step a random stream of her own, the
 * counter of a Philox generator (Salmon et al. 2011) keyed by seed and replication, so the outcome
 * does not depend on the number of threads. A user's own draws (the uniform that picks the rank,
 * the noise of the drift) come before those of the selector: two selectors are compared with the
 * same random numbers.
 *
 * <p>Cost: users x steps x (one call of the selector + O(d)). Memory: about {@code users x (12 d +
 * 5 k + 16)} bytes. Not thread-safe; configure, then {@link #run}.
 */
public final class Simulation {
  private final ItemCatalog catalog;
  private final Selector selector;
  private int users = 30;
  private int steps = 30;
  private int k = 5;
  private long seed = 7;
  private int replication;
  private int threads = 1;
  private Choice choice = BetaChoice.DEFAULT;
  private Drift drift = ExposureDrift.DEFAULT;
  private Behavior behavior = Behavior.NONE;
  private ReactionRates feedback = ReactionRates.NONE;
  private float @Nullable [] start;
  private List<Integer> editorial = List.of();
  private boolean disclose = true;
  private @Nullable ItemSet eligible;
  private int perAuthor = Integer.MAX_VALUE;
  private BooleanSupplier stop = () -> false;

  /**
   * Prepares a run of 30 users, 30 steps, slates of 5, seed 7, on one thread.
   *
   * @param catalog the items
   * @param selector the selector that fills the slates; a new instance for each run
   */
  public Simulation(ItemCatalog catalog, Selector selector) {
    this.catalog = Objects.requireNonNull(catalog, "catalogue");
    this.selector = Objects.requireNonNull(selector, "selector");
  }

  /**
   * Name of a user.
   *
   * @param user the user, from 0
   * @return the same name in every run
   */
  public static String userName(int user) {
    return UserNames.of(user);
  }

  /**
   * Sets the size of the run.
   *
   * @param users number of users, at least 1
   * @param steps number of steps, at least 0
   * @param k size of a slate, at least 1
   * @return this
   * @throws IllegalArgumentException if a number is too small
   */
  public Simulation size(int users, int steps, int k) {
    if (users < 1 || steps < 0 || k < 1) {
      throw new IllegalArgumentException(
          "users = " + users + ", steps = " + steps + ", slate = " + k);
    }
    this.users = users;
    this.steps = steps;
    this.k = k;
    return this;
  }

  /**
   * Sets what decides the outcome.
   *
   * @param seed any number
   * @param replication which of many independent runs with this seed, from 0
   * @return this
   */
  public Simulation seed(long seed, int replication) {
    this.seed = seed;
    this.replication = replication;
    return this;
  }

  /**
   * Sets how many threads run, which changes the time only.
   *
   * @param threads at least 1
   * @return this
   * @throws IllegalArgumentException if threads is below 1
   */
  public Simulation threads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but it is " + threads);
    }
    this.threads = threads;
    return this;
  }

  /**
   * Replaces how users pick.
   *
   * @param choice the distribution over ranks
   * @return this
   */
  public Simulation choice(Choice choice) {
    this.choice = Objects.requireNonNull(choice, "choice");
    return this;
  }

  /**
   * Replaces how picks move users.
   *
   * @param drift the movement
   * @return this
   */
  public Simulation drift(Drift drift) {
    this.drift = Objects.requireNonNull(drift, "drift");
    return this;
  }

  /**
   * Sets what users say about their picks.
   *
   * @param feedback nothing unless set
   * @return this
   */
  public Simulation feedback(ReactionRates feedback) {
    this.feedback = Objects.requireNonNull(feedback, "feedback");
    return this;
  }

  /**
   * Sets where users start, in place of uniform draws from the cube [-1, 1]^d.
   *
   * @param start users x d attributes, row by row; copied
   * @return this
   */
  public Simulation start(float[] start) {
    this.start = start.clone();
    return this;
  }

  /**
   * Sets the behavior that the plain model leaves out.
   *
   * @param behavior the deviations from the plain model
   * @return this
   */
  public Simulation behavior(Behavior behavior) {
    this.behavior = Objects.requireNonNull(behavior, "habits");
    return this;
  }

  /**
   * Sets the hand-given list of the selector {@code editorial}.
   *
   * @param ordinals items, best first
   * @return this
   */
  public Simulation editorial(List<Integer> ordinals) {
    this.editorial = List.copyOf(ordinals);
    return this;
  }

  /**
   * Sets whether advertisements are shown as such.
   *
   * @param disclose true unless set
   * @return this
   */
  public Simulation disclose(boolean disclose) {
    this.disclose = disclose;
    return this;
  }

  /**
   * Restricts what may be shown.
   *
   * @param eligible items over the catalogue's n; null for all
   * @return this
   */
  public Simulation eligible(@Nullable ItemSet eligible) {
    this.eligible = eligible;
    return this;
  }

  /**
   * Limits how many items of one author a slate may hold.
   *
   * @param perAuthor at least 1
   * @return this
   * @throws IllegalArgumentException if it is below 1
   */
  public Simulation perAuthor(int perAuthor) {
    if (perAuthor < 1) {
      throw new IllegalArgumentException("perAuthor must be at least 1, but it is " + perAuthor);
    }
    this.perAuthor = perAuthor;
    return this;
  }

  /**
   * Sets what ends the run before its last step. Asked after each step.
   *
   * @param stop true to end
   * @return this
   */
  public Simulation stopWhen(BooleanSupplier stop) {
    this.stop = Objects.requireNonNull(stop, "stop");
    return this;
  }

  /**
   * Runs.
   *
   * @param observers called in order after each step
   * @return how many steps were taken
   * @throws SettingException if the selector cannot work in this setting, no item may be shown, or
   *     the users do not fit in memory
   */
  public int run(StepObserver... observers) {
    int shownItems = eligible == null ? catalog.size() : eligible.size();
    if (shownItems == 0) {
      throw new SettingException(Setting.CATALOG, "no item may be shown: the filters leave none");
    }
    if (start != null && start.length != (long) users * catalog.dimensions()) {
      throw new SettingException(
          Setting.USERS,
          start.length + " attributes are not " + users + " x " + catalog.dimensions());
    }
    RunSettings settings = new RunSettings(catalog, k, editorial, disclose, eligible, shownItems);
    StepEngine engine =
        new StepEngine(
            settings,
            selector,
            users,
            new UserModel(choice, drift, behavior, feedback),
            perAuthor,
            seed,
            replication,
            threads,
            start);
    return engine.run(steps, List.of(observers), stop);
  }
}

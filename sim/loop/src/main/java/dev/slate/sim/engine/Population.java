package dev.slate.sim.engine;

import dev.slate.sim.Behavior;
import dev.slate.sim.Reaction;
import dev.slate.sim.RunSettings;
import dev.slate.sim.SettingException;
import dev.slate.sim.SettingException.Setting;
import dev.slate.sim.StepState;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * State of all users, in arrays. Row u of each belongs to user u; one thread at a time writes it.
 */
final class Population implements StepState {
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  final RunSettings settings;
  final int users;
  final int d;
  final int k;
  final float[] preference;
  final float[] origin;
  final float[] estimate;
  final boolean hidden;
  final float[] recentMovement;
  final float[] satisfaction;
  final int[] shown;
  final int[] items;
  final boolean[] advertised;
  final int[] chosen;
  final boolean[] present;
  final boolean[] gone;
  final boolean[] gamer;
  final Reaction[] reaction;
  final PickLog log;
  int step;

  Population(RunSettings settings, int users, Behavior behavior, boolean feedback, int history) {
    this.settings = settings;
    this.users = users;
    this.d = settings.catalog().dimensions();
    this.k = Math.min(settings.k(), settings.eligibleItems());
    check(behavior, feedback, history);
    this.preference = new float[users * d];
    this.origin = new float[users * d];
    this.hidden = behavior.hidden();
    this.estimate = behavior.hidden() ? new float[users * d] : preference;
    this.recentMovement = new float[users];
    this.satisfaction = new float[users];
    this.shown = new int[users];
    this.items = new int[users * k];
    this.advertised = new boolean[users * k];
    this.chosen = new int[users];
    this.present = new boolean[users];
    this.gone = new boolean[users];
    this.gamer = new boolean[behavior.gamers() > 0 ? users : 0];
    this.reaction = new Reaction[feedback ? users : 0];
    this.log = new PickLog(users, history);
  }

  private void check(Behavior behavior, boolean feedback, int history) {
    long satiations = behavior.boredom() > 0 ? BehaviorModel.satiations(settings.catalog()) : 0;
    long floats = (behavior.hidden() ? 3L : 2L) * d + satiations;
    long bytes = users * (4 * floats + 5L * k + 18 + (feedback ? 4 : 0) + 12L * history);
    long heap = Runtime.getRuntime().maxMemory();
    long widest = Math.max(Math.max(satiations, history), Math.max(d, k));
    if (users * widest > LONGEST || bytes > heap - heap / 4) {
      throw new SettingException(
          Setting.USERS,
          users
              + " users need about "
              + ((bytes >> 20) + 1)
              + " MB, but the heap has "
              + (heap >> 20)
              + " MB; SLATE_JAVA_OPTS=-Xmx... enlarges it");
    }
  }

  /**
   * Puts everybody at her start.
   *
   * @param start users x d attributes, row by row; null for uniform draws from the cube
   */
  void begin(RandomStreams random, float @Nullable [] start) {
    step = 0;
    Arrays.fill(present, true);
    Arrays.fill(chosen, -1);
    Arrays.fill(reaction, Reaction.NONE);
    Arrays.fill(recentMovement, Float.POSITIVE_INFINITY);
    for (int user = 0; user < users; user++) {
      if (start != null) {
        System.arraycopy(start, user * d, preference, user * d, d);
        continue;
      }
      random.enter(RandomStreams.Purpose.BIRTH, 0, user);
      for (int at = user * d; at < (user + 1) * d; at++) {
        preference[at] = random.nextFloat(-1f, Math.nextUp(1f));
      }
    }
    System.arraycopy(preference, 0, origin, 0, preference.length);
  }

  /** Whether a user still takes part, decided when her step begins. */
  boolean enters(int user) {
    if (gone[user]) {
      present[user] = false;
      shown[user] = 0;
      chosen[user] = -1;
    }
    return present[user];
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public RunSettings settings() {
    return settings;
  }

  @Override
  public int users() {
    return users;
  }

  @Override
  public boolean present(int user) {
    return present[user];
  }

  @Override
  public float preference(int user, int attribute) {
    return preference[user * d + attribute];
  }

  @Override
  public float origin(int user, int attribute) {
    return origin[user * d + attribute];
  }

  @Override
  public float estimate(int user, int attribute) {
    return estimate[user * d + attribute];
  }

  @Override
  public int shown(int user) {
    return shown[user];
  }

  @Override
  public int item(int user, int rank) {
    return items[user * k + rank];
  }

  @Override
  public boolean advertisement(int user, int rank) {
    return advertised[user * k + rank];
  }

  @Override
  public int chosen(int user) {
    return chosen[user];
  }

  @Override
  public Reaction reaction(int user) {
    return reaction.length == 0 ? Reaction.NONE : reaction[user];
  }

  @Override
  public boolean gamer(int user) {
    return gamer.length > 0 && gamer[user];
  }

  @Override
  public float satisfaction(int user) {
    return satisfaction[user];
  }
}

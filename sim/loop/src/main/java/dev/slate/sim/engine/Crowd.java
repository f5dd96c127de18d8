package dev.slate.sim.engine;

import dev.slate.data.InputException;
import dev.slate.sim.Habits;
import dev.slate.sim.Moment;
import dev.slate.sim.Setting;
import java.util.Arrays;

/**
 * Everybody's state, in arrays: row u of each belongs to user u, and one thread writes it at a
 * time.
 */
final class Crowd implements Moment {
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  final Setting setting;
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
  int step;

  Crowd(Setting setting, int users, Habits habits) {
    this.setting = setting;
    this.users = users;
    this.d = setting.world().dimensions();
    this.k = Math.min(setting.k(), setting.eligibleItems());
    check(habits);
    this.preference = new float[users * d];
    this.origin = new float[users * d];
    this.hidden = habits.hidden();
    this.estimate = habits.hidden() ? new float[users * d] : preference;
    this.recentMovement = new float[users];
    this.satisfaction = new float[users];
    this.shown = new int[users];
    this.items = new int[users * k];
    this.advertised = new boolean[users * k];
    this.chosen = new int[users];
    this.present = new boolean[users];
    this.gone = new boolean[users];
  }

  private void check(Habits habits) {
    long satiations = habits.boredom() > 0 ? Temper.satiations(setting.world()) : 0;
    long floats = (habits.hidden() ? 3L : 2L) * d + satiations;
    long bytes = users * (4 * floats + 5L * k + 18);
    long heap = Runtime.getRuntime().maxMemory();
    long widest = Math.max(satiations, Math.max(d, k));
    if (users * widest > LONGEST || bytes > heap - heap / 4) {
      throw new InputException(
          "--users",
          users
              + " users need about "
              + ((bytes >> 20) + 1)
              + " MB, but the heap has "
              + (heap >> 20)
              + " MB; SLATE_JAVA_OPTS=-Xmx... enlarges it");
    }
  }

  /** Puts everybody at her start. */
  void begin(Luck luck) {
    step = 0;
    Arrays.fill(present, true);
    Arrays.fill(chosen, -1);
    Arrays.fill(recentMovement, Float.POSITIVE_INFINITY);
    for (int user = 0; user < users; user++) {
      luck.enter(Luck.Purpose.BIRTH, 0, user);
      for (int at = user * d; at < (user + 1) * d; at++) {
        preference[at] = luck.nextFloat(-1f, Math.nextUp(1f));
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
  public Setting setting() {
    return setting;
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
  public float satisfaction(int user) {
    return satisfaction[user];
  }
}

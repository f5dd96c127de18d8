package dev.slate.sim.exercise;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.Selector;
import dev.slate.sim.Simulation;
import dev.slate.sim.catalog.CatalogLoader;
import dev.slate.sim.exercise.Exercise.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Checks of a selector by the slates of one step on the built-in catalogue. A random count may be
 * off by four standard deviations.
 */
final class Findings {
  private static final int USERS = 2_000;
  private static final int K = 5;
  private static final double DEVIATIONS = 4;

  private final ItemCatalog catalog = CatalogLoader.open("memotion", null, 7);
  private final List<int[]> slates = new ArrayList<>();
  private final List<int[]> nearest = new ArrayList<>();
  private final List<Boolean> disclosed = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  private Findings(Supplier<Selector> selector) {
    Searcher searcher = catalog.index().searcher();
    Slate close = new Slate(K);
    float[] preference = new float[catalog.dimensions()];
    new Simulation(catalog, selector.get())
        .size(USERS, 1, K)
        .run(
            state -> {
              for (int user = 0; state.step() == 1 && user < USERS; user++) {
                int[] slate = new int[state.shown(user)];
                int[] near = new int[K];
                for (int j = 0; j < preference.length; j++) {
                  preference[j] = state.origin(user, j);
                }
                searcher.search(preference, close);
                for (int rank = 0; rank < slate.length; rank++) {
                  slate[rank] = state.item(user, rank);
                  near[rank] = close.ordinal(rank);
                }
                slates.add(slate);
                nearest.add(near);
                disclosed.add(state.advertisement(user, 1));
              }
            });
  }

  static List<Finding> random(Supplier<Selector> selector) {
    Findings of = new Findings(selector);
    of.spread(0, "all places are drawn from the whole catalogue", Set.of());
    of.blind();
    return of.findings;
  }

  static List<Finding> advertisement(Supplier<Selector> selector) {
    Findings of = new Findings(selector);
    int promoted = of.catalog.promoted();
    of.every(
        "the promoted item is second on every slate", user -> of.slates.get(user)[1] == promoted);
    of.every("it is disclosed", user -> of.disclosed.get(user));
    of.spread(1, "the other places are drawn from the whole catalogue", Set.of(promoted));
    of.blind();
    return of.findings;
  }

  static List<Finding> nearest(Supplier<Selector> selector) {
    Findings of = new Findings(selector);
    of.every(
        "the slate is the 5 nearest items, nearest first",
        user -> Arrays.equals(of.slates.get(user), of.nearest.get(user)));
    return of.findings;
  }

  static List<Finding> compromise(Supplier<Selector> selector) {
    Findings of = new Findings(selector);
    int plain = 0;
    for (int user = 0; user < USERS; user++) {
      plain += Arrays.equals(of.slates.get(user), of.nearest.get(user)) ? 1 : 0;
    }
    of.about(
        "half of the slates are the 5 nearest items",
        "are",
        plain,
        USERS / 2.0,
        Math.sqrt(USERS) / 2);
    of.every(
        "the last three places are always those of the nearest items",
        user -> {
          for (int rank = 2; rank < K; rank++) {
            if (of.slates.get(user)[rank] != of.nearest.get(user)[rank]) {
              return false;
            }
          }
          return true;
        });
    of.every(
        "what comes first instead is from elsewhere",
        user -> {
          int[] slate = of.slates.get(user);
          int[] near = of.nearest.get(user);
          boolean same = slate[0] == near[0] && slate[1] == near[1];
          return same || (absent(near, slate[0]) && absent(near, slate[1]));
        });
    return of.findings;
  }

  private static boolean absent(int[] items, int item) {
    for (int other : items) {
      if (other == item) {
        return false;
      }
    }
    return true;
  }

  /** Whether something holds for one user. */
  private interface Holds {
    boolean of(int user);
  }

  private void every(String text, Holds holds) {
    for (int user = 0; user < USERS; user++) {
      if (!holds.of(user)) {
        findings.add(
            new Finding(
                false,
                text
                    + ": not for user "
                    + user
                    + ", whose slate is "
                    + Arrays.toString(slates.get(user))
                    + " and whose nearest items are "
                    + Arrays.toString(nearest.get(user))));
        return;
      }
    }
    findings.add(new Finding(true, text));
  }

  private void about(String text, String counted, double found, double expected, double deviation) {
    boolean right = Math.abs(found - expected) <= DEVIATIONS * deviation;
    findings.add(
        new Finding(
            right,
            right
                ? text
                : "%s: %.0f %s where about %.0f are expected"
                    .formatted(text, found, counted, expected)));
  }

  /** Draws with replacement from n items leave n (1 - 1/n)^m of them out. */
  private void spread(int fixedPlaces, String text, Set<Integer> aside) {
    Set<Integer> seen = new HashSet<>();
    for (int[] slate : slates) {
      for (int item : slate) {
        if (!aside.contains(item)) {
          seen.add(item);
        }
      }
    }
    double n = catalog.size() - aside.size();
    double missed = n * Math.pow(1 - 1 / n, (double) USERS * (K - fixedPlaces));
    about(text, "items are never shown", n - seen.size(), missed, Math.sqrt(missed));
  }

  /** The first item is no nearer to the user than to the next user. */
  private void blind() {
    float[] row = new float[catalog.dimensions()];
    int nearer = 0;
    float[][] near = new float[USERS][];
    for (int user = 0; user < USERS; user++) {
      near[user] = new float[row.length];
      catalog.read(nearest.get(user)[0], near[user]);
    }
    for (int user = 0; user < USERS; user++) {
      catalog.read(slates.get(user)[0], row);
      nearer += distance(row, near[user]) < distance(row, near[(user + 1) % USERS]) ? 1 : 0;
      nearer += distance(row, near[user]) == distance(row, near[(user + 1) % USERS]) ? user % 2 : 0;
    }
    about(
        "what a user likes plays no part: half of the first items are nearer to the next user",
        "are",
        nearer,
        USERS / 2.0,
        Math.sqrt(USERS) / 2);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      double t = (double) a[j] - b[j];
      sum += t * t;
    }
    return sum;
  }
}

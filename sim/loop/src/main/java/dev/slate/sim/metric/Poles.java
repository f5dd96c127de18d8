package dev.slate.sim.metric;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.StepState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far users are from the items, over the first 2,000 users: the distance to the nearest item,
 * the share of users who have settled at a pole, which is an item within {@value #SETTLED}, and the
 * number of poles. On the built-in catalogue, whose levels are 0.5 apart, that is half the way to
 * the next level of one attribute. Items that are the same point are one pole.
 */
final class Poles {
  static final double SETTLED = 0.25;

  private static final int LIMIT = 2_000;

  private final Slate nearest = new Slate(1);
  private @Nullable Searcher searcher;
  private int step = -1;
  private double distance;
  private double settled;
  private double count;

  double distance(StepState state) {
    compute(state);
    return distance;
  }

  double settled(StepState state) {
    compute(state);
    return settled;
  }

  double count(StepState state) {
    compute(state);
    return count;
  }

  private void compute(StepState state) {
    if (state.step() == step) {
      return;
    }
    step = state.step();
    Searcher search = searcher == null ? state.settings().catalog().index().searcher() : searcher;
    searcher = search;
    float[] rows = UserSample.preferences(state, LIMIT);
    float[] preference = new float[state.settings().catalog().dimensions()];
    int n = rows.length / preference.length;
    double sum = 0;
    double within = 0;
    Set<Integer> poles = new HashSet<>();
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, i * preference.length, preference, 0, preference.length);
      search.search(preference, nearest);
      sum += nearest.distance(0);
      if (nearest.distance(0) <= SETTLED) {
        within++;
        poles.add(nearest.ordinal(0));
      }
    }
    distance = sum / n;
    settled = within / n;
    count = n == 0 ? Double.NaN : poles.size();
  }
}

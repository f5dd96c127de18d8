package dev.slate.sim.metric;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.StepState;
import org.jspecify.annotations.Nullable;

/** Mean distance from a user to the item nearest to her, over the first 2,000 users. */
final class NearestDistance implements MetricFunction {
  private static final int LIMIT = 2_000;

  private final Slate nearest = new Slate(1);
  private @Nullable Searcher searcher;

  @Override
  public double read(StepState state) {
    Searcher search = searcher == null ? state.settings().catalog().index().searcher() : searcher;
    searcher = search;
    float[] rows = UserSample.preferences(state, LIMIT);
    float[] preference = new float[state.settings().catalog().dimensions()];
    int n = rows.length / preference.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      System.arraycopy(rows, i * preference.length, preference, 0, preference.length);
      search.search(preference, nearest);
      sum += nearest.distance(0);
    }
    return sum / n;
  }
}

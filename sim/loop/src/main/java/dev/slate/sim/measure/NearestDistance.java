package dev.slate.sim.measure;

import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.Moment;
import org.jspecify.annotations.Nullable;

/** Mean distance from a user to the item nearest to her, over the first 2,000 users. */
final class NearestDistance implements Gauge {
  private static final int LIMIT = 2_000;

  private final Slate nearest = new Slate(1);
  private @Nullable Searcher searcher;

  @Override
  public double read(Moment moment) {
    Searcher search = searcher == null ? moment.setting().world().index().searcher() : searcher;
    searcher = search;
    float[] rows = Sample.preferences(moment, LIMIT);
    float[] preference = new float[moment.setting().world().dimensions()];
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

package dev.slate.spark;

import dev.slate.kernel.Metric;
import java.util.Arrays;
import java.util.List;

/**
 * Merges the answers of shards: the better score first, and of equal scores the smaller id, which
 * is the order of one index over all items sorted by id.
 */
final class Merge {
  private final Metric metric;
  private final int k;

  Merge(Metric metric, int k) {
    this.metric = metric;
    this.k = k;
  }

  /**
   * Merges. O(shards) for each item returned.
   *
   * @param shards the answers of each shard to the same queries
   * @return the best k of each query
   */
  Answers merge(List<Answers> shards) {
    if (shards.size() == 1) {
      return shards.getFirst();
    }
    Answers first = shards.getFirst();
    int[] ends = new int[first.ends().length];
    IdColumn.Builder ids = IdColumn.Builder.like(first.ids());
    int most = shards.stream().mapToInt(each -> each.scores().length).reduce(0, Math::addExact);
    float[] scores = new float[most];
    int[] at = new int[shards.size()];
    for (int query = 0; query < ends.length; query++) {
      for (int s = 0; s < at.length; s++) {
        at[s] = shards.get(s).start(query);
      }
      for (int taken = 0; taken < k; taken++) {
        int best = best(shards, at, query);
        if (best < 0) {
          break;
        }
        scores[ids.size()] = shards.get(best).scores()[at[best]];
        ids.add(shards.get(best).ids(), at[best]++);
      }
      ends[query] = ids.size();
    }
    int total = ids.size();
    return new Answers(ends, ids.build(), Arrays.copyOf(scores, total));
  }

  /** The shard whose next item is the best, or -1 if none is left. */
  private int best(List<Answers> shards, int[] at, int query) {
    int best = -1;
    for (int s = 0; s < at.length; s++) {
      Answers answers = shards.get(s);
      if (at[s] < answers.ends()[query]
          && (best < 0 || better(answers, at[s], shards.get(best), at[best]))) {
        best = s;
      }
    }
    return best;
  }

  private boolean better(Answers a, int i, Answers b, int j) {
    float x = a.scores()[i];
    float y = b.scores()[j];
    if (x < y || x > y) {
      return x > y == metric.largerIsBetter();
    }
    boolean nanX = Float.isNaN(x);
    if (nanX != Float.isNaN(y)) {
      return !nanX;
    }
    return a.ids().compare(i, b.ids(), j) < 0;
  }
}

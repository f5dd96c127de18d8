package dev.slate.recommend.model;

import dev.slate.recommend.Interactions;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retrieval;
import dev.slate.recommend.Retriever;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;

/** A model with an order of the items; it returns the first ones that meet the conditions. */
abstract class Ordered implements Retriever {
  private final String name;
  private final Interactions history;

  Ordered(String name, Interactions history) {
    this.name = name;
    this.history = history;
  }

  /** Length of the order. */
  abstract int items(Request request);

  /** The item at a place of the order; none comes twice. */
  abstract int item(Request request, int place);

  /** Its score, not larger than the one before. */
  abstract float score(Request request, int place);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Interactions history() {
    return history;
  }

  @Override
  public final Retrieval open() {
    IntOpenHashSet seen = new IntOpenHashSet();
    return (request, k, out) -> {
      seen.clear();
      if (request.excludeSeen()) {
        int user = request.user();
        for (int at = user < 0 ? 0 : history.start(user);
            user >= 0 && at < history.start(user + 1);
            at++) {
          seen.add(history.column(at));
        }
        for (int seed : request.seeds()) {
          seen.add(seed);
        }
      }
      out.clear();
      int n = items(request);
      for (int place = 0; place < n && out.size() < k; place++) {
        int item = item(request, place);
        if (!seen.contains(item) && ScoreBoard.passes(request, item)) {
          out.add(item, score(request, place));
        }
      }
    };
  }
}

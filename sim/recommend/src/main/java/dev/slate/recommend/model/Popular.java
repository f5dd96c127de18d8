package dev.slate.recommend.model;

import dev.slate.recommend.Candidates;
import dev.slate.recommend.Interactions;
import dev.slate.recommend.ModelKind;
import dev.slate.recommend.Request;
import dev.slate.recommend.Retriever;
import dev.slate.recommend.Training;

/** The same items for everybody: those with the most users. */
public final class Popular implements ModelKind {
  @Override
  public String name() {
    return "popular";
  }

  @Override
  public String description() {
    return "the items with the most users: the baseline to beat";
  }

  @Override
  public Retriever train(Training training) {
    return of(training.interactions());
  }

  /** Counts users. */
  public static Retriever of(Interactions history) {
    float[] users = new float[history.columns()];
    for (int entry = 0; entry < history.size(); entry++) {
      users[history.column(entry)]++;
    }
    Candidates order = new Candidates();
    for (int item = 0; item < users.length; item++) {
      if (users[item] > 0) {
        order.add(item, users[item]);
      }
    }
    order.sort();
    int[] items = new int[order.size()];
    for (int i = 0; i < items.length; i++) {
      items[i] = order.item(i);
    }
    return new Ordered("popular", history) {
      @Override
      int items(Request request) {
        return items.length;
      }

      @Override
      int item(Request request, int place) {
        return items[place];
      }

      @Override
      float score(Request request, int place) {
        return users[items[place]];
      }
    };
  }
}

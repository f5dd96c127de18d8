package dev.slate.sim.select;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.ItemCatalog;
import dev.slate.sim.RunSettings;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;
import dev.slate.sim.StepState;
import org.jspecify.annotations.Nullable;

/**
 * The last picks of the users with the closest preferences, closest first: the plainest form of
 * collaborative filtering. The kernel finds the neighbours. Where their picks do not fill the
 * slate, the nearest items do.
 */
public final class NeighbourhoodSelector implements Selector {
  private static final int NEIGHBOURS = 10;

  private int[] lastPicks = {};
  private int neighbours;
  private @Nullable ThreadLocal<Searcher> searchers;

  @Override
  public String name() {
    return "neighbourhood";
  }

  @Override
  public String description() {
    return "what the users with the closest preferences picked last";
  }

  @Override
  public void open(RunSettings settings) {
    neighbours = settings.k() + NEIGHBOURS;
  }

  @Override
  public void beforeStep(StepState state) {
    int d = state.settings().catalog().dimensions();
    float[] preferences = new float[state.users() * d];
    lastPicks = new int[state.users()];
    for (int user = 0; user < state.users(); user++) {
      int rank = state.chosen(user);
      lastPicks[user] = rank < 0 ? ItemCatalog.NONE : state.item(user, rank);
      for (int j = 0; j < d; j++) {
        preferences[user * d + j] = state.estimate(user, j);
      }
    }
    Index index = Index.builder(Catalog.of(preferences, d)).expectedK(neighbours).build();
    searchers = ThreadLocal.withInitial(index::searcher);
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    ThreadLocal<Searcher> local = searchers;
    if (local != null) {
      Slate close = new Slate(neighbours);
      local.get().search(context.preference(), close);
      for (int i = 0; i < close.size() && !slate.full(); i++) {
        int other = close.ordinal(i);
        if (other != context.user() && lastPicks[other] != ItemCatalog.NONE) {
          slate.add(lastPicks[other]);
        }
      }
    }
    context.fillNearest(context.preference(), slate);
  }
}

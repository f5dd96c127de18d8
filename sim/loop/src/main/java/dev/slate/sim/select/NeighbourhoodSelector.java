package dev.slate.sim.select;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import dev.slate.sim.Moment;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Setting;
import dev.slate.sim.Visit;
import dev.slate.sim.World;
import org.jspecify.annotations.Nullable;

/**
 * What the users with the closest preferences picked last, closest first: collaborative filtering
 * in its plainest form. The kernel finds the neighbours. Where they do not fill the slate, the
 * nearest items do.
 */
public final class NeighbourhoodSelector implements Selector {
  private static final int NEIGHBOURS = 10;

  private int[] lastPicks = {};
  private int neighbours;
  private @Nullable ThreadLocal<Searcher> people;

  @Override
  public String name() {
    return "neighbourhood";
  }

  @Override
  public String description() {
    return "what the users with the closest preferences picked last";
  }

  @Override
  public void open(Setting setting) {
    neighbours = setting.k() + NEIGHBOURS;
  }

  @Override
  public void beforeStep(Moment moment) {
    int d = moment.setting().world().dimensions();
    float[] preferences = new float[moment.users() * d];
    lastPicks = new int[moment.users()];
    for (int user = 0; user < moment.users(); user++) {
      int rank = moment.chosen(user);
      lastPicks[user] = rank < 0 ? World.NONE : moment.item(user, rank);
      for (int j = 0; j < d; j++) {
        preferences[user * d + j] = moment.estimate(user, j);
      }
    }
    Index index = Index.builder(Catalog.of(preferences, d)).expectedK(neighbours).build();
    people = ThreadLocal.withInitial(index::searcher);
  }

  @Override
  public void select(Visit visit, Offer offer) {
    ThreadLocal<Searcher> crowd = people;
    if (crowd != null) {
      Slate close = new Slate(neighbours);
      crowd.get().search(visit.preference(), close);
      for (int i = 0; i < close.size() && !offer.full(); i++) {
        int other = close.ordinal(i);
        if (other != visit.user() && lastPicks[other] != World.NONE) {
          offer.add(lastPicks[other]);
        }
      }
    }
    visit.fillNearest(visit.preference(), offer);
  }
}

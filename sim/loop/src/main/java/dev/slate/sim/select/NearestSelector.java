package dev.slate.sim.select;

import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Visit;

/** What is closest to the user's preference. */
public final class NearestSelector implements Selector {
  @Override
  public String name() {
    return "nearest";
  }

  @Override
  public String description() {
    return "the k items nearest to the user's preference";
  }

  @Override
  public void select(Visit visit, Offer offer) {
    visit.fillNearest(visit.preference(), offer);
  }
}

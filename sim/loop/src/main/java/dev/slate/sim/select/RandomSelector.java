package dev.slate.sim.select;

import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Visit;

/** Any k items. */
public final class RandomSelector implements Selector {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public String description() {
    return "any k items, each with the same probability";
  }

  @Override
  public void select(Visit visit, Offer offer) {
    visit.fillRandom(offer);
  }
}

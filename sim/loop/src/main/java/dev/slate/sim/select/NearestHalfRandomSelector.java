package dev.slate.sim.select;

import dev.slate.kernel.Slate;
import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Visit;

/**
 * The nearest, but every other time the places that matter most go to items from elsewhere, so that
 * the user may find what she did not look for.
 */
public final class NearestHalfRandomSelector implements Selector {
  private static final int REPLACED = 2;

  @Override
  public String name() {
    return "nearest-half-random";
  }

  @Override
  public String description() {
    return "the k nearest; half the time two random ones come first";
  }

  @Override
  public void select(Visit visit, Offer offer) {
    if (visit.random().nextBoolean()) {
      visit.fillNearest(visit.preference(), offer);
      return;
    }
    Slate nearest = visit.nearest(visit.preference(), offer.k());
    int others = visit.setting().eligibleItems() - nearest.size();
    int replaced = Math.min(REPLACED, Math.min(offer.k(), others));
    for (int vain = 0; offer.size() < replaced && vain < 10_000; vain++) {
      int item = visit.randomItem();
      if (!contains(nearest, item)) {
        offer.add(item);
      }
    }
    for (int i = replaced; i < nearest.size(); i++) {
      offer.add(nearest.ordinal(i));
    }
    visit.fillNearest(visit.preference(), offer);
  }

  private static boolean contains(Slate slate, int item) {
    for (int i = 0; i < slate.size(); i++) {
      if (slate.ordinal(i) == item) {
        return true;
      }
    }
    return false;
  }
}

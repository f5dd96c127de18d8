package dev.slate.sim.select;

import dev.slate.kernel.Slate;
import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

/**
 * The nearest items; with probability 1/2 the two best places go to random items from elsewhere, so
 * that the user may find something new.
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
  public void select(SelectorContext context, SlateBuilder slate) {
    if (context.random().nextBoolean()) {
      context.fillNearest(context.preference(), slate);
      return;
    }
    Slate nearest = context.nearest(context.preference(), slate.k());
    int others = context.settings().eligibleItems() - nearest.size();
    int replaced = Math.min(REPLACED, Math.min(slate.k(), others));
    for (int vain = 0; slate.size() < replaced && vain < 10_000; vain++) {
      int item = context.randomItem();
      if (!contains(nearest, item)) {
        slate.add(item);
      }
    }
    for (int i = replaced; i < nearest.size(); i++) {
      slate.add(nearest.ordinal(i));
    }
    context.fillNearest(context.preference(), slate);
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

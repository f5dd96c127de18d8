package dev.slate.sim.select;

import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

/** The items closest to the user's preference. */
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
  public void select(SelectorContext context, SlateBuilder slate) {
    context.fillNearest(context.preference(), slate);
  }
}

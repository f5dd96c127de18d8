package dev.slate.sim.select;

import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

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
  public void select(SelectorContext context, SlateBuilder slate) {
    context.fillRandom(slate);
  }
}

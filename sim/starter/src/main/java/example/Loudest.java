package example;

import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

/** Shows what is nearest to an exaggeration of the user. */
public final class Loudest implements Selector {
  @Override
  public String name() {
    return "loudest";
  }

  @Override
  public String description() {
    return "the items nearest to an exaggeration of the user";
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    float[] loud = context.preference().clone();
    for (int j = 0; j < loud.length; j++) {
      loud[j] *= 2;
    }
    context.fillNearest(loud, slate);
  }
}

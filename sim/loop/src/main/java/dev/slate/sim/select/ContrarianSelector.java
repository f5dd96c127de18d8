package dev.slate.sim.select;

import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContext;
import dev.slate.sim.SlateBuilder;

/** The nearest items until a user hardly moves any more; then items from the other side. */
public final class ContrarianSelector implements Selector {
  /** Moves shorter than this are those of a user who has converged. */
  static final float CONVERGED = 0.01f;

  @Override
  public String name() {
    return "contrarian";
  }

  @Override
  public String description() {
    return "the k nearest; the opposite once the user has converged";
  }

  @Override
  public void select(SelectorContext context, SlateBuilder slate) {
    float[] point = context.preference();
    if (context.recentMovement() < CONVERGED) {
      point = point.clone();
      for (int j = 0; j < point.length; j++) {
        point[j] = -point[j];
      }
    }
    context.fillNearest(point, slate);
  }
}

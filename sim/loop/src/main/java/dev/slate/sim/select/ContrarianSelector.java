package dev.slate.sim.select;

import dev.slate.sim.Offer;
import dev.slate.sim.Selector;
import dev.slate.sim.Visit;

/** The nearest, until a user hardly moves any more; then what lies on the other side. */
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
  public void select(Visit visit, Offer offer) {
    float[] point = visit.preference();
    if (visit.recentMovement() < CONVERGED) {
      point = point.clone();
      for (int j = 0; j < point.length; j++) {
        point[j] = -point[j];
      }
    }
    visit.fillNearest(point, offer);
  }
}

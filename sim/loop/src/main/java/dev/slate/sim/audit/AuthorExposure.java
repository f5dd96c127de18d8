package dev.slate.sim.audit;

import dev.slate.sim.Observer;
import dev.slate.sim.StepState;

/** Counts how often each author was shown. */
public final class AuthorExposure implements Observer {
  private final long[] counts;

  /** Counts into an array with a place for each author. */
  public AuthorExposure(long[] counts) {
    this.counts = counts;
  }

  @Override
  public void observe(StepState state) {
    for (int user = 0; user < state.users(); user++) {
      for (int rank = 0; rank < state.shown(user); rank++) {
        counts[state.settings().catalog().author(state.item(user, rank))]++;
      }
    }
  }
}

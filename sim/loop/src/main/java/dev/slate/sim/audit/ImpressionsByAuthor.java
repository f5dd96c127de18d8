package dev.slate.sim.audit;

import dev.slate.sim.Moment;
import dev.slate.sim.Observer;

/** Counts how often each author was shown. */
public final class ImpressionsByAuthor implements Observer {
  private final long[] counts;

  /** Counts into an array with a place for each author. */
  public ImpressionsByAuthor(long[] counts) {
    this.counts = counts;
  }

  @Override
  public void see(Moment moment) {
    for (int user = 0; user < moment.users(); user++) {
      for (int rank = 0; rank < moment.shown(user); rank++) {
        counts[moment.setting().world().author(moment.item(user, rank))]++;
      }
    }
  }
}

package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/**
 * One thread's way through an {@link Engine} for many queries at once: owns all scratch, allocates
 * nothing once warm.
 */
public interface BatchCursor {
  /** How many queries it takes at once, at most. */
  int capacity();

  /**
   * Offers to each query's selection every item that may be among its best, from the parts of the
   * work that this thread claims. Threads that share one batch have the same batch and shares, each
   * its own selections.
   *
   * @param batch at most {@link #capacity} queries
   * @param best a started selection for each query
   * @param shares one for each query, its bound; the first one also divides the work
   * @param counters receives what was looked at
   */
  void search(Batch batch, TopK[] best, Share[] shares, Counters counters);
}

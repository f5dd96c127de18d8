package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/**
 * One thread's way through an {@link Engine} for a group of queries: owns all scratch, allocates
 * nothing once warm.
 */
public interface GroupCursor {
  /** How many queries it takes at once, at most. */
  int capacity();

  /**
   * Offers to each query's selection every item that may be among its best, from the parts of the
   * work that this thread claims. Threads that share one group have the same group and shares, each
   * its own selections.
   *
   * @param group at most {@link #capacity} queries
   * @param best a started selection for each query
   * @param shares one for each query, its bound; the first one also divides the work
   * @param counters receives what was looked at
   */
  void search(QueryGroup group, TopK[] best, Share[] shares, Counters counters);
}

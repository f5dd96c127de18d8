package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/**
 * Queries of a batch that one thread has claimed, in the order in which {@link Cursor#arrange} put
 * them. None has a condition.
 */
public interface Claim {
  /** Number of queries. */
  int size();

  /** Turns query i into the {@link #request}, and starts its selection. */
  void start(int i);

  /** The query that was started last. */
  Request request();

  /** The selection that was started last. */
  TopK best();

  /** Takes what is now in {@link #best} for the answer to a query. */
  void finish(int i);

  /** A share of one thread. */
  Share share();
}

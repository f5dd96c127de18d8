package dev.slate.kernel.search;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.TopK;

/**
 * Consecutive queries of a batch that one thread has claimed, in the order in which {@link
 * Cursor#arrange} put them. None has a condition.
 */
public interface QueryRange {
  /** Number of queries. */
  int size();

  /** Compiles query i into {@link #query}, and starts its selection. */
  void start(int i);

  /** The query that was started last. */
  CompiledQuery query();

  /** The selection that was started last. */
  TopK best();

  /** Takes the candidates in {@link #best} as the answer to query i. */
  void finish(int i);

  /** The shared state of a search by one thread. */
  SharedSearch share();
}

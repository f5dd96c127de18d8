package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/** Where the answers of a batch go. Safe from many threads, each with queries of its own. */
public interface AnswerSink {
  /** Number of items that a query wants, from 1 to n, and 1 where n is 0. */
  int k(int query);

  /** Takes a query's answer. */
  void set(int query, TopK best);

  /**
   * Reads a word of the memory that a query's answer will be written to. Calls for several queries
   * in a row let their cache misses overlap.
   *
   * @return any value; the caller uses it, so that the compiler does not drop the read
   */
  long touch(int query);
}

package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/** Where the answers of a batch go. Safe from many threads, each with queries of its own. */
public interface AnswerSink {
  /** Number of items that a query wants, from 1 to n, and 1 where n is 0. */
  int k(int query);

  /** Takes a query's answer. */
  void set(int query, TopK best);

  /**
   * Reads a word of where a query's answer goes, so that the cache misses of several overlap.
   *
   * @return any value, to be used, so that the read is not left out
   */
  long touch(int query);
}

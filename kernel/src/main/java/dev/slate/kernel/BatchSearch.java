package dev.slate.kernel;

import dev.slate.kernel.search.Counters;

/** A way to answer a batch. Owns its scratch; for one calling thread at a time. */
interface BatchSearch {
  /**
   * Searches checked queries and adds up what was looked at.
   *
   * @param queries m x d, row-major
   * @param out receives the m answers
   * @param counters receives what was looked at
   */
  void run(float[] queries, Slate[] out, Counters counters);
}

package dev.slate.kernel.search;

/** A way to answer a batch. Owns its scratch; for one calling thread at a time. */
public interface BatchSearch {
  /**
   * Searches checked queries.
   *
   * @param queries m x d, row-major
   * @param count m
   * @param answers receives the m answers
   * @param counters receives the counts of the work
   */
  void run(float[] queries, int count, AnswerSink answers, Counters counters);
}

package dev.slate.recommend;

/** Orders retrieved candidates, on one thread. */
@FunctionalInterface
public interface Ranker {
  /**
   * Replaces the scores of candidates and sorts them.
   *
   * @param request who asks
   * @param candidates in the order of the retriever, with its scores
   */
  void rank(Request request, Candidates candidates);
}

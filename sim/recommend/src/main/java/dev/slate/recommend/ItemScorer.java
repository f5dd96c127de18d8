package dev.slate.recommend;

/** Scores given items for a request, on one thread: what rankers learn from. */
@FunctionalInterface
public interface ItemScorer {
  /**
   * Scores items, whether they were seen or not.
   *
   * @param request who asks; its conditions do not matter
   * @param items ordinals
   * @param scores receives a score for each; 0 where the model has no evidence
   */
  void score(Request request, Candidates items, float[] scores);
}

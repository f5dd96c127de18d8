package dev.slate.recommend;

/** Retrieves items on one thread. */
@FunctionalInterface
public interface Retrieval {
  /**
   * Finds the best items for a request.
   *
   * @param request who asks, and under which conditions
   * @param k how many, at least 1
   * @param out replaced by at most k items, best first, equal scores in order of ordinals; fewer,
   *     or none, where the model has no evidence for more
   * @throws IndexOutOfBoundsException if the user or a seed is not an ordinal of the model
   */
  void retrieve(Request request, int k, Candidates out);
}

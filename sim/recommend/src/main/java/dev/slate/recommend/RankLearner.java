package dev.slate.recommend;

import java.util.List;

/**
 * Learns to order candidates. Found by {@link java.util.ServiceLoader}, as {@link ModelKind} is.
 */
public interface RankLearner {
  /** What is optimised. */
  enum Objective {
    /** Each candidate on its own: the probability that it is relevant. */
    POINTWISE,
    /** Pairs of a relevant candidate and one that is not. */
    PAIRWISE,
    /** The whole list. */
    LISTWISE
  }

  /**
   * Lists of candidates to learn from.
   *
   * @param names of the features
   * @param rows one for each candidate, all lists one after the other, row-major
   * @param sizes number of candidates of each list
   * @param relevant one for each candidate
   */
  record Lists(List<String> names, float[] rows, int[] sizes, boolean[] relevant) {}

  /** A learned order. Safe from many threads. */
  @FunctionalInterface
  interface Scorer {
    /**
     * Scores candidates.
     *
     * @param rows features, row-major; may be longer than needed
     * @param count number of candidates
     * @param scores receives one for each, larger is better
     */
    void score(float[] rows, int count, float[] scores);
  }

  /**
   * The name on the command line.
   *
   * @return lower case words joined by hyphens
   */
  String name();

  /**
   * Learns.
   *
   * @param lists the candidates
   * @param objective what is optimised
   * @param settings of the learner
   * @param seed decides all that is random
   * @return the order
   */
  Scorer learn(Lists lists, Objective objective, Settings settings, long seed);
}

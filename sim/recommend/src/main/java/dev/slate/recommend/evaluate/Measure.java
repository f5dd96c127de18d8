package dev.slate.recommend.evaluate;

import java.util.Locale;

/** Figures of merit of one ranked list, from 0 to 1, larger is better. */
public enum Measure {
  /** Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002). */
  NDCG,
  /** Average precision, whose mean over queries is MAP. */
  MAP,
  /** As {@link #MAP}, divided by min(k, R): map_at_k of Microsoft recommenders. */
  MAP_AT_K,
  /** One divided by the rank of the first relevant item. */
  MRR,
  /** Share of the list that is relevant. */
  PRECISION,
  /** Share of what is relevant that is in the list. */
  RECALL,
  /** Whether the list has a relevant item: success, hit rate. */
  HIT,
  /** Precision after R items. */
  RPREC,
  /** Rank-biased precision (Moffat and Zobel 2008). */
  RBP;

  /** The name in options and files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Judges a list.
   *
   * @param list the list
   * @param k where to cut it, {@link Integer#MAX_VALUE} for nowhere
   * @param convention whose definition holds
   * @param persistence of rank-biased precision: the probability that a user goes on, in (0, 1)
   * @return a number in [0, 1]; 0 where nothing is relevant
   */
  double of(JudgedList list, int k, Convention convention, double persistence) {
    int relevant = list.relevant();
    int length = list.length(k);
    if (relevant == 0 || length == 0) {
      return 0;
    }
    return switch (this) {
      case NDCG -> ndcg(list, k, convention);
      case MAP -> precisions(list, k) / convention.averagePrecisionDivisor(k, relevant, length);
      case MAP_AT_K -> precisions(list, k) / Math.min(k, relevant);
      case MRR -> reciprocalRank(list, k);
      case PRECISION -> list.hits(k) / convention.precisionDivisor(k, length);
      case RECALL -> list.hits(k) / convention.recallDivisor(k, relevant);
      case HIT -> list.hits(k) > 0 ? 1 : 0;
      case RPREC -> (double) list.hits(Math.min(k, relevant)) / relevant;
      case RBP -> rankBiased(list, k, persistence);
    };
  }

  private static double ndcg(JudgedList list, int k, Convention convention) {
    double gained = 0;
    for (int i = 0; i < list.length(k); i++) {
      if (list.hit(i)) {
        gained += convention.gain(list.grades()[i]) / convention.discount(i + 1);
      }
    }
    int length = convention.idealLength(k, list.relevant());
    if (convention.idealIsFull() && k == Integer.MAX_VALUE) {
      length = list.grades().length;
    }
    double ideal = 0;
    for (int i = 0; i < length; i++) {
      float grade = i < list.relevant() ? list.ideal()[i] : 1;
      ideal += convention.gain(grade) / convention.discount(i + 1);
    }
    return gained / ideal;
  }

  /** The sum of the precisions at each relevant item. */
  private static double precisions(JudgedList list, int k) {
    double sum = 0;
    int hits = 0;
    for (int i = 0; i < list.length(k); i++) {
      if (list.hit(i)) {
        sum += (double) ++hits / (i + 1);
      }
    }
    return sum;
  }

  private static double reciprocalRank(JudgedList list, int k) {
    for (int i = 0; i < list.length(k); i++) {
      if (list.hit(i)) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  private static double rankBiased(JudgedList list, int k, double persistence) {
    double sum = 0;
    double reached = 1 - persistence;
    for (int i = 0; i < list.length(k); i++) {
      sum += list.hit(i) ? reached : 0;
      reached *= persistence;
    }
    return sum;
  }
}

package dev.slate.recommend.evaluate;

import java.util.Locale;

/**
 * The tool whose definitions of figures are used. Tools give the same names to different figures; R
 * is the number of relevant items of a query, L the length of its list, cut at k.
 *
 * <pre>
 *                  gain    discount          ideal list  divisor of AP   precision  recall     mean over queries
 * trec_eval        linear  log2(r + 1)       min(k, R)   R               k          R          in truth and run
 * ranx             linear  log2(r + 1)       min(k, R)   R               k          R          in truth
 * recbole          binary  log2(r + 1)       min(k, R)   min(k, R)       k          R          in truth
 * ms-recommenders  binary  log2(r + 1)       min(k, R)   R               k          R          in truth and run
 * lenskit          binary  log2(max(r, 2))   min(k, R)   min(R, L)       L          min(k, R)  in truth
 * rectools         binary  log2(r + 1)       k           R               k          R          in truth
 * </pre>
 *
 * <p>An item is relevant if its grade is above 0. Where the mean is over queries in the truth, a
 * query without a list counts as 0; where it is over queries in both, it is left out. A query
 * without a relevant item is left out, except by trec_eval, where it counts as 0. trec_eval sorts
 * by score as float32 and then by item, descending; the others keep the order of the list.
 */
public enum Convention {
  /** trec_eval 10. */
  TREC_EVAL(true, false, false, true),
  /** ranx. */
  RANX(true, false, false, false),
  /** RecBole. */
  RECBOLE(false, false, false, false),
  /** Microsoft recommenders. */
  MS_RECOMMENDERS(false, false, false, true),
  /** LensKit. */
  LENSKIT(false, true, false, false),
  /** RecTools. */
  RECTOOLS(false, false, true, false);

  private final boolean linearGain;
  private final boolean lateDiscount;
  private final boolean fullIdeal;
  private final boolean inBoth;

  Convention(boolean linearGain, boolean lateDiscount, boolean fullIdeal, boolean inBoth) {
    this.linearGain = linearGain;
    this.lateDiscount = lateDiscount;
    this.fullIdeal = fullIdeal;
    this.inBoth = inBoth;
  }

  /** The name in options and files. */
  public String word() {
    return this == TREC_EVAL ? "trec_eval" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The convention of that name, or null. */
  public static @org.jspecify.annotations.Nullable Convention of(String word) {
    for (Convention each : values()) {
      if (each.name().equalsIgnoreCase(word.strip().replace('-', '_'))) {
        return each;
      }
    }
    return null;
  }

  /** Whether the mean leaves out queries without a list. */
  public boolean averagesOverBoth() {
    return inBoth;
  }

  /** Whether a query without a relevant item counts. */
  boolean countsEmptyTruth() {
    return this == TREC_EVAL;
  }

  /** Whether ties of scores are broken by the name of the item, descending. */
  boolean ordersByScore() {
    return this == TREC_EVAL;
  }

  /**
   * Persistence of rank-biased precision unless another is asked for; 0.8 where a tool has none.
   */
  public double persistence() {
    return this == TREC_EVAL ? 0.9 : 0.8;
  }

  double gain(float grade) {
    return linearGain ? grade : 1;
  }

  double discount(int rank) {
    return Math.log(lateDiscount ? Math.max(rank, 2) : rank + 1) / Math.log(2);
  }

  /** Length of the ideal list. */
  int idealLength(int k, int relevant) {
    return fullIdeal ? k : Math.min(k, relevant);
  }

  /** The grade of a place of the ideal list past the last relevant item. */
  boolean idealIsFull() {
    return fullIdeal;
  }

  double averagePrecisionDivisor(int k, int relevant, int length) {
    return switch (this) {
      case RECBOLE -> Math.min(k, relevant);
      case LENSKIT -> Math.min(relevant, length);
      default -> relevant;
    };
  }

  double precisionDivisor(int k, int length) {
    return this == LENSKIT || k == Integer.MAX_VALUE ? length : k;
  }

  double recallDivisor(int k, int relevant) {
    return this == LENSKIT ? Math.min(k, relevant) : relevant;
  }
}

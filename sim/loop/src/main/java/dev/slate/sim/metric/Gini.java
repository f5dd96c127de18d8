package dev.slate.sim.metric;

import java.util.Arrays;

/** The Gini coefficient (1912): 0 if all have the same, 1 - 1/n if one has everything. */
public final class Gini {
  private Gini() {}

  /**
   * Measures inequality. O(n log n).
   *
   * @param amounts the amounts, at least 0; may be reordered
   * @return the coefficient; NaN if nobody has anything
   */
  public static double of(long[] amounts) {
    Arrays.sort(amounts);
    double sum = 0;
    double weighted = 0;
    for (int i = 0; i < amounts.length; i++) {
      sum += amounts[i];
      weighted += (2.0 * (i + 1) - amounts.length - 1) * amounts[i];
    }
    return sum == 0 ? Double.NaN : weighted / (amounts.length * sum);
  }
}

package dev.slate.bench.compare;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's step-down correction: the chance that even one of a family of true null hypotheses is
 * rejected stays below alpha, whatever the dependence between them. Holm, "A simple sequentially
 * rejective multiple test procedure", 1979.
 */
final class Holm {
  private Holm() {}

  /**
   * Adjusts a family of p values.
   *
   * @param p in any order
   * @return the adjusted values in the same order, at most 1: reject those below alpha
   */
  static double[] adjust(double[] p) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = Arrays.copyOf(p, p.length);
    double largest = 0;
    for (int step = 0; step < order.length; step++) {
      largest = Math.max(largest, Math.min(1, p[order[step]] * (p.length - step)));
      adjusted[order[step]] = largest;
    }
    return adjusted;
  }
}

package dev.slate.bench.history;

/**
 * The energy divergence of a split, from the distances of all pairs of values of a window.
 *
 * <p>For m values X and n values Y that follow them,
 *
 * <pre>
 * Q(X, Y) = mn / (m + n) * ( 2/(mn) sum |x - y|  -  2/(m(m-1)) sum |x - x'|  -  2/(n(n-1)) sum |y - y'| )
 * </pre>
 *
 * each sum over pairs: how far apart the two sides lie, beyond how far apart the values of each
 * side lie by themselves. Sums of blocks of the distance matrix come from its two-dimensional
 * prefix sums, so a split costs O(1) and the best of a segment of n values O(n^2). Source: Matteson
 * and James, "A nonparametric approach for multiple change point analysis of multivariate data",
 * Journal of the American Statistical Association 109, 2014, with alpha = 1.
 */
final class Divergence {
  private final double[][] prefix;

  Divergence(double[] values) {
    int n = values.length;
    prefix = new double[n + 1][n + 1];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        prefix[i + 1][j + 1] =
            Math.abs(values[i] - values[j]) + prefix[i][j + 1] + prefix[i + 1][j] - prefix[i][j];
      }
    }
  }

  /** A way to split a segment, and how far apart its sides are. */
  record Split(int index, double divergence) {}

  /**
   * The best split of a segment. The values after it may end before the segment does: a second
   * change further on would blur the first (Matteson and James, equation 5).
   *
   * @param start of the segment
   * @param end of the segment, exclusive, at least start + 2
   * @return the split of the largest divergence, the first of equals
   */
  Split best(int start, int end) {
    Split best = new Split(start + 1, Double.NEGATIVE_INFINITY);
    for (int split = start + 1; split < end; split++) {
      for (int stop = split + 1; stop <= end; stop++) {
        double divergence = of(start, split, stop);
        if (divergence > best.divergence) {
          best = new Split(split, divergence);
        }
      }
    }
    return best;
  }

  double of(int start, int split, int stop) {
    double m = split - start;
    double n = stop - split;
    double between = block(start, split, split, stop);
    double left = block(start, split, start, split) / 2;
    double right = block(split, stop, split, stop) / 2;
    return 2 / (m + n) * (between - share(n, m) * left - share(m, n) * right);
  }

  private static double share(double others, double own) {
    return own < 2 ? 0 : others / (own - 1);
  }

  private double block(int top, int bottom, int left, int right) {
    return prefix[bottom][right] - prefix[top][right] - prefix[bottom][left] + prefix[top][left];
  }
}

package dev.slate.data.cli;

/**
 * Range, mean and standard deviation of each column, of its finite values.
 *
 * <p>Mean and squared deviations are updated value by value (Welford 1962), which loses nothing to
 * cancellation where the mean is large.
 */
final class ColumnMoments {
  private final int d;
  private final long[] counts;
  private final float[] minima;
  private final float[] maxima;
  private final double[] means;
  private final double[] squares;

  ColumnMoments(int d) {
    this.d = d;
    this.counts = new long[d];
    this.minima = new float[d];
    this.maxima = new float[d];
    this.means = new double[d];
    this.squares = new double[d];
    java.util.Arrays.fill(minima, Float.POSITIVE_INFINITY);
    java.util.Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
  }

  void add(float[] rows, int count) {
    for (int r = 0, i = 0; r < count; r++) {
      for (int j = 0; j < d; j++) {
        float value = rows[i++];
        if (Float.isFinite(value)) {
          minima[j] = Math.min(minima[j], value);
          maxima[j] = Math.max(maxima[j], value);
          double delta = value - means[j];
          means[j] += delta / ++counts[j];
          squares[j] += delta * (value - means[j]);
        }
      }
    }
  }

  long count(int column) {
    return counts[column];
  }

  float min(int column) {
    return minima[column];
  }

  float max(int column) {
    return maxima[column];
  }

  double mean(int column) {
    return means[column];
  }

  /** The standard deviation of the values as a whole population: divided by their number. */
  double deviation(int column) {
    return Math.sqrt(squares[column] / counts[column]);
  }
}

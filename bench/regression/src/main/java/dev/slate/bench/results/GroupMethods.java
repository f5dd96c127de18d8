package dev.slate.bench.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells the methods of a group from the counters of a benchmark. JMH writes both as secondary
 * results in the unit of the score and does not say which is which, but the score of a group is
 * made of its methods: their sum in throughput mode, else their mean over the threads. Counters of
 * {@code @AuxCounters} have no such relation to it.
 */
final class GroupMethods {
  /** JMH prints doubles in full, so only its own summation rounds. */
  private static final double RELATIVE_ERROR = 1e-6;

  private GroupMethods() {}

  /**
   * Tells whether the score is made of the others.
   *
   * @param mode JMH's short label
   * @param score of the benchmark, by fork and iteration
   * @param others the secondary results in the same unit
   * @return whether they are the methods of a group
   */
  static boolean make(String mode, List<double[]> score, List<List<double[]>> others) {
    if (others.size() < 2 || score.isEmpty()) {
      return false;
    }
    List<double[]> columns = new ArrayList<>();
    double[] whole = flat(score);
    for (List<double[]> other : others) {
      double[] column = flat(other);
      if (column.length != whole.length) {
        return false;
      }
      columns.add(column);
    }
    double weight = Double.NaN;
    for (int i = 0; i < whole.length; i++) {
      if (mode.equals("thrpt") ? !isSum(whole[i], columns, i) : !isBetween(whole[i], columns, i)) {
        return false;
      }
      if (!mode.equals("thrpt") && columns.size() == 2) {
        double a = columns.get(0)[i];
        double b = columns.get(1)[i];
        double share = (whole[i] - b) / (a - b);
        if (Math.abs(share - weight) > 1e-3) {
          return false;
        }
        weight = Double.isNaN(weight) ? share : weight;
      }
    }
    return true;
  }

  private static boolean isSum(double whole, List<double[]> columns, int i) {
    double sum = 0;
    for (double[] column : columns) {
      sum += column[i];
    }
    return Math.abs(sum - whole) <= RELATIVE_ERROR * Math.abs(whole);
  }

  private static boolean isBetween(double whole, List<double[]> columns, int i) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] column : columns) {
      low = Math.min(low, column[i]);
      high = Math.max(high, column[i]);
    }
    double error = RELATIVE_ERROR * Math.abs(whole);
    return low - error <= whole && whole <= high + error;
  }

  private static double[] flat(List<double[]> forks) {
    return forks.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}

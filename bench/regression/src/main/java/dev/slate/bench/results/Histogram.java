package dev.slate.bench.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The operations of one iteration in sample mode, {@code [[value, count], ...]} in any order.
 *
 * <p>JMH's own score is their mean, which a machine that stalls once moves: an operation of some
 * microseconds weighs as much as a thousand others if the host takes the processor away during it.
 * The median stays where most operations are.
 */
final class Histogram {
  private final SortedMap<Double, Double> counts = new TreeMap<>();
  private double total;

  /**
   * Reads one iteration.
   *
   * @param buckets an array; a bucket without a finite value and a count above 0 is left out
   */
  Histogram(JsonNode buckets) {
    for (JsonNode bucket : buckets) {
      double value = bucket.path(0).asDouble(Double.NaN);
      double count = bucket.path(1).asDouble(0);
      if (Double.isFinite(value) && count > 0) {
        counts.merge(value, count, Double::sum);
        total += count;
      }
    }
  }

  /**
   * The time of a typical operation.
   *
   * @return the middle value, or the mean of the middle two; NaN where there are none
   */
  double median() {
    double lower = Double.NaN;
    double below = 0;
    for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
      double value = bucket.getKey();
      if (!Double.isNaN(lower)) {
        return (lower + value) / 2;
      }
      below += bucket.getValue();
      if (2 * below > total) {
        return value;
      }
      if (2 * below == total) {
        lower = value;
      }
    }
    return Double.NaN;
  }
}

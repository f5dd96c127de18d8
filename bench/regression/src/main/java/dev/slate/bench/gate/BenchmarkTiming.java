package dev.slate.bench.gate;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Series;
import java.util.Map;

/**
 * The timing of a benchmark, as its {@link DryRun} measured it.
 *
 * @param iterations that are measured in a fork, at least 1
 * @param operationMillis the time of one operation in milliseconds, by code that is not warm;
 *     infinite where an iteration must stay whole
 */
record BenchmarkTiming(int iterations, double operationMillis) {
  private static final Map<String, Double> MILLIS =
      Map.of("ns", 1e-6, "us", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4);

  /**
   * The pace of one row. That of a single shot and of any unit but time is unknown.
   *
   * @param row of a dry run
   * @return its pace
   */
  static BenchmarkTiming of(Series row) {
    int iterations = row.forks().stream().mapToInt(fork -> fork.length).max().orElse(1);
    boolean timed =
        row.metric().name().equals(BenchmarkMetric.PRIMARY) && !row.key().mode().equals("ss");
    return new BenchmarkTiming(iterations, timed ? millis(row) : Double.POSITIVE_INFINITY);
  }

  private static double millis(Series row) {
    String unit = row.metric().unit();
    double unknown = Double.POSITIVE_INFINITY;
    double score = row.median();
    double millis =
        unit.startsWith("ops/")
            ? MILLIS.getOrDefault(unit.substring(4), unknown) / score
            : unit.endsWith("/op")
                ? MILLIS.getOrDefault(unit.substring(0, unit.length() - 3), unknown) * score
                : unknown;
    return Double.isNaN(millis) ? unknown : millis;
  }

  /**
   * The pace of two rows of one benchmark.
   *
   * @param other row, or the same on the other side
   * @return that of the slower
   */
  BenchmarkTiming slower(BenchmarkTiming other) {
    return new BenchmarkTiming(
        Math.max(iterations, other.iterations), Math.max(operationMillis, other.operationMillis));
  }
}

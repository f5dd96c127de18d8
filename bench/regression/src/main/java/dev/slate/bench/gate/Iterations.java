package dev.slate.bench.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The iterations of a fork.
 *
 * @param warmup the length of each that warms up
 * @param length of each that is measured
 * @param count of those that are measured; 0 for what the benchmark itself says
 */
record Iterations(Duration warmup, Duration length, int count) {
  private static final int MOST = 50;
  private static final long SHORTEST_MILLIS = 25;
  private static final int OPERATIONS = 20;

  /**
   * As many as the benchmark says.
   *
   * @param length of each
   * @return iterations that are whole
   */
  static Iterations of(Duration length) {
    return new Iterations(length, length, 0);
  }

  /**
   * Cuts the measured ones to pieces, in the same time. What disturbs a fork on a shared machine
   * comes in bursts: the shorter the iterations, the more of them it spares, and the less it moves
   * the fork.
   *
   * @param pace of the benchmark
   * @return at most {@value #MOST} iterations, which still hold many operations; these where that
   *     leaves nothing to cut
   */
  Iterations cut(BenchmarkTiming pace) {
    double millis = length.toMillis();
    double shortest = Math.max(SHORTEST_MILLIS, OPERATIONS * pace.operationMillis());
    int pieces = (int) Math.min(millis / shortest, (double) MOST / pace.iterations());
    return pieces < 2
        ? this
        : new Iterations(warmup, length.dividedBy(pieces), pieces * pace.iterations());
  }

  /**
   * Says so on JMH's command line.
   *
   * @return arguments
   */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-w", warmup.toMillis() + "ms", "-r", length.toMillis() + "ms"));
    if (count > 0) {
      arguments.addAll(List.of("-i", Integer.toString(count)));
    }
    return arguments;
  }
}

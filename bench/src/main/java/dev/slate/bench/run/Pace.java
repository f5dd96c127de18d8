package dev.slate.bench.run;

import java.time.Duration;

/**
 * How long each fork measures.
 *
 * @param forks JVMs for each row
 * @param warmups iterations that do not count
 * @param iterations iterations that count
 * @param iteration time of each
 * @param buildLimit how long a peer may take to build
 * @param queryLimit how long a peer may take for a query
 */
record Pace(
    int forks,
    int warmups,
    int iterations,
    Duration iteration,
    Duration buildLimit,
    Duration queryLimit) {
  static Pace quick(int forks) {
    return new Pace(
        forks, 3, 6, Duration.ofMillis(250), Duration.ofSeconds(10), Duration.ofSeconds(1));
  }

  static Pace full(int forks) {
    return new Pace(
        forks, 5, 10, Duration.ofMillis(500), Duration.ofMinutes(10), Duration.ofSeconds(10));
  }

  /** Time of a fork's iterations; memory stream and arithmetic take about as long again. */
  Duration measuring() {
    return iteration.multipliedBy(warmups + iterations);
  }
}

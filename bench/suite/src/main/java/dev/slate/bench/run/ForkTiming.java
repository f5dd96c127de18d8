package dev.slate.bench.run;

import java.time.Duration;

/**
 * How long each fork measures.
 *
 * @param forks JVMs for each row
 * @param warmups iterations that do not count, after the warm-up
 * @param iterations iterations that count
 * @param iteration time of each
 * @param warmUp how long to search before the iterations, unless the searches are many
 * @param warmUpLimit how long at most, should the compiler not come to rest
 * @param buildLimit how long a peer may take to build
 * @param queryLimit how long a peer may take for a query
 */
record ForkTiming(
    int forks,
    int warmups,
    int iterations,
    Duration iteration,
    Duration warmUp,
    Duration warmUpLimit,
    Duration buildLimit,
    Duration queryLimit) {
  /** Chosen: the longest warm-up, in times of the measurement that follows. */
  private static final int MOST_WARM_UP = 10;

  static ForkTiming quick(int forks) {
    return new ForkTiming(
        forks,
        1,
        6,
        Duration.ofMillis(250),
        Duration.ofMillis(700),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(1));
  }

  static ForkTiming full(int forks) {
    return new ForkTiming(
        forks,
        2,
        10,
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        Duration.ofMinutes(10),
        Duration.ofSeconds(10));
  }

  /** The same with iterations that take so long in all, and a warm-up that fits them. */
  ForkTiming measuring(Duration time) {
    return new ForkTiming(
        forks,
        warmups,
        iterations,
        time.dividedBy(iterations),
        shorter(warmUp, time),
        shorter(warmUpLimit, time.multipliedBy(MOST_WARM_UP)),
        buildLimit,
        queryLimit);
  }

  /** The same with another limit to the builds of peers. */
  ForkTiming limitingBuilds(Duration limit) {
    return new ForkTiming(
        forks, warmups, iterations, iteration, warmUp, warmUpLimit, limit, queryLimit);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}

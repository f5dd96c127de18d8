package dev.slate.bench.gate;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time against a budget. For one thread. */
final class Clock {
  private final LongSupplier nanos;
  private final long start;
  private final Duration budget;

  /**
   * Starts.
   *
   * @param budget the whole time
   * @param nanos a monotonic count of nanoseconds
   */
  Clock(Duration budget, LongSupplier nanos) {
    this.budget = budget;
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /**
   * The time since the start.
   *
   * @return not negative
   */
  Duration elapsed() {
    return Duration.ofNanos(nanos.getAsLong() - start);
  }

  /**
   * What is left of the budget.
   *
   * @return zero once it is spent
   */
  Duration left() {
    Duration left = budget.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }
}

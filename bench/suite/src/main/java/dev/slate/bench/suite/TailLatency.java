package dev.slate.bench.suite;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The 99th percentile of an operation that takes some microseconds.
 *
 * <p>JMH keeps at most 20 samples a millisecond. Where more come it halves the count of each bucket
 * of its histogram, but never to zero: what happens often is thinned out, each rare slow sample
 * stays, and the percentiles of fast operations come out too high. Here each of some thousand
 * operations is timed and counts once.
 */
final class TailLatency {
  /** Operations slower than this have all their samples in JMH's histogram. */
  private static final double SLOW_NANOS = 50_000;

  private static final int MOST = 10_000;
  private static final long NANOS = 50_000_000;
  private static final long RECOVERY_NANOS = 10_000_000;

  private TailLatency() {}

  /**
   * Times operations, after a while in which they bring back their caches.
   *
   * @param operation the operation to time
   * @param typical nanoseconds that it takes
   * @param clock nanoseconds, as {@link System#nanoTime}
   * @return microseconds; NaN, at no cost, if the operation is slow
   */
  static double p99(Runnable operation, double typical, LongSupplier clock) {
    if (typical > SLOW_NANOS) {
      return Double.NaN;
    }
    long start = clock.getAsLong();
    while (clock.getAsLong() - start < RECOVERY_NANOS) {
      operation.run();
    }
    long[] nanos = new long[MOST];
    int count = 0;
    start = clock.getAsLong();
    while (count < MOST && clock.getAsLong() - start < NANOS) {
      long before = clock.getAsLong();
      operation.run();
      nanos[count++] = clock.getAsLong() - before;
    }
    Arrays.sort(nanos, 0, count);
    return nanos[(int) Math.ceil(0.99 * count) - 1] / 1e3;
  }
}

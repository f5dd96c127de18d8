package dev.slate.bench.roofline;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ceilings of this fork: made by {@link RooflineProfiler} before the first iteration. A
 * benchmark hands its warm operation to {@link #watch} once and calls {@link #beside} before each
 * operation. One that takes about as long as the stream takes turns with stream and arithmetic; for
 * the others the profiler measures around each iteration, and the operation runs a while between
 * stream and iteration, so that it is timed with the caches as it leaves them, not as the stream
 * does.
 */
public final class Roofline {
  /** From this share of the stream on, an operation is too fast to take turns with it. */
  public static final double FAR = 4;

  private static final int MOST_TIMES = 4096;
  private static final long RECOVERY_NANOS = 20_000_000;

  /** Nanoseconds of the arithmetic, at most. */
  static final long PEAK_NANOS = 3_000_000;

  /** The arithmetic's turn takes this part of the operation's time, within that limit. */
  private static final double PEAK_PART = 0.02;

  private static @Nullable Roofline current;

  final MemoryStream stream;
  private final ArithmeticPeak peak;
  private final boolean subtracts;
  private final double[] times = new double[MOST_TIMES];
  private final double[] rates = new double[MOST_TIMES];
  private int count;
  private long peakNanos;
  private boolean interleaved;
  private @Nullable Runnable operation;

  Roofline(long bytes, int threads, boolean subtracts) {
    this.stream = new MemoryStream(bytes, threads);
    this.peak = new ArithmeticPeak(threads);
    this.subtracts = subtracts;
  }

  /**
   * Starts the ceilings of a fork.
   *
   * @param bytes that the stream reads
   * @param threads that read and compute
   * @param subtracts whether an attribute takes a subtraction, too, as for EUCLIDEAN
   */
  public static synchronized Roofline start(long bytes, int threads, boolean subtracts) {
    Roofline roofline = new Roofline(bytes, threads, subtracts);
    current = roofline;
    return roofline;
  }

  /**
   * Takes turns with the ceilings from now on, if an operation is slow enough to be the stream's
   * equal.
   *
   * @param operation the operation that the benchmark times, warm
   * @param nanos that it takes
   */
  public static synchronized void watch(Runnable operation, double nanos) {
    Roofline roofline = current;
    if (roofline != null) {
      roofline.operation = operation;
      roofline.interleaved = takesTurns(nanos, Series.median(roofline.stream.measure(1)));
      roofline.peakNanos = (long) Math.min(nanos * PEAK_PART, PEAK_NANOS);
    }
  }

  /**
   * Whether an operation is slow enough to take turns with the stream, whose bytes empty the caches
   * of a fast one.
   *
   * @param operationNanos of the warm operation
   * @param streamNanos of one pass of the stream
   */
  static boolean takesTurns(double operationNanos, double streamNanos) {
    return operationNanos > streamNanos / FAR;
  }

  /** Measures stream and arithmetic once if that was asked for. */
  public static void beside() {
    Roofline roofline = current;
    if (roofline != null && roofline.interleaved && roofline.count < MOST_TIMES) {
      int i = roofline.count++;
      roofline.times[i] = roofline.stream.once();
      roofline.rates[i] = roofline.rate(roofline.peakNanos);
    }
  }

  /** Attributes per nanosecond by arithmetic alone: the best of some short pieces. */
  double rate(long nanos) {
    return subtracts ? peak.subtractFma(nanos) : peak.fma(nanos);
  }

  /** Whether operations and ceilings take turns. */
  public boolean interleaved() {
    return interleaved;
  }

  /** Measures the stream, and then lets the operation bring back what it keeps in the caches. */
  double[] measure(long nanos) {
    double[] taken = stream.measure(nanos);
    if (operation != null) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < RECOVERY_NANOS) {
        operation.run();
      }
    }
    return taken;
  }

  /** The ceilings taken beside operations since the last call. */
  Taken drain() {
    Taken taken = new Taken(Arrays.copyOf(times, count), Arrays.copyOf(rates, count));
    count = 0;
    return taken;
  }

  /**
   * What was taken beside operations, an entry for each.
   *
   * @param times nanoseconds of the stream
   * @param rates attributes per nanosecond by arithmetic alone
   */
  record Taken(double[] times, double[] rates) {}
}

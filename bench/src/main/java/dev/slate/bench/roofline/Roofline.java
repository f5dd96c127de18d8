package dev.slate.bench.roofline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ceilings of this fork: made by {@link RooflineProfiler} before the first iteration. A
 * benchmark whose operation reads about as many bytes as the stream calls {@link #interleave} once
 * and {@link #beside} before each operation, so that operation and stream take turns; for the
 * others the profiler measures around each iteration.
 */
public final class Roofline {
  private static final int MOST_TIMES = 4096;

  private static @Nullable Roofline current;

  final MemoryStream stream;
  final ArithmeticPeak peak;
  private final double[] times = new double[MOST_TIMES];
  private int count;
  private boolean interleaved;

  Roofline(long bytes, int threads) {
    this.stream = new MemoryStream(bytes, threads);
    this.peak = new ArithmeticPeak(threads);
  }

  /**
   * Starts the ceilings of a fork.
   *
   * @param bytes that the stream reads
   * @param threads that read and compute
   */
  public static synchronized Roofline start(long bytes, int threads) {
    Roofline roofline = new Roofline(bytes, threads);
    current = roofline;
    return roofline;
  }

  /**
   * Takes turns with the stream from now on, if an operation is slow enough to be its equal.
   *
   * @param nanos that an operation takes
   */
  public static synchronized void interleave(double nanos) {
    Roofline roofline = current;
    if (roofline != null) {
      roofline.interleaved = nanos > median(roofline.stream.measure(1)) / 4;
    }
  }

  /** Measures the stream once if that was asked for. */
  public static void beside() {
    Roofline roofline = current;
    if (roofline != null && roofline.interleaved && roofline.count < MOST_TIMES) {
      roofline.times[roofline.count++] = roofline.stream.once();
    }
  }

  /** Whether operations and stream take turns. */
  public boolean interleaved() {
    return interleaved;
  }

  /** The times taken beside operations since the last call, in nanoseconds. */
  double[] drain() {
    double[] taken = Arrays.copyOf(times, count);
    count = 0;
    return taken;
  }

  static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}

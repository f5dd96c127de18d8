package dev.slate.bench.roofline;

import dev.slate.bench.results.Series;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The ceilings of this fork: made by {@link RooflineProfiler} before the first iteration. A
 * benchmark hands its warm operation to {@link #watch} once and calls {@link #beside} before each
 * operation. One that reads about as many bytes as the stream takes turns with it; for the others
 * the profiler measures around each iteration, and the operation runs a while between stream and
 * iteration, so that it is timed with the caches as it leaves them, not as the stream does.
 */
public final class Roofline {
  /** From this share of the stream on, an operation is too fast to take turns with it. */
  public static final double FAR = 4;

  private static final int MOST_TIMES = 4096;
  private static final long RECOVERY_NANOS = 20_000_000;

  private static @Nullable Roofline current;

  final MemoryStream stream;
  final ArithmeticPeak peak;
  private final double[] times = new double[MOST_TIMES];
  private int count;
  private boolean interleaved;
  private @Nullable Runnable operation;

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
   * @param operation what the benchmark times, warm
   * @param nanos that it takes
   */
  public static synchronized void watch(Runnable operation, double nanos) {
    Roofline roofline = current;
    if (roofline != null) {
      roofline.operation = operation;
      roofline.interleaved = nanos > Series.median(roofline.stream.measure(1)) / FAR;
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

  /** The times taken beside operations since the last call, in nanoseconds. */
  double[] drain() {
    double[] taken = Arrays.copyOf(times, count);
    count = 0;
    return taken;
  }
}

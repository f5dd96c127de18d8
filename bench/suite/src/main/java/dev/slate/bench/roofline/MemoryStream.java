package dev.slate.bench.roofline;

import java.util.Arrays;

/**
 * The time in which this machine reads a number of bytes once, in order, on a number of threads:
 * the lower limit of any search that looks at every item.
 *
 * <p>The bytes are floats on the heap, beginning at a 64-byte boundary under G1, in at most 1 GiB:
 * a longer sum goes over them again. Both orders of {@link StreamSum} are tried at the start; the
 * faster one serves.
 */
public final class MemoryStream {
  private static final int LEAD = 12;
  private static final long MOST_FLOATS = 1L << 28;
  private static final long TRIAL_NANOS = 20_000_000;
  private static final int TRIALS = 3;

  private final LockstepThreads lockstep;
  private final float[][] parts;
  private final int length;
  private final double scale;
  private final StreamSum sum;

  /**
   * Fills the memory and chooses the order of reading.
   *
   * @param bytes how many to read
   * @param threads how many threads read, each its own part
   */
  public MemoryStream(long bytes, int threads) {
    this(bytes, new LockstepThreads(threads));
  }

  /** Reads on some threads. */
  MemoryStream(long bytes, LockstepThreads lockstep) {
    this.lockstep = lockstep;
    int threads = lockstep.size();
    long floats = Math.max(1, bytes / Float.BYTES);
    long each = Math.min(floats, MOST_FLOATS) / threads;
    this.length = (int) Math.max(StreamSum.GRAIN, each / StreamSum.GRAIN * StreamSum.GRAIN);
    this.scale = (double) floats / ((double) length * threads);
    this.parts = new float[threads][LEAD + length];
    for (float[] part : parts) {
      Arrays.fill(part, 0x1p-20f);
    }
    for (StreamSum order : StreamSum.values()) {
      VectorWarmUp.run(() -> order.sum(parts[0], LEAD, LEAD + StreamSum.GRAIN));
    }
    this.sum = fastest();
  }

  /** Heap that the bytes of a stream take. */
  public static long heap(long bytes) {
    return Math.min(bytes, MOST_FLOATS * Float.BYTES) + (1 << 20);
  }

  /** The order of reading that was faster here. */
  public String order() {
    return sum.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }

  /**
   * Measures.
   *
   * @param budget nanoseconds to spend; at least one pass is made
   * @return nanoseconds for the bytes, one entry for each pass
   */
  public double[] measure(long budget) {
    return passes(sum, budget);
  }

  /** One pass over the bytes; nanoseconds. */
  double once() {
    return once(sum, 1);
  }

  private double[] passes(StreamSum order, long budget) {
    int repeats = (int) Math.max(1, 200_000 / Math.max(1, once(order, 1)));
    double[] times = new double[64];
    int n = 0;
    long start = System.nanoTime();
    while (n == 0 || (n < times.length && System.nanoTime() - start < budget)) {
      times[n++] = once(order, repeats);
    }
    return Arrays.copyOf(times, n);
  }

  /** One pass over all bytes, repeated where it is short; nanoseconds for each. */
  private double once(StreamSum order, int repeats) {
    long nanos =
        lockstep.time(
            member -> {
              float[] part = parts[member];
              float total = 0;
              for (int i = 0; i < repeats; i++) {
                total += order.sum(part, LEAD, LEAD + length);
              }
              return total;
            });
    return nanos * scale / repeats;
  }

  private StreamSum fastest() {
    StreamSum best = StreamSum.SEQUENTIAL;
    double least = Double.POSITIVE_INFINITY;
    for (int trial = 0; trial < TRIALS; trial++) {
      for (StreamSum order : StreamSum.values()) {
        double[] times = passes(order, TRIAL_NANOS);
        Arrays.sort(times);
        double median = times[times.length / 2];
        if (median < least) {
          least = median;
          best = order;
        }
      }
    }
    return best;
  }
}

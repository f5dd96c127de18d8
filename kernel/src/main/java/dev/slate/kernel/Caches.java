package dev.slate.kernel;

import dev.slate.kernel.simd.RowKernel;
import dev.slate.kernel.simd.Simd;
import org.jspecify.annotations.Nullable;

/**
 * How fast a core's own cache is, and how large a catalogue may be that is scanned from caches. The
 * cache that cores share delivers almost what a core's own does on one machine, and hardly more
 * than memory on another, so streams of some sizes are timed, each once in a process. They differ
 * by so much that chance does not decide.
 */
final class Caches {
  /** What a core's own caches hold. */
  private static final long OWN = 3L << 19;

  /** The largest stream that is timed; what is larger is taken to come from memory. */
  private static final long MOST = 1L << 24;

  /**
   * A stream that takes this many times longer, byte for byte, than one of the core's own caches.
   */
  private static final double SLOW = 3;

  private static final int OWN_FLOATS = 1 << 17;
  private static final int ROUNDS = 16;
  private static final long NANOS = 10_000_000;

  /** Nanoseconds that a byte of a core's own cache takes compiled code, at most. */
  private static final double COMPILED = 0.1;

  /** Where code is not that fast, it has at least been compiled after so many nanoseconds. */
  private static final long WARM_UP = 300_000_000;

  /** For each power of two, whether a cache holds so many bytes. */
  private static final @Nullable Boolean[] HELD = new Boolean[Long.SIZE];

  private static double byteNanos;

  private Caches() {}

  /**
   * Whether a scan finds its bytes in a cache about as fast as a core's own. Takes some
   * milliseconds the first time; safe from many threads.
   *
   * @param bytes of a catalogue
   */
  static boolean hold(long bytes) {
    if (bytes <= OWN || bytes > MOST) {
      return bytes <= OWN;
    }
    int power = Long.SIZE - Long.numberOfLeadingZeros(bytes - 1);
    synchronized (HELD) {
      Boolean held = HELD[power];
      if (held == null) {
        held = slowdown((int) ((1L << power) / Float.BYTES)) < SLOW;
        HELD[power] = held;
      }
      return held;
    }
  }

  /** Nanoseconds in which a core's own cache delivers a byte; timed the first time. */
  static double byteNanos() {
    synchronized (HELD) {
      if (byteNanos == 0) {
        byteNanos = (double) fastest(OWN_FLOATS)[0] / OWN_FLOATS / Float.BYTES;
      }
      return byteNanos;
    }
  }

  /** How much longer a float takes of so many than of few, at best. */
  static double slowdown(int floats) {
    long[] fastest = fastest(floats);
    return (double) fastest[1] / floats * OWN_FLOATS / fastest[0];
  }

  /** What a stream of few floats takes at best, and one of so many. */
  private static long[] fastest(int floats) {
    float[] values = new float[floats];
    warmUp(values);
    long few = Long.MAX_VALUE;
    long all = Long.MAX_VALUE;
    long start = System.nanoTime();
    for (int i = 0; i < ROUNDS || System.nanoTime() - start < NANOS; i++) {
      stream(values, OWN_FLOATS); // brings them back
      few = Math.min(few, stream(values, OWN_FLOATS));
      all = Math.min(all, stream(values, floats));
    }
    return new long[] {few, all};
  }

  /** Streams until the code is compiled, as its speed tells. */
  private static void warmUp(float[] values) {
    long start = System.nanoTime();
    long nanos;
    do {
      nanos = stream(values, OWN_FLOATS);
    } while (nanos > COMPILED * OWN_FLOATS * Float.BYTES && System.nanoTime() - start < WARM_UP);
  }

  private static long stream(float[] values, int count) {
    RowKernel kernel = Simd.rows();
    long start = System.nanoTime();
    boolean finite = kernel.finite(values, count);
    long nanos = System.nanoTime() - start;
    if (!finite) {
      throw new IllegalStateException("zeros are finite");
    }
    return Math.max(1, nanos);
  }
}

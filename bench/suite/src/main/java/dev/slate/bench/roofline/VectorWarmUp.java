package dev.slate.bench.roofline;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Runs vector code until the compiler has replaced it: interpreted, each vector is an object, so
 * compiled code is recognised by the calling thread's allocation, which stands still.
 */
final class VectorWarmUp {
  private static final long LIMIT = Duration.ofSeconds(5).toNanos();
  private static final int CALLS = 200;
  private static final int STILL = 5;

  private VectorWarmUp() {}

  /** Calls the work, a short piece, some hundred times at least. */
  static float run(Work work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    float sum = 0;
    int still = 0;
    while (still < STILL && System.nanoTime() - start < LIMIT) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        sum += work.run();
      }
      boolean allocated = threads.getCurrentThreadAllocatedBytes() - before >= CALLS;
      still = allocated ? 0 : still + 1;
    }
    return sum;
  }

  /** A short piece of vector code. */
  @FunctionalInterface
  interface Work {
    /** Runs it; the result depends on all of it. */
    float run();
  }
}

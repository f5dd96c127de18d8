package dev.slate.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the current thread has allocated. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final long WARM_NANOS = 60_000_000_000L;

  private Allocation() {}

  /** Bytes so far. */
  public static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /**
   * Bytes that an operation allocates once it is warm. Until it is compiled, vectors are objects;
   * the compiler works beside it, so it is repeated for a time, not a number of times: on a busy
   * machine it may take many seconds.
   */
  public static long ofWarm(Runnable operation) {
    long start = System.nanoTime();
    long moved = Long.MAX_VALUE;
    while (moved > 0 && System.nanoTime() - start < WARM_NANOS) {
      long before = bytes();
      operation.run();
      moved = bytes() - before;
    }
    return moved;
  }
}

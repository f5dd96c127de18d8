package dev.slate.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the current thread has allocated. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /** Bytes so far. */
  public static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }
}

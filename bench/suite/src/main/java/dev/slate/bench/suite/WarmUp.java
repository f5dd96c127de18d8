package dev.slate.bench.suite;

import com.sun.management.ThreadMXBean;
import dev.slate.bench.roofline.Roofline;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Searches until the fork is warm, before JMH counts anything: first for a number of searches or a
 * time, whichever ends earlier; then for as long as the compiler works, or the kernel's search
 * allocates, as it does while some of its vector code is interpreted. System properties, in
 * milliseconds: {@code slate.bench.warmup.time}, {@code slate.bench.warmup.limit}.
 *
 * @param time how long to search at least, unless there were {@link #SEARCHES}
 * @param limit how long at most
 */
record WarmUp(Duration time, Duration limit) {
  /** Enough for the highest tier of the compiler. */
  static final int SEARCHES = 20_000;

  private static final long ROUND_NANOS = Duration.ofMillis(30).toNanos();
  private static final int CALM_ROUNDS = 3;

  static WarmUp ofThisFork() {
    return new WarmUp(
        Duration.ofMillis(Long.getLong("slate.bench.warmup.time", 2_000)),
        Duration.ofMillis(Long.getLong("slate.bench.warmup.limit", 20_000)));
  }

  /**
   * Warms up, notes how long it took, and lets the memory stream take its turns beside a slow
   * operation: how slow it is, only the warm one tells.
   *
   * @param search one operation
   * @param allocates whether it may allocate when it is warm
   */
  void run(Runnable search, boolean allocates) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    CompilerQueue compiler = new CompilerQueue();
    Roofline.watch(
        search,
        warmNanos(
            search,
            System::nanoTime,
            allocates ? () -> 0 : threads::getCurrentThreadAllocatedBytes,
            compiler::idle));
  }

  /**
   * Searches until nothing is left to warm.
   *
   * @param search one operation
   * @param clock nanoseconds
   * @param allocated bytes that the search has allocated so far
   * @param idle whether the compiler has no work
   * @return nanoseconds of a warm search
   */
  double warmNanos(
      Runnable search, LongSupplier clock, LongSupplier allocated, BooleanSupplier idle) {
    long start = clock.getAsLong();
    long elapsed = 0;
    long searches = 0;
    int calm = 0;
    double nanos = 0;
    while (calm < CALM_ROUNDS && elapsed < limit.toNanos()) {
      long round = clock.getAsLong();
      long before = allocated.getAsLong();
      long first = searches;
      do {
        search.run();
        searches++;
      } while (clock.getAsLong() - round < ROUND_NANOS);
      nanos = (double) (clock.getAsLong() - round) / (searches - first);
      boolean clean = allocated.getAsLong() == before;
      elapsed = clock.getAsLong() - start;
      boolean enough = searches >= SEARCHES || elapsed >= time.toNanos();
      calm = enough && clean && idle.getAsBoolean() ? calm + 1 : 0;
    }
    Facts.put("warmup", elapsed / 1e6, "ms");
    Facts.put("warmupSearches", (double) searches, "ops");
    return nanos;
  }
}

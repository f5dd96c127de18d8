package dev.slate.bench.gate;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads that wait for forks and do not keep the JVM alive. */
final class DaemonThreads {
  private static final long LONGEST_END_SECONDS = 60;

  private DaemonThreads() {}

  /**
   * Starts a thread.
   *
   * @param task that it runs
   */
  static void start(Runnable task) {
    thread(task).start();
  }

  /**
   * As many threads as there are tasks.
   *
   * @return to be ended by {@link #end}
   */
  static ExecutorService pool() {
    return Executors.newCachedThreadPool(DaemonThreads::thread);
  }

  /**
   * Interrupts all tasks and waits until they have ended.
   *
   * @param pool of {@link #pool}
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  static void end(ExecutorService pool) throws InterruptedException {
    pool.shutdownNow();
    if (!pool.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a fork does not end");
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "slate-gate");
    thread.setDaemon(true);
    return thread;
  }
}

package dev.slate.bench.run;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * What happens when the JVM is asked to end, by Ctrl-C or otherwise, in the middle of the work:
 * what there is gets saved, and the JVM goes as it was told to, with exit code 130 after Ctrl-C.
 */
final class Interruption {
  private Interruption() {}

  /** Work that takes long. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  /**
   * Does the work. Returns only if the JVM is not about to end.
   *
   * @param work the work
   * @param save run by another thread, once, if the JVM is asked to end before the work has
   */
  static void guard(Work work, Runnable save) throws IOException {
    Thread hook = new Thread(save, "slate-bench-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      work.run();
    } finally {
      remove(hook);
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      awaitTheEnd();
    }
  }

  private static void awaitTheEnd() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // Nobody interrupts this thread, and the JVM ends.
      }
    }
  }
}

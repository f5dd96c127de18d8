package dev.slate.data.cli;

import dev.slate.data.InputException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Option;

/** How many threads a command uses. */
final class ThreadOptions {
  /** More threads than this for each processor only wait for each other. */
  private static final int THREADS_EACH = 16;

  private static final int LEAST_MOST_THREADS = 64;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Threads for building and searching (default: ${DEFAULT-VALUE}).")
  private int threads;

  int count() {
    int most =
        Math.max(LEAST_MOST_THREADS, THREADS_EACH * Runtime.getRuntime().availableProcessors());
    if (threads > most) {
      throw new InputException(
          "--threads", "is " + threads + "; the most on this machine is " + most);
    }
    return threads;
  }

  /** As many threads, which end with the JVM. */
  ExecutorService executor() {
    return Executors.newFixedThreadPool(count(), ThreadOptions::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "slate-search");
    thread.setDaemon(true);
    return thread;
  }
}

package dev.slate.recommend.cli;

import dev.slate.data.InputException;
import dev.slate.recommend.Workers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of the number of threads. */
final class WorkerOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work (default: all cores). The result does not depend on it.")
  private @Nullable Integer threads;

  /** Does something with workers who end with it. */
  <T> T with(Function<Workers, T> work) {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    if (count < 1) {
      throw new InputException("--threads", "must be at least 1, but it is " + count);
    }
    ExecutorService pool =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "slate-worker");
              thread.setDaemon(true);
              return thread;
            });
    try {
      return work.apply(new Workers(pool, count));
    } finally {
      pool.shutdown();
    }
  }
}

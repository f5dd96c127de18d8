package dev.slate.bench.suite;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How long a peer may take. System properties, in seconds: {@code slate.bench.limit.build}, {@code
 * slate.bench.limit.query}.
 *
 * @param build for taking in the items
 * @param query for one answer
 */
record Limits(Duration build, Duration query) {
  /** Part of a peer's work. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws IOException;
  }

  static Limits ofThisFork() {
    return new Limits(
        Duration.ofSeconds(Long.getLong("slate.bench.limit.build", 600)),
        Duration.ofSeconds(Long.getLong("slate.bench.limit.query", 10)));
  }

  /**
   * Does the work on a thread that is left behind when the time is over.
   *
   * @throws Refusal if the time is over
   */
  void within(Duration limit, String what, Work work) throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread.ofPlatform().daemon().name(what).start(task);
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new Refusal(what + " takes longer than " + limit.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(what + " was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof OutOfMemoryError) {
        long most = Runtime.getRuntime().maxMemory() >> 20;
        throw new Refusal(what + " needs more memory than " + most + " MB", e);
      }
      throw new IOException(what + " failed: " + e.getCause(), e);
    }
  }

  /** A subject that went beyond its limits: it is left out of the table, with this reason. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refusal(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}

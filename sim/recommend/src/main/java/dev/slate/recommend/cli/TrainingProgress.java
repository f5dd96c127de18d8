package dev.slate.recommend.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Tells on standard error how far a training is: one line that is drawn again on a terminal, a line
 * now and then elsewhere, nothing at all for training that is quick. For one thread.
 */
final class TrainingProgress implements AutoCloseable {
  private static final String ERASE = "\r\u001b[K";

  private final PrintWriter err;
  private final String model;
  private final boolean terminal = Boolean.getBoolean("slate.terminal");
  private final long every = TimeUnit.SECONDS.toNanos(terminal ? 1 : 10);
  private final long start = System.nanoTime();
  private long next = start + every;
  private boolean drawn;

  TrainingProgress(PrintWriter err, String model) {
    this.err = err;
    this.model = model;
  }

  void update(int pass, double loss) {
    long now = System.nanoTime();
    if (now < next) {
      return;
    }
    String line =
        String.format(
            Locale.ROOT,
            "train %s: pass %d, loss %.4f, %d s",
            model,
            pass,
            loss,
            TimeUnit.NANOSECONDS.toSeconds(now - start));
    err.print(terminal ? ERASE + line : line + System.lineSeparator());
    err.flush();
    drawn = terminal;
    next = now + every;
  }

  @Override
  public void close() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
    }
  }
}

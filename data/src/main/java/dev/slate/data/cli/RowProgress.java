package dev.slate.data.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Progress of long work on standard error: a bar on a terminal, a line now and then elsewhere,
 * nothing for quick work. For one thread.
 */
public final class RowProgress implements AutoCloseable {
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int WIDTH = 30;
  private static final String ERASE = "\r\u001b[K";

  /** Set by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "slate.terminal";

  private final PrintWriter err;
  private final String work;
  private final long total;
  private final boolean terminal;
  private final LongSupplier clock;
  private final long start;
  private long next;
  private boolean drawn;

  /**
   * Starts the clock.
   *
   * @param err where to tell
   * @param work what is done, such as {@code convert}
   * @param total how many rows there are to do, or -1 where that is not known
   */
  public RowProgress(PrintWriter err, String work, long total) {
    this(err, work, total, Boolean.getBoolean(TERMINAL), System::nanoTime);
  }

  RowProgress(PrintWriter err, String work, long total, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.work = work;
    this.total = total;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.next = start + (terminal ? QUIET_NANOS : LINE_NANOS);
  }

  /**
   * Tells how far the work is, if it is time to.
   *
   * @param done rows so far
   */
  public void update(long done) {
    long now = clock.getAsLong();
    if (now < next) {
      return;
    }
    double seconds = (now - start) / 1e9;
    if (terminal) {
      err.print(ERASE + bar(done) + state(done, seconds));
      drawn = true;
      next = now + REDRAW_NANOS;
    } else {
      err.println(work + ": " + state(done, seconds));
      next = now + LINE_NANOS;
    }
    err.flush();
  }

  private String bar(long done) {
    if (total <= 0) {
      return work + " ";
    }
    int filled = (int) (WIDTH * Math.min(done, total) / total);
    return work + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] ";
  }

  private String state(long done, double seconds) {
    if (total <= 0 || done == 0) {
      return "%,d rows, %.0f s".formatted(done, seconds);
    }
    double left = seconds * (total - done) / done;
    return "%d %%, %,d of %,d rows, %.0f s left".formatted(100 * done / total, done, total, left);
  }

  /** Wipes the bar away. */
  @Override
  public void close() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
    }
  }
}

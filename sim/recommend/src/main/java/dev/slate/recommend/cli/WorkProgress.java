package dev.slate.recommend.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells on standard error what a command is doing and for how long: one line that is drawn again on
 * a terminal, a line now and then elsewhere, nothing at all for quick work. A thread of its own
 * tells it, so that a stage that takes minutes is not silent. Safe from many threads.
 */
final class WorkProgress implements AutoCloseable {
  private static final String ERASE = "\r\u001b[K";

  /** Less than a terminal has, which would break the line. */
  private static final int COLUMNS = 79;

  /** Set by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "slate.terminal";

  private static final long REDRAW_SECONDS = 1;
  private static final long LINE_SECONDS = 10;

  private final PrintWriter err;
  private final String command;
  private final boolean terminal;
  private final LongSupplier clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("slate-progress").factory());
  private final long start;
  private String stage = "";
  private boolean drawn;

  /**
   * Starts the clock.
   *
   * @param err where to tell
   * @param command the first word of each line
   */
  WorkProgress(PrintWriter err, String command) {
    this(err, command, Boolean.getBoolean(TERMINAL), System::nanoTime);
    every(terminal ? REDRAW_SECONDS : LINE_SECONDS, TimeUnit.SECONDS);
  }

  /** Tells only when asked to. */
  WorkProgress(PrintWriter err, String command, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.command = command;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.getAsLong();
  }

  /** Tells by itself from now on, for the first time after one period. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the timer.
  void every(long period, TimeUnit unit) {
    timer.scheduleAtFixedRate(this::tell, period, period, unit);
  }

  /** What is done from now on. */
  synchronized void stage(String now) {
    stage = now;
  }

  /** Tells the stage and the seconds since the start. */
  synchronized void tell() {
    if (timer.isShutdown()) {
      return;
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s: %s, %d s",
            command,
            stage,
            TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - start));
    if (terminal) {
      err.print(ERASE + line.substring(0, Math.min(COLUMNS, line.length())));
    } else {
      err.println(line);
    }
    err.flush();
    drawn = terminal;
  }

  /** Prints a line that stays. */
  synchronized void say(String line) {
    erase();
    err.println(line);
    err.flush();
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE);
      err.flush();
      drawn = false;
    }
  }

  /** Tells no more, and wipes the line of a terminal away. */
  @Override
  public synchronized void close() {
    timer.shutdownNow();
    erase();
  }
}

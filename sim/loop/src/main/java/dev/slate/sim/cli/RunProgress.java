package dev.slate.sim.cli;

import dev.slate.sim.Observer;
import dev.slate.sim.StepState;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far a long run is: a bar on a terminal, a line now and then elsewhere.
 */
final class RunProgress implements Observer {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final int WIDTH = 30;

  /** Set by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "slate.terminal";

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier clock;
  private final long total;
  private final long start;
  private String label = "";
  private long done;
  private long last;
  private boolean shown;

  /**
   * Starts the clock.
   *
   * @param err where to say it
   * @param total steps of all runs together
   */
  RunProgress(PrintWriter err, long total) {
    this(err, total, Boolean.getBoolean(TERMINAL), System::nanoTime);
  }

  RunProgress(PrintWriter err, long total, boolean terminal, LongSupplier clock) {
    this.err = err;
    this.total = total;
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.last = start;
  }

  void label(String label) {
    this.label = label;
  }

  @Override
  public void observe(StepState state) {
    if (state.step() == 0) {
      return;
    }
    done++;
    long now = clock.getAsLong();
    if (now - last < (terminal ? QUIET_NANOS / 10 : QUIET_NANOS) || now - start < QUIET_NANOS) {
      return;
    }
    last = now;
    shown = true;
    double share = (double) done / total;
    long left = Math.round((now - start) / share * (1 - share) / 1e9);
    String text =
        String.format(
            Locale.ROOT,
            "%s, step %d: %.0f %%, %d:%02d left",
            label,
            state.step(),
            100 * share,
            left / 60,
            left % 60);
    if (terminal) {
      int full = (int) (WIDTH * share);
      err.printf("\r[%s%s] %s  ", "#".repeat(full), "-".repeat(WIDTH - full), text);
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Clears the bar. */
  void end() {
    if (terminal && shown) {
      err.print("\r" + " ".repeat(WIDTH + 60) + "\r");
      err.flush();
    }
  }
}

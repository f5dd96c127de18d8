package dev.slate.sim.cli;

import dev.slate.sim.StepObserver;
import dev.slate.sim.StepState;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says on standard error how far a long run is: a bar on a terminal, a line now and then elsewhere.
 */
final class StepProgress implements StepObserver {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final int WIDTH = 16;

  /** Less than a terminal has, which would break the line. */
  private static final int COLUMNS = 79;

  /** Share of a run before which its start-up says more about its pace than its steps do. */
  private static final double PREDICTABLE = 0.1;

  /** Set by the launcher where standard error is a terminal. */
  private static final String TERMINAL = "slate.terminal";

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier clock;
  private final long total;
  private long start;
  private String label = "";
  private long done;
  private long last;
  private boolean shown;

  /**
   * Prepares; the clock starts with the first run.
   *
   * @param err where to say it
   * @param total steps of all runs together
   */
  StepProgress(PrintWriter err, long total) {
    this(err, total, Boolean.getBoolean(TERMINAL), System::nanoTime);
  }

  StepProgress(PrintWriter err, long total, boolean terminal, LongSupplier clock) {
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
      start = done == 0 ? clock.getAsLong() : start;
      last = done == 0 ? start : last;
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
    String text =
        String.format(Locale.ROOT, "%s, step %d: %.0f %%", label, state.step(), 100 * share);
    if (share >= PREDICTABLE) {
      long left = Math.round((now - start) / share * (1 - share) / 1e9);
      text += String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60);
    }
    if (terminal) {
      int full = (int) (WIDTH * share);
      String bar = "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + text + "  ";
      err.print("\r" + bar.substring(0, Math.min(COLUMNS, bar.length())));
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Clears the bar. */
  void end() {
    if (terminal && shown) {
      err.print("\r" + " ".repeat(COLUMNS) + "\r");
      err.flush();
    }
  }
}

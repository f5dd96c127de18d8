package dev.slate.bench.run;

import dev.slate.bench.gate.TimeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says how far a run is: one line that renews itself on a terminal, a line for each fork elsewhere.
 * The time left is the expected time of what is left, corrected by how the expectation did so far.
 * For one thread.
 */
final class RunProgress {
  private static final String CLEAR = "\r\u001B[K";
  private static final int BAR = 20;
  private static final int WIDTH = 79;

  private final PrintWriter err;
  private final boolean terminal;
  private final int forks;
  private final double expected;
  private final long start = System.nanoTime();
  private double done;
  private double skipped;
  private int finished;

  /**
   * Starts the clock.
   *
   * @param err standard error
   * @param forks how many will run
   * @param expected seconds that they are expected to take
   */
  RunProgress(PrintWriter err, int forks, double expected) {
    this.err = err;
    this.terminal = Boolean.getBoolean("slate.terminal");
    this.forks = forks;
    this.expected = expected;
  }

  /** Says something that stays. */
  void say(String text) {
    err.print(terminal ? CLEAR : "");
    err.println(text);
    err.flush();
  }

  /** Work begins that is no fork. */
  void preparing(String what) {
    if (terminal) {
      show(what);
    } else {
      say(what);
    }
  }

  /** A fork begins. */
  void begins(String what) {
    if (terminal) {
      show(what);
    } else {
      say(String.format(Locale.ROOT, "%d/%d %s, %s", finished + 1, forks, what, left()));
    }
  }

  /** A fork is there from an earlier run. */
  void skipped(double seconds) {
    finished++;
    done += seconds;
    skipped += seconds;
  }

  /** A fork has ended. */
  void ended(double seconds) {
    finished++;
    done += seconds;
  }

  /** Wipes the line that renews itself. */
  void end() {
    if (terminal) {
      err.print(CLEAR);
      err.flush();
    }
  }

  private void show(String what) {
    int full = forks == 0 ? BAR : BAR * finished / forks;
    String line = "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + left() + "  " + what;
    err.print(CLEAR + line.substring(0, Math.min(WIDTH, line.length())));
    err.flush();
  }

  private String left() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    double worked = done - skipped;
    double correction = worked > expected / 20 ? elapsed / worked : 1;
    return TimeText.of(Duration.ofSeconds(Math.max(0, Math.round((expected - done) * correction))))
        + " left";
  }
}

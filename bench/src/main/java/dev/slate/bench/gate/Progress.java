package dev.slate.bench.gate;

import dev.slate.bench.report.TimeText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells what a run is doing: one line that renews itself on a terminal, a line now and then
 * elsewhere. For one thread.
 */
final class Progress {
  private static final String CLEAR = "\r\u001B[K";
  private static final int WIDTH = 79;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(20);

  private final PrintWriter out;
  private final boolean terminal;
  private final Clock clock;
  private Duration nextLine = Duration.ZERO;
  private int forks;

  /**
   * Starts.
   *
   * @param out standard error
   * @param terminal whether somebody looks at it as it grows
   * @param clock of the run
   */
  Progress(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  void say(String what) {
    out.print(terminal ? CLEAR : "");
    out.println("gate: " + what);
    out.flush();
  }

  void plan(Plan plan, int benchmarks) {
    Iterations iterations = plan.iterations();
    say(
        "%d %s, %d forks a side first, iterations of %s, about %s"
            .formatted(
                benchmarks,
                benchmarks == 1 ? "benchmark" : "benchmarks",
                plan.turns(),
                iterations == null ? "their own length" : iterations.length().toMillis() + " ms",
                TimeText.of(plan.expected())));
  }

  /**
   * A fork begins.
   *
   * @param unit of this
   * @param arm on this side
   * @param left of the budget
   */
  void fork(Unit unit, Arm arm, Duration left) {
    forks++;
    if (terminal) {
      String line =
          "gate: fork %d, at most %s left: %s %s"
              .formatted(forks, TimeText.of(left), arm.name().toLowerCase(Locale.ROOT), unit);
      out.print(CLEAR + (line.length() > WIDTH ? line.substring(0, WIDTH) : line));
      out.flush();
    } else if (clock.elapsed().compareTo(nextLine) >= 0) {
      say("fork " + forks + ", at most " + TimeText.of(left) + " left");
      nextLine = clock.elapsed().plus(BETWEEN_LINES);
    }
  }

  /** Wipes the line that renews itself. */
  void end() {
    if (terminal) {
      out.print(CLEAR);
      out.flush();
    }
  }
}

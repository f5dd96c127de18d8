package dev.slate.bench.gate;

import java.io.PrintWriter;
import java.time.Duration;

/**
 * Tells what a run is doing: one line that renews itself on a terminal, a line now and then
 * elsewhere. For one thread.
 */
final class GateProgress {
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
  GateProgress(PrintWriter out, boolean terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.clock = clock;
  }

  void say(String what) {
    out.print(terminal ? CLEAR : "");
    out.println("gate: " + what);
    out.flush();
  }

  void plan(GatePlan plan, int benchmarks) {
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
   * A turn begins.
   *
   * @param unit of this
   * @param sides that take part in it
   * @param left of the budget
   */
  void turn(Unit unit, int sides, Duration left) {
    String line =
        "fork %d to %d, at most %s left".formatted(forks + 1, forks + sides, TimeText.of(left));
    forks += sides;
    if (terminal) {
      String shown = "gate: " + line + ": " + unit;
      out.print(CLEAR + (shown.length() > WIDTH ? shown.substring(0, WIDTH) : shown));
      out.flush();
    } else if (clock.elapsed().compareTo(nextLine) >= 0) {
      say(line);
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

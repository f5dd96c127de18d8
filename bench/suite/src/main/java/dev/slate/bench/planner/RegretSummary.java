package dev.slate.bench.planner;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The shares of cells within limits of regret and of overhead, and the worst cells. */
final class RegretSummary {
  private static final double[] LIMITS = {1.25, 1.5, 3};
  private static final int WORST = 5;

  /** What planning may add to a build: a share of it, or milliseconds, whichever is more. */
  private static final double MOST_OVERHEAD = 0.25;

  private static final double MOST_OVERHEAD_MILLIS = 30;

  private RegretSummary() {}

  /**
   * Renders it.
   *
   * @param rows at least one
   * @return lines, each ended by a line feed
   */
  static String render(List<RegretRow> rows) {
    StringBuilder text = new StringBuilder(rows.size() + " cells\n");
    for (double limit : LIMITS) {
      text.append(
          String.format(
              Locale.ROOT,
              "within %.2f x of the fastest: %.1f %%%n",
              limit,
              100 * within(rows, limit)));
    }
    text.append("largest regrets:\n");
    rows.stream()
        .sorted(Comparator.comparingDouble(RegretRow::regret).reversed())
        .limit(WORST)
        .forEach(
            row ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %.2f x: %s: %s in place of %s%n",
                        row.regret(),
                        row.cell().title(),
                        row.chosen(),
                        row.fastest())));
    text.append(
        String.format(
            Locale.ROOT,
            "planning adds at most %.0f %% or %.0f ms to the build: %.1f %%%nlargest overheads:%n",
            100 * MOST_OVERHEAD,
            MOST_OVERHEAD_MILLIS,
            100 * cheap(rows)));
    rows.stream()
        .filter(row -> row.overheadMillis() > MOST_OVERHEAD_MILLIS)
        .sorted(Comparator.comparingDouble(RegretRow::overhead).reversed())
        .limit(WORST)
        .forEach(
            row ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %.0f %% of %.0f ms: %s: %s%n",
                        100 * row.overhead(),
                        row.buildMillis(),
                        row.cell().title(),
                        row.chosen())));
    return text.toString();
  }

  /** The share of rows whose plan costs little beside the build. */
  static double cheap(List<RegretRow> rows) {
    return (double)
            rows.stream()
                .filter(
                    row ->
                        row.overhead() <= MOST_OVERHEAD
                            || row.overheadMillis() <= MOST_OVERHEAD_MILLIS)
                .count()
        / rows.size();
  }

  /** The share of rows whose regret is at most a limit. */
  static double within(List<RegretRow> rows, double limit) {
    return (double) rows.stream().filter(row -> row.regret() <= limit).count() / rows.size();
  }
}

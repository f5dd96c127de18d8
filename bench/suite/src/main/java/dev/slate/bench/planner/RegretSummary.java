package dev.slate.bench.planner;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The shares of cells within limits of regret, and the worst cells. */
final class RegretSummary {
  private static final double[] LIMITS = {1.25, 1.5, 3};
  private static final int WORST = 5;

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
    return text.toString();
  }

  /** The share of rows whose regret is at most a limit. */
  static double within(List<RegretRow> rows, double limit) {
    return (double) rows.stream().filter(row -> row.regret() <= limit).count() / rows.size();
  }
}

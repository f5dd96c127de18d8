package dev.slate.bench.planner;

import java.util.Comparator;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

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
    Formatter text = new Formatter(Locale.ROOT);
    text.format("%d cells\n", rows.size());
    for (double limit : LIMITS) {
      text.format("within %.2f x of the fastest: %.1f %%\n", limit, 100 * within(rows, limit));
    }
    text.format("largest regrets:\n");
    largest(rows.stream(), RegretRow::regret)
        .forEach(
            row ->
                text.format(
                    "  %.2f x: %s: %s in place of %s\n",
                    row.regret(), row.cell().title(), row.chosen(), row.fastest()));
    text.format(
        "planning adds at most %.0f %% or %.0f ms to the build: %.1f %%\n",
        100 * MOST_OVERHEAD, MOST_OVERHEAD_MILLIS, 100 * cheap(rows));
    text.format("largest overheads:\n");
    largest(rows.stream().filter(row -> !isCheap(row)), RegretRow::overheadMillis)
        .forEach(
            row ->
                text.format(
                    "  %.0f ms beside a build of %.1f ms: %s: %s\n",
                    row.overheadMillis(), row.buildMillis(), row.cell().title(), row.chosen()));
    return text.toString();
  }

  /** The rows with the largest values, the largest first. */
  private static Stream<RegretRow> largest(
      Stream<RegretRow> rows, ToDoubleFunction<RegretRow> value) {
    return rows.sorted(Comparator.comparingDouble(value).reversed()).limit(WORST);
  }

  /** The share of rows whose plan costs little beside the build. */
  static double cheap(List<RegretRow> rows) {
    return share(rows, RegretSummary::isCheap);
  }

  private static boolean isCheap(RegretRow row) {
    return row.overhead() <= MOST_OVERHEAD || row.overheadMillis() <= MOST_OVERHEAD_MILLIS;
  }

  /** The share of rows whose regret is at most a limit. */
  static double within(List<RegretRow> rows, double limit) {
    return share(rows, row -> row.regret() <= limit);
  }

  private static double share(List<RegretRow> rows, Predicate<RegretRow> counted) {
    return (double) rows.stream().filter(counted).count() / rows.size();
  }
}

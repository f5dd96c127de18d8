package dev.slate.recommend.report;

import dev.slate.recommend.evaluate.Resampling.Interval;
import dev.slate.recommend.online.OnlineComparison;
import dev.slate.recommend.online.OnlineComparison.Agreement;
import dev.slate.recommend.online.OnlineComparison.Entry;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Prints the orders of models offline and online for people. */
public final class OnlineText {
  private OnlineText() {}

  /** Prints models, the best online first, and how far each figure foretells that order. */
  public static void print(OnlineComparison comparison, PrintWriter out) {
    int width = comparison.models().stream().mapToInt(e -> e.name().length()).max().orElse(0);
    String name = "%-" + (Math.max(width, 5) + 2) + "s";
    String first = comparison.figures().getFirst().name();
    out.printf(
        name + "%-27s%-10s%-27s%s%n", "model", "offline " + first, "place", "online", "place");
    for (Entry entry : best(comparison)) {
      out.printf(
          name + "%-27s%-10d%-27s%d%n",
          entry.name(),
          figure(entry.offline()[0], entry.offlineIntervals()[0]),
          entry.offlineRank(0, comparison.models()),
          figure(entry.online(), entry.onlineInterval()),
          entry.onlineRank(comparison.models()));
    }
    out.printf(
        Locale.ROOT,
        "%,d users; online: mean satisfaction with a slate, 0 to 1; 95 %% intervals by bootstrap%n%n",
        comparison.users());
    out.println("Does the order by an offline figure foretell the order online?");
    out.printf("%-14s%s%n", "figure", "Kendall's tau");
    for (Agreement each : comparison.agreement()) {
      out.printf(Locale.ROOT, "%-14s%s%n", each.figure().name(), tau(each));
    }
    out.flush();
  }

  /** Models, the best online first. */
  static List<Entry> best(OnlineComparison comparison) {
    return comparison.models().stream()
        .sorted(Comparator.comparingDouble(Entry::online).reversed())
        .toList();
  }

  static String figure(double mean, Interval interval) {
    return String.format(Locale.ROOT, "%.4f [%.4f, %.4f]", mean, interval.low(), interval.high());
  }

  static String tau(Agreement agreement) {
    return String.format(
        Locale.ROOT,
        "%+.2f [%+.2f, %+.2f]",
        agreement.tau(),
        agreement.interval().low(),
        agreement.interval().high());
  }
}

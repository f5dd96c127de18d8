package dev.slate.sim.report;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricSeries;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints the results of each selector as tables. */
public final class ResultTable {
  private static final int WIDTH = 22;
  private static final int AUTHORS = 5;

  private ResultTable() {}

  /**
   * A line for each metric: start and end of one run, or the ends of several and their differences
   * from the first. An interval holds the true mean with 95 % confidence.
   *
   * @param out where to print
   * @param runs one or more
   */
  public static void print(PrintWriter out, List<SelectorRun> runs) {
    SelectorRun first = runs.getFirst();
    boolean one = runs.size() == 1;
    StringBuilder header = new StringBuilder(String.format("%-34s", "after the last step"));
    header.append(one ? head("start") : "").append(head(first.selector()));
    for (SelectorRun run : runs.subList(1, runs.size())) {
      header.append(head(run.selector())).append(head("difference"));
    }
    out.println(header);
    for (int i = 0; i < first.curves().size(); i++) {
      StringBuilder line =
          new StringBuilder(String.format("%-34s", first.curves().get(i).metric().title()));
      for (SelectorRun run : runs) {
        MetricSeries series = run.curves().get(i);
        if (one) {
          line.append(cell(series, 0, "%.4f"));
        }
        line.append(cell(series, series.mean().length - 1, "%.4f"));
        if (!run.differences().isEmpty()) {
          line.append(cell(run.differences().get(i), 0, "%+.4f"));
        }
      }
      out.println(line.toString().stripTrailing());
    }
    int replications = first.curves().getFirst().replications();
    if (replications > 1) {
      out.printf(
          "means of %d replications with 95 %% confidence intervals%s%n",
          replications, one ? "" : "; differences are paired by replication");
    }
  }

  /**
   * The authors with the largest shares of the picks, beside their shares of items and impressions.
   *
   * @param out where to print
   * @param catalog the items
   * @param runs one or more
   */
  public static void printAuthors(PrintWriter out, ItemCatalog catalog, List<SelectorRun> runs) {
    int[] items = new int[catalog.authors().size()];
    for (int item = 0; item < catalog.size(); item++) {
      items[catalog.author(item)]++;
    }
    for (SelectorRun run : runs) {
      AuthorExposure exposure = run.exposure();
      out.printf(
          "%n%-34s%12s%14s%12s%n",
          run.selector() + ": authors", "of items", "of showings", "of picks");
      IntStream.range(0, items.length)
          .boxed()
          .sorted(Comparator.comparingLong((Integer author) -> exposure.picks(author)).reversed())
          .limit(AUTHORS)
          .forEach(
              author ->
                  out.printf(
                      Locale.ROOT,
                      "%-34s%10.1f %%%12.1f %%%10.1f %%%n",
                      catalog.authors().get(author),
                      100.0 * items[author] / catalog.size(),
                      percent(exposure.impressions(author), exposure.impressions()),
                      percent(exposure.picks(author), exposure.picks())));
    }
  }

  private static double percent(long part, long all) {
    return all == 0 ? 0 : 100.0 * part / all;
  }

  private static String head(String text) {
    return String.format("%" + WIDTH + "s", text);
  }

  private static String cell(MetricSeries series, int step, String format) {
    double mean = series.mean()[step];
    if (Double.isNaN(mean)) {
      return " ".repeat(WIDTH);
    }
    double half = (series.high()[step] - series.low()[step]) / 2;
    String text = String.format(Locale.ROOT, format, mean);
    if (!Double.isNaN(half)) {
      text += String.format(Locale.ROOT, " ± %.4f", half);
    }
    if (series.count()[step] < series.replications()) {
      text += " (" + series.count()[step] + ")";
    }
    return head(text);
  }
}

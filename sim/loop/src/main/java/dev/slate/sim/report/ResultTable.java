package dev.slate.sim.report;

import dev.slate.sim.ItemCatalog;
import dev.slate.sim.audit.AuthorExposure;
import dev.slate.sim.metric.MetricSeries;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Prints the results of each selector as tables of at most 80 columns. */
public final class ResultTable {
  private static final int TITLE = 32;
  private static final int CELL = 16;
  private static final int AUTHORS = 5;

  private ResultTable() {}

  /** A column: a number of each metric, at the first step or at the last. */
  private record Column(String head, List<MetricSeries> series, boolean start, String format) {
    static Column end(SelectorRun run) {
      return new Column(run.selector(), run.curves(), false, "%.3f");
    }
  }

  /**
   * A line for each metric: start and end of one run, or for each further run the end of the first,
   * its own, and the difference of the two. An interval holds the true mean with 95 % confidence.
   *
   * @param out where to print
   * @param runs one or more
   */
  public static void print(PrintWriter out, List<SelectorRun> runs) {
    SelectorRun first = runs.getFirst();
    int least = first.curves().getFirst().replications();
    if (runs.size() == 1) {
      least =
          table(out, List.of(new Column("start", first.curves(), true, "%.3f"), Column.end(first)));
    }
    for (SelectorRun run : runs.subList(1, runs.size())) {
      least =
          Math.min(
              least,
              table(
                  out,
                  List.of(
                      Column.end(first),
                      Column.end(run),
                      new Column("difference", run.differences(), false, "%+.3f"))));
      out.println();
    }
    legend(out, first.curves().getFirst().replications(), least, runs.size() > 1);
  }

  private static void legend(PrintWriter out, int replications, int least, boolean paired) {
    if (replications > 1) {
      out.println(
          Paragraph.wrapped(
              "means of "
                  + replications
                  + " replications with 95 % confidence intervals"
                  + (paired ? "; differences are paired by replication" : ""),
              0));
    }
    if (least < replications) {
      out.println(
          Paragraph.wrapped(
              "* mean of the replications in which somebody counts: "
                  + least
                  + " of "
                  + replications
                  + " or more",
              2));
    }
  }

  /** Prints a table and returns the least number of replications behind a number of it. */
  private static int table(PrintWriter out, List<Column> columns) {
    List<List<String>> heads = columns.stream().map(column -> broken(column.head())).toList();
    int lines = heads.stream().mapToInt(List::size).max().orElse(1);
    for (int line = 0; line < lines; line++) {
      StringBuilder text = new StringBuilder(title(line < lines - 1 ? "" : "after the last step"));
      for (List<String> head : heads) {
        int part = line - lines + head.size();
        text.append(right(part < 0 ? "" : head.get(part) + " "));
      }
      out.println(text.toString().stripTrailing());
    }
    List<MetricSeries> titles = columns.getFirst().series();
    int least = titles.getFirst().replications();
    for (int i = 0; i < titles.size(); i++) {
      StringBuilder text = new StringBuilder(title(titles.get(i).metric().title()));
      for (Column column : columns) {
        MetricSeries series = column.series().get(i);
        int step = column.start() ? 0 : series.mean().length - 1;
        text.append(right(cell(series, step, column.format())));
        int count = series.count()[step];
        least = count == 0 ? least : Math.min(least, count);
      }
      out.println(text.toString().stripTrailing());
    }
    return least;
  }

  private static String cell(MetricSeries series, int step, String format) {
    double mean = series.mean()[step];
    if (Double.isNaN(mean)) {
      return "";
    }
    double half = (series.high()[step] - series.low()[step]) / 2;
    String text = String.format(Locale.ROOT, format, mean);
    if (!Double.isNaN(half)) {
      text += String.format(Locale.ROOT, " ± %.3f", half);
    }
    return text + (series.count()[step] < series.replications() ? "*" : " ");
  }

  /** A name in parts that fit into a cell, broken after hyphens where it has some. */
  private static List<String> broken(String name) {
    int most = CELL - 2;
    List<String> parts = new ArrayList<>();
    String rest = name;
    while (rest.length() > most) {
      int hyphen = rest.lastIndexOf('-', most - 1);
      int end = hyphen < 0 ? most : hyphen + 1;
      parts.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    parts.add(rest);
    return parts;
  }

  private static String title(String text) {
    return String.format("%-" + TITLE + "s", text);
  }

  private static String right(String text) {
    return String.format("%" + CELL + "s", text);
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
}

package dev.slate.sim.report;

import dev.slate.sim.metric.MetricSeries;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints what came of each selector as a table. */
public final class ResultTable {
  private ResultTable() {}

  /**
   * A line for each measure; two columns for one run (start, end), one for each of several runs
   * (end).
   */
  public static void print(PrintWriter out, List<SelectorRun> runs) {
    boolean one = runs.size() == 1;
    StringBuilder header = new StringBuilder(String.format("%-28s", "after the last step"));
    if (one) {
      header.append(String.format("%22s%22s", "start", runs.getFirst().selector()));
    } else {
      runs.forEach(run -> header.append(String.format("%22s", run.selector())));
    }
    out.println(header);
    List<MetricSeries> first = runs.getFirst().curves();
    for (int i = 0; i < first.size(); i++) {
      StringBuilder line = new StringBuilder(String.format("%-28s", first.get(i).metric().title()));
      if (one) {
        line.append(cell(first.get(i), 0));
      }
      for (SelectorRun run : runs) {
        MetricSeries curve = run.curves().get(i);
        line.append(cell(curve, curve.mean().length - 1));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String cell(MetricSeries curve, int step) {
    double mean = curve.mean()[step];
    if (Double.isNaN(mean)) {
      return " ".repeat(22);
    }
    double half = (curve.high()[step] - curve.low()[step]) / 2;
    String text = String.format(Locale.ROOT, "%.4f", mean);
    return String.format(
        "%22s", Double.isNaN(half) ? text : text + String.format(Locale.ROOT, " ± %.4f", half));
  }
}

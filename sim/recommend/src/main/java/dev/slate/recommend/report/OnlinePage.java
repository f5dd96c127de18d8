package dev.slate.recommend.report;

import dev.slate.recommend.online.OnlineComparison;
import dev.slate.recommend.online.OnlineComparison.Agreement;
import dev.slate.recommend.online.OnlineComparison.Entry;
import java.util.List;
import java.util.Locale;

/**
 * Two columns of models, the best on top: by the first offline figure on the left, online on the
 * right. A line joins each model's places; lines that cross are pairs in opposite orders.
 */
public final class OnlinePage {
  /** Height of a row in pixels, as in report.css. */
  private static final int ROW = 34;

  private final OnlineComparison comparison;
  private final StringBuilder html = new StringBuilder();

  private OnlinePage(OnlineComparison comparison) {
    this.comparison = comparison;
  }

  /** The page as text. */
  public static String of(OnlineComparison comparison) {
    OnlinePage page = new OnlinePage(comparison);
    page.places();
    page.agreement();
    return ComparisonPage.resource("online.html")
        .replace("@style@", ComparisonPage.resource("report.css"))
        .replace("@users@", String.format(Locale.ROOT, "%,d", comparison.users()))
        .replace("@figure@", comparison.figures().getFirst().name())
        .replace("@body@", page.html);
  }

  private void places() {
    List<Entry> models = comparison.models();
    Entry[] left = new Entry[models.size()];
    Entry[] right = new Entry[models.size()];
    StringBuilder lines = new StringBuilder();
    for (Entry entry : models) {
      int from = place(left, entry, entry.offlineRank(0, models));
      int to = place(right, entry, entry.onlineRank(models));
      lines.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"2\" x2=\"98\" y1=\"%d\" y2=\"%d\" class=\"interval\"/>%n",
              from * ROW + ROW / 2,
              to * ROW + ROW / 2));
    }
    html.append("<section class=\"places\">\n<ol class=\"left\"><li>offline ")
        .append(ComparisonPage.escaped(comparison.figures().getFirst().name()))
        .append("</li>\n");
    for (Entry entry : left) {
      label(entry.name(), number(entry.offline()[0]));
    }
    html.append(
        String.format(
            Locale.ROOT,
            "</ol>%n<svg viewBox=\"0 0 100 %d\" preserveAspectRatio=\"none\" style=\"height:%dpx\""
                + " role=\"img\" aria-label=\"places of models offline and online\">%n",
            models.size() * ROW,
            models.size() * ROW));
    html.append(lines).append("</svg>\n<ol><li>online satisfaction</li>\n");
    for (Entry entry : right) {
      label(number(entry.online()), entry.name());
    }
    html.append("</ol>\n</section>\n");
  }

  /** Takes a place on one side. Equal models stand below each other. */
  private static int place(Entry[] side, Entry entry, int rank) {
    int row = rank - 1;
    while (side[row] != null) {
      row++;
    }
    side[row] = entry;
    return row;
  }

  private void label(String first, String second) {
    html.append("<li>")
        .append(ComparisonPage.escaped(first))
        .append(" &nbsp;")
        .append(ComparisonPage.escaped(second))
        .append("</li>\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private void agreement() {
    html.append(
        "<section><h2>Does the order by an offline figure foretell the order online?</h2><table>"
            + "<tr><th>figure</th><th>Kendall's tau, 95 % interval</th></tr>\n");
    for (Agreement each : comparison.agreement()) {
      html.append("<tr><td>")
          .append(each.figure().name())
          .append("</td><td>")
          .append(OnlineText.tau(each))
          .append("</td></tr>\n");
    }
    html.append("</table></section>\n");
  }
}

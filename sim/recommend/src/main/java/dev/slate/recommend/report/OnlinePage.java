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
  private static final int ROW = 34;
  private static final int LEFT = 330;
  private static final int RIGHT = 530;
  private static final int WIDTH = 860;

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
    html.append(
        String.format(
            Locale.ROOT,
            "<section><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"places of models offline"
                + " and online\">%n",
            WIDTH,
            (models.size() + 1) * ROW));
    text(LEFT, 20, "name", "offline " + comparison.figures().getFirst().name());
    text(RIGHT, 20, "value", "online satisfaction");
    boolean[] takenLeft = new boolean[models.size()];
    boolean[] takenRight = new boolean[models.size()];
    for (Entry entry : models) {
      int left = height(takenLeft, entry.offlineRank(0, models));
      int right = height(takenRight, entry.onlineRank(models));
      text(LEFT, left + 4, "name", label(entry, entry.offline()[0], true));
      text(RIGHT, right + 4, "value", label(entry, entry.online(), false));
      html.append(
          String.format(
              Locale.ROOT,
              "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" class=\"interval\"/>%n",
              LEFT + 10,
              RIGHT - 10,
              left,
              right));
    }
    html.append("</svg></section>\n");
  }

  /** Equal models stand below each other. */
  private static int height(boolean[] taken, int rank) {
    int row = rank - 1;
    while (taken[row]) {
      row++;
    }
    taken[row] = true;
    return (row + 1) * ROW + ROW / 2;
  }

  private static String label(Entry entry, double value, boolean nameFirst) {
    String number = String.format(Locale.ROOT, "%.4f", value);
    return nameFirst ? entry.name() + "  " + number : number + "  " + entry.name();
  }

  private void text(int x, int y, String style, String text) {
    html.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>%n",
            x,
            y,
            style,
            ComparisonPage.escaped(text)));
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

package dev.slate.recommend.report;

import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.ModelComparison.Entry;
import dev.slate.recommend.evaluate.ModelComparison.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * A comparison as one page without scripts: for each figure the models with their intervals, then
 * the tests and the properties.
 */
public final class ComparisonPage {
  private static final int ROW = 26;
  private static final int LEFT = 150;
  private static final int PLOT = 420;
  private static final int WIDTH = 760;
  private static final double ALPHA = 0.05;

  private final ModelComparison comparison;
  private final StringBuilder html = new StringBuilder();

  private ComparisonPage(ModelComparison comparison) {
    this.comparison = comparison;
  }

  /** The page as text. */
  public static String of(ModelComparison comparison, String convention, String test) {
    ComparisonPage page = new ComparisonPage(comparison);
    page.figures();
    page.tests();
    page.properties();
    return resource("report.html")
        .replace("@style@", resource("report.css"))
        .replace("@models@", String.valueOf(comparison.models().size()))
        .replace("@users@", String.format(Locale.ROOT, "%,d", comparison.users().size()))
        .replace("@convention@", escaped(convention))
        .replace("@test@", escaped(test))
        .replace("@body@", page.html);
  }

  static String resource(String name) {
    try (InputStream in = ComparisonPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void figures() {
    for (int figure = 0; figure < comparison.figures().size(); figure++) {
      String name = comparison.figures().get(figure).name();
      double most = 0;
      for (Entry entry : comparison.models()) {
        most = Math.max(most, entry.intervals()[figure].high());
      }
      double scale = most > 0 ? PLOT / most : 0;
      int height = comparison.models().size() * ROW + 10;
      html.append("<section><h2>").append(escaped(name)).append("</h2>\n");
      html.append(
          String.format(
              Locale.ROOT,
              "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s of each model\">%n",
              WIDTH,
              height,
              escaped(name)));
      for (int row = 0; row < comparison.models().size(); row++) {
        bar(comparison.models().get(row), figure, row * ROW + 5, scale);
      }
      html.append("</svg></section>\n");
    }
  }

  private void bar(Entry entry, int figure, int y, double scale) {
    double mean = entry.means()[figure];
    double low = entry.intervals()[figure].low();
    double high = entry.intervals()[figure].high();
    double middle = y + ROW / 2.0;
    html.append(
        String.format(
            Locale.ROOT,
            """
            <text x="%d" y="%.1f" class="name">%s</text>
            <rect x="%d" y="%d" width="%.1f" height="%d" class="bar"/>
            <line x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f" class="interval"/>
            <text x="%d" y="%.1f" class="value">%.4f  [%.4f, %.4f]</text>
            """,
            LEFT - 10,
            middle + 4,
            escaped(entry.name()),
            LEFT,
            y + 4,
            mean * scale,
            ROW - 8,
            LEFT + low * scale,
            LEFT + high * scale,
            middle,
            middle,
            LEFT + PLOT + 12,
            middle + 4,
            mean,
            low,
            high));
  }

  private void tests() {
    if (comparison.pairs().isEmpty()) {
      return;
    }
    html.append(
        "<section><h2>Paired tests</h2><p>Student's test on each user's difference, corrected by"
            + " Holm over the pairs of a metric. Bold: p below 0.05.</p><table><tr><th>metric"
            + "</th><th>model</th><th>against</th><th>difference</th><th>95 % interval</th>"
            + "<th>p</th></tr>\n");
    for (Pair pair : comparison.pairs()) {
      boolean found = pair.p() < ALPHA;
      html.append(
          String.format(
              Locale.ROOT,
              "<tr%s><td>%s</td><td>%s</td><td>%s</td><td>%+.4f</td><td>[%+.4f, %+.4f]</td>"
                  + "<td>%s</td></tr>%n",
              found ? " class=\"found\"" : "",
              escaped(comparison.figures().get(pair.figure()).name()),
              escaped(comparison.models().get(pair.b()).name()),
              escaped(comparison.models().get(pair.a()).name()),
              pair.difference(),
              pair.interval().low(),
              pair.interval().high(),
              escaped(ComparisonText.probability(pair.p()))));
    }
    html.append("</table></section>\n");
  }

  private void properties() {
    html.append("<section><h2>What is recommended</h2><table><tr><th>model</th>");
    ComparisonText.properties(comparison.models().getFirst())
        .keySet()
        .forEach(
            name -> html.append("<th>").append(escaped(name.replace('_', ' '))).append("</th>"));
    html.append("<th>fallbacks</th></tr>\n");
    for (Entry entry : comparison.models()) {
      html.append("<tr><td>").append(escaped(entry.name())).append("</td>");
      ComparisonText.properties(entry)
          .values()
          .forEach(value -> html.append(String.format(Locale.ROOT, "<td>%.3f</td>", value)));
      html.append("<td>").append(entry.fallbacks()).append("</td></tr>\n");
    }
    html.append("</table></section>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

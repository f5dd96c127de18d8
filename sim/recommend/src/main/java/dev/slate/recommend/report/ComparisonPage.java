package dev.slate.recommend.report;

import dev.slate.recommend.evaluate.ModelComparison;
import dev.slate.recommend.evaluate.ModelComparison.Entry;
import dev.slate.recommend.evaluate.ModelComparison.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A comparison as one page without scripts: for each figure the models with their intervals, then
 * the tests and the properties.
 */
public final class ComparisonPage {
  /** Units of a bar's width; the page stretches them. */
  private static final int PLOT = 1000;

  private static final double ALPHA = 0.05;

  /** What the columns of the last table are. */
  static final Map<String, String> MEANINGS =
      Map.ofEntries(
          Map.entry("coverage", "share of the items of the training that somebody is recommended"),
          Map.entry(
              "distributional_coverage",
              "entropy of the recommended items, in bits; more is more even"),
          Map.entry(
              "gini",
              "inequality of how often items are recommended: 0 all alike, near 1 few only"),
          Map.entry("novelty", "mean of -log2 of an item's share of the training, in bits"),
          Map.entry(
              "diversity",
              "1 minus the mean similarity of two items of a list; similarity is the cosine of"
                  + " their users"),
          Map.entry(
              "serendipity",
              "mean over a list of 1 minus the similarity to the user's history, 0 where the item"
                  + " is not relevant"),
          Map.entry(
              "popularity_lift",
              "how much more popular a list is than the user's history: the ratio of the mean"
                  + " numbers of users, minus 1"),
          Map.entry("watch_time", "watched in the test of what is recommended, per user"),
          Map.entry("dwell_time", "time on what is recommended in the test, per user"),
          Map.entry("repeat_visits", "repeat visits in the test to what is recommended, per user"),
          Map.entry("clicks", "clicks in the test on what is recommended, per user"),
          Map.entry(
              "match_rate",
              "share of users who bought, subscribed to, bookmarked or doubly liked something"
                  + " recommended"),
          Map.entry(
              "engagement",
              "sum of the weights of the test's rows about what is recommended, per user"));

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
      html.append("<section><h2>").append(escaped(name)).append("</h2>\n");
      for (Entry entry : comparison.models()) {
        bar(entry, figure, scale);
      }
      html.append("</section>\n");
    }
  }

  private void bar(Entry entry, int figure, double scale) {
    double mean = entry.means()[figure];
    double low = entry.intervals()[figure].low();
    double high = entry.intervals()[figure].high();
    html.append(
        String.format(
            Locale.ROOT,
            """
            <div class="model"><span class="name">%s</span>
            <svg viewBox="0 0 %d 18" preserveAspectRatio="none" aria-hidden="true">
            <rect y="0" width="%.1f" height="18" class="bar"/>
            <line x1="%.1f" x2="%.1f" y1="9" y2="9" class="interval"/></svg>
            <span class="value">%.4f &nbsp;[%.4f, %.4f]</span></div>
            """,
            escaped(entry.name()),
            PLOT,
            mean * scale,
            low * scale,
            high * scale,
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
            + " Holm over the pairs of a metric; intervals are of one pair alone. Bold: p below 0.05.</p><table><tr><th>metric"
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
    html.append("<section><h2>What is recommended</h2><p>Of lists ")
        .append(ComparisonText.cut(comparison))
        .append(".</p><table><tr><th>model</th>");
    Set<String> names = ComparisonText.properties(comparison.models().getFirst()).keySet();
    names.forEach(
        name -> html.append("<th>").append(escaped(name.replace('_', ' '))).append("</th>"));
    html.append("<th>fallbacks</th></tr>\n");
    for (Entry entry : comparison.models()) {
      html.append("<tr><td>").append(escaped(entry.name())).append("</td>");
      ComparisonText.properties(entry)
          .values()
          .forEach(value -> html.append(String.format(Locale.ROOT, "<td>%.3f</td>", value)));
      html.append("<td>").append(entry.fallbacks()).append("</td></tr>\n");
    }
    html.append("</table></section>\n<dl>");
    for (String name : names) {
      meaning(name, MEANINGS.getOrDefault(name, ""));
    }
    meaning("fallbacks", "users for whom the model had nothing, and who got what is popular");
    html.append("</dl>\n");
  }

  private void meaning(String name, String text) {
    if (!text.isEmpty()) {
      html.append("<dt>").append(escaped(name.replace('_', ' '))).append("</dt><dd>");
      html.append(escaped(text)).append("</dd>\n");
    }
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}

package dev.slate.bench.compare;

import java.util.Comparator;
import java.util.List;

/**
 * A comparison in GitHub's Markdown, for the summary of a CI step or a comment: what failed in a
 * table, what passed in a folded one, {@value #MOST_LINES} lines at most, the gravest first.
 */
public final class MarkdownReport {
  private static final String HEAD =
      """
      | verdict | benchmark | metric | base | new | change | interval | sees |
      |---|---|---|--:|--:|--:|:-:|--:|
      """;

  /** A comment that is longer is not read. */
  static final int MOST_LINES = 60;

  private static final int MOST_NOTES = 4;

  /** Title, summary, both tables' frames and the rules. */
  private static final int FRAME_LINES = 17;

  private MarkdownReport() {}

  /**
   * Renders a comparison.
   *
   * @param comparison the comparison
   * @param title such as {@code base.json -> new.json}
   * @return lines, the last with its line break
   */
  public static String of(Comparison comparison, String title) {
    StringBuilder out = new StringBuilder();
    out.append("### ").append(escaped(title)).append("\n\n");
    out.append("**").append(TextReport.summary(comparison)).append("**\n\n");
    List<String> notes = comparison.notes();
    notes.stream()
        .limit(MOST_NOTES)
        .forEach(note -> out.append("> ").append(escaped(note)).append("\n\n"));
    List<ComparisonRow> others = rows(comparison, false);
    List<ComparisonRow> passed = rows(comparison, true);
    int room = MOST_LINES - FRAME_LINES - 2 * Math.min(MOST_NOTES, notes.size());
    int shown = Math.min(room, others.size());
    if (!others.isEmpty()) {
      table(out, others.subList(0, shown), others.size() - shown);
    }
    int folded = Math.min(room - shown, passed.size());
    if (folded > 0) {
      out.append("<details><summary>").append(passed.size()).append(" pass</summary>\n\n");
      table(out, passed.subList(0, folded), passed.size() - folded);
      out.append("</details>\n\n");
    }
    ComparisonRules rules = comparison.rules();
    out.append(
        "<sub>alpha %s over the family (Holm), floor %s, %s intervals over forks; *sees* is the smallest change that would have been noticed 4 times in 5.</sub>\n"
            .formatted(
                Numbers.plain(rules.alpha()),
                Numbers.percent(rules.minEffect()),
                Numbers.percent(rules.confidence())));
    return out.toString();
  }

  private static List<ComparisonRow> rows(Comparison comparison, boolean passed) {
    return comparison.rows().stream()
        .filter(row -> (row.verdict() == Verdict.PASS) == passed)
        .sorted(Comparator.comparing(ComparisonRow::verdict))
        .toList();
  }

  private static void table(StringBuilder out, List<ComparisonRow> rows, int left) {
    out.append(HEAD);
    for (ComparisonRow row : rows) {
      out.append("| ")
          .append(row.verdict() == Verdict.REGRESSED ? "**regressed**" : row.verdict())
          .append(row.reason().isEmpty() ? "" : "<br><sub>" + escaped(row.reason()) + "</sub>")
          .append(" | ")
          .append(escaped(row.key().run().toString()))
          .append(" | ")
          .append(escaped(row.metric().label()))
          .append(" | ")
          .append(Numbers.value(row.base()))
          .append(" | ")
          .append(Numbers.value(row.candidate()))
          .append(" | ")
          .append(TextReport.change(row))
          .append(" | ")
          .append(
              Double.isNaN(row.low())
                  ? ""
                  : Numbers.change(row.low()) + " … " + Numbers.change(row.high()))
          .append(" | ")
          .append(TextReport.sees(row))
          .append(" |\n");
    }
    if (left > 0) {
      out.append("| … | and ").append(left).append(" more | | | | | | |\n");
    }
    out.append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("_", "\\_")
        .replace("*", "\\*")
        .replace("`", "\\`");
  }
}

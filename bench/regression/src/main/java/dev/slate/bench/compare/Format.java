package dev.slate.bench.compare;

import dev.slate.bench.results.Direction;
import picocli.CommandLine.Help.Ansi;

/** The forms in which a comparison is written. */
public enum Format {
  /** A table for the terminal. */
  TEXT("text"),
  /** Markdown, for the summary of a CI step. */
  MARKDOWN("md"),
  /** Versioned JSON. */
  JSON("json"),
  /** The array that github-action-benchmark reads as customSmallerIsBetter. */
  ACTION_SMALLER("github-smaller"),
  /** The array that github-action-benchmark reads as customBiggerIsBetter. */
  ACTION_BIGGER("github-bigger");

  private final String label;

  Format(String label) {
    this.label = label;
  }

  /**
   * Renders a comparison.
   *
   * @param comparison the comparison
   * @param base names the baseline
   * @param candidate names the candidate
   * @param ansi whether a terminal's colours are wanted
   * @return the whole text
   */
  public String render(Comparison comparison, String base, String candidate, Ansi ansi) {
    String title = base + " → " + candidate;
    return switch (this) {
      case TEXT -> TextReport.of(comparison, title, ansi);
      case MARKDOWN -> MarkdownReport.of(comparison, title);
      case JSON -> JsonReport.of(comparison, base, candidate);
      case ACTION_SMALLER -> ActionArray.of(comparison, Direction.LOWER_IS_BETTER);
      case ACTION_BIGGER -> ActionArray.of(comparison, Direction.HIGHER_IS_BETTER);
    };
  }

  @Override
  public String toString() {
    return label;
  }
}

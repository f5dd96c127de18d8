package dev.slate.sim.report;

/** Text broken into lines of at most 80 characters, as a terminal has them. */
public final class Paragraph {
  /** Characters of a line. */
  static final int WIDTH = 80;

  private Paragraph() {}

  /**
   * Breaks a text at blanks. A word that is longer than a line stays whole.
   *
   * @param text words separated by single blanks
   * @param indent blanks before each line but the first
   * @return the lines, separated by line feeds, without one at the end
   */
  public static String wrapped(String text, int indent) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    boolean begun = false;
    int from = 0;
    while (from <= text.length()) {
      int blank = text.indexOf(' ', from);
      int to = blank < 0 ? text.length() : blank;
      if (begun && column + 1 + to - from > WIDTH) {
        lines.append('\n').append(" ".repeat(indent));
        column = indent;
      } else if (begun) {
        lines.append(' ');
        column++;
      }
      lines.append(text, from, to);
      column += to - from;
      begun = true;
      from = to + 1;
    }
    return lines.toString();
  }
}

package dev.slate.recommend.cli;

/** Cells of comma-separated text. */
final class Cells {
  private Cells() {}

  /** A cell as RFC 4180 has it. */
  static String quoted(String cell) {
    boolean special = cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return special ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}

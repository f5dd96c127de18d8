package dev.slate.data.format;

import java.util.Locale;

/** Characters that a reader does not see, or takes for others. */
final class Spelling {
  private static final int MAX_EXCERPT = 40;

  private Spelling() {}

  /** The cell without invisible characters, and with plain signs. */
  static String plain(String cell) {
    StringBuilder plain = new StringBuilder();
    cell.codePoints()
        .filter(c -> !isInvisible(c))
        .map(c -> Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212' ? '-' : c)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** The text for a message: short, and with the names of characters that are no plain ones. */
  static String excerpt(String text) {
    StringBuilder line = new StringBuilder();
    text.replaceAll("\\s+", " ")
        .codePoints()
        .forEach(
            c -> {
              boolean unlike = c >= 0x80 && !Character.isLetterOrDigit(c);
              if (unlike || Character.isISOControl(c)) {
                line.append(String.format(Locale.ROOT, "<U+%04X>", c));
              } else {
                line.appendCodePoint(c);
              }
            });
    return line.length() <= MAX_EXCERPT
        ? line.toString()
        : line.substring(0, MAX_EXCERPT - 3) + "...";
  }

  private static boolean isInvisible(int c) {
    return Character.isISOControl(c)
        || Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}

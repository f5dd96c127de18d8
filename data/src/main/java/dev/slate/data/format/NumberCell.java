package dev.slate.data.format;

import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.util.Locale;

/** A number in a cell of text, rounded once from the decimal to float32. */
final class NumberCell {
  private NumberCell() {}

  /**
   * Parses a cell: decimal notation with an optional exponent, or a spelling of NaN or infinity;
   * spaces around are ignored.
   *
   * @return the nearest float32, an infinity beyond its range
   * @throws NumberFormatException if the text is anything else
   */
  static float parse(char[] text, int offset, int length) {
    int from = offset;
    int to = offset + length;
    while (from < to && text[from] <= ' ') {
      from++;
    }
    while (from < to && text[to - 1] <= ' ') {
      to--;
    }
    if (from == to) {
      throw new NumberFormatException("empty");
    }
    char last = text[to - 1];
    // The parser speaks Java: 1f, 1d and 0x1p3 are numbers there, but text here.
    boolean digit = last >= '0' && last <= '9';
    boolean decimal = (digit || last == '.') && !isHexadecimal(text, from, to);
    return decimal
        ? JavaFloatParser.parseFloat(text, from, to - from)
        : special(new String(text, from, to - from));
  }

  /** Tells whether a cell holds a number. */
  static boolean isNumber(String cell) {
    try {
      parse(cell.toCharArray(), 0, cell.length());
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isHexadecimal(char[] text, int from, int to) {
    for (int i = from; i < Math.min(to, from + 3); i++) {
      if (text[i] == 'x' || text[i] == 'X') {
        return true;
      }
    }
    return false;
  }

  private static float special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Float.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Float.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Float.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(text);
    };
  }
}

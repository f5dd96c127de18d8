package dev.slate.data.format;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import java.util.Locale;

/** A number in a cell of text, rounded once from the decimal to float32. */
final class NumberCell {
  private NumberCell() {}

  /**
   * Parses a cell: decimal notation with an optional exponent, or a spelling of NaN or infinity;
   * spaces around are ignored.
   *
   * @param decimal the decimal mark, a point or a comma
   * @return the nearest float32, an infinity beyond its range
   * @throws NumberFormatException if the text is anything else
   */
  static float parse(char[] text, int offset, int length, char decimal) {
    return (float) parse(text, offset, length, decimal, JavaFloatParser::parseFloat);
  }

  /** Parses a cell to the nearest double, an infinity beyond its range. */
  static double parseDouble(char[] text, int offset, int length, char decimal) {
    return parse(text, offset, length, decimal, JavaDoubleParser::parseDouble);
  }

  /** Turns decimal notation into a number; a float is returned as a double, exactly. */
  private interface Parser {
    double parse(char[] text, int offset, int length);
  }

  private static double parse(char[] cell, int offset, int length, char decimal, Parser parser) {
    boolean comma = decimal == ',';
    char[] text = comma ? withPoint(cell, offset, length) : cell;
    int from = comma ? 0 : offset;
    int to = from + length;
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
    boolean number = (digit || last == '.') && !isHexadecimal(text, from, to);
    return number
        ? parser.parse(text, from, to - from)
        : special(new String(text, from, to - from));
  }

  /** A copy with a decimal point in place of the comma; a point is no part of such a number. */
  private static char[] withPoint(char[] cell, int offset, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      char c = cell[offset + i];
      text[i] = c == ',' ? '.' : c == '.' ? ',' : c;
    }
    return text;
  }

  /** Tells whether a cell holds a number. */
  static boolean isNumber(String cell, char decimal) {
    try {
      parse(cell.toCharArray(), 0, cell.length(), decimal);
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

  private static double special(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new NumberFormatException(text);
    };
  }
}

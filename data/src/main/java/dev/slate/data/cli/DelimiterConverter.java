package dev.slate.data.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A delimiter on the command line: one character, or its name. */
final class DelimiterConverter implements ITypeConverter<Character> {
  @Override
  public Character convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "tab", "\\t" -> '\t';
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "blank", "space" -> ' ';
      case "pipe" -> '|';
      default -> {
        char c = text.length() == 1 ? text.charAt(0) : '"';
        if (c == '"' || c == '\n' || c == '\r' || c == '\0' || Character.isLetterOrDigit(c)) {
          throw new TypeConversionException(
              "'"
                  + text
                  + "' is no delimiter (one character, or tab, comma, semicolon, blank, pipe)");
        }
        yield c;
      }
    };
  }
}

package dev.slate.data.cli;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A decimal mark on the command line. */
final class DecimalConverter implements ITypeConverter<Character> {
  @Override
  public Character convert(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case ".", "point" -> '.';
      case ",", "comma" -> ',';
      default -> throw new TypeConversionException("'" + text + "' is no decimal mark (. or ,)");
    };
  }
}

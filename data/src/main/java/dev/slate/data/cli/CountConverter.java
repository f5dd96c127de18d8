package dev.slate.data.cli;

import dev.slate.data.Count;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers of things on the command line: {@code 500}, {@code 10k}, {@code 2.5m}; at least 1. */
public final class CountConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      int count = Count.parse(text);
      if (count == 0) {
        throw new TypeConversionException("must be at least 1, but it is " + text);
      }
      return count;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

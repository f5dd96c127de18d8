package dev.slate.sim.cli;

import dev.slate.data.Count;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30}, {@code 27k}, {@code 1m}. */
final class SuffixedCountConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    try {
      return Count.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}

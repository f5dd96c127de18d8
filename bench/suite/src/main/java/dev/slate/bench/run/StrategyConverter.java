package dev.slate.bench.run;

import dev.slate.bench.suite.StrategyChoice;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words of {@code --strategy}, as of {@code slate search}: how to plan is another option. */
final class StrategyConverter implements ITypeConverter<StrategyChoice>, Iterable<String> {
  @Override
  public StrategyChoice convert(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    if (name.equals(StrategyChoice.MEASURED.name())) {
      throw new TypeConversionException(
          "measured is a way of planning: say --strategy auto --planning measured");
    }
    return names()
        .filter(name::equals)
        .map(StrategyChoice::valueOf)
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is not one of " + String.join(", ", this)));
  }

  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  private static Stream<String> names() {
    return Arrays.stream(StrategyChoice.values())
        .filter(choice -> choice != StrategyChoice.MEASURED)
        .map(Enum::name);
  }
}

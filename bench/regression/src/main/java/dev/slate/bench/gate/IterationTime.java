package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * How long an iteration lasts.
 *
 * @param fixed a length; null to let the budget decide, or the benchmark
 * @param annotated whether the benchmark's own annotations decide
 */
record IterationTime(@Nullable Duration fixed, boolean annotated) {
  static final IterationTime AUTO = new IterationTime(null, false);
  static final IterationTime ANNOTATED = new IterationTime(null, true);

  /**
   * Reads the option.
   *
   * @param text {@code auto}, {@code annotated} or a time
   * @return what it says
   * @throws BadInputException if it is neither
   */
  static IterationTime of(String text) {
    try {
      return switch (text) {
        case "auto" -> AUTO;
        case "annotated" -> ANNOTATED;
        default -> new IterationTime(new DurationText().convert(text), false);
      };
    } catch (TypeConversionException e) {
      throw new BadInputException("--iteration-time", String.valueOf(e.getMessage()), e);
    }
  }
}

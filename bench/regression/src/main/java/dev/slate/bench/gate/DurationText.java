package dev.slate.bench.gate;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time such as {@code 10m}, {@code 90s}, {@code 1h30m} or {@code 500ms}. */
final class DurationText implements ITypeConverter<Duration> {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

  @Override
  public Duration convert(String text) {
    Matcher parts = FORM.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new TypeConversionException("'" + text + "' is not a time such as 10m, 90s or 1h30m");
    }
    Duration time =
        Duration.ofHours(part(parts, 1))
            .plusMinutes(part(parts, 2))
            .plusSeconds(part(parts, 3))
            .plusMillis(part(parts, 4));
    if (time.isZero()) {
      throw new TypeConversionException("must be longer than 0, but it is " + text);
    }
    return time;
  }

  private static long part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}

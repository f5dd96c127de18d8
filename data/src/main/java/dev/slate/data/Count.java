package dev.slate.data;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of things as people write them: {@code 500}, {@code 10k}, {@code 2.5m}. */
public final class Count {
  private static final Pattern PATTERN = Pattern.compile("(\\d{1,10})(?:\\.(\\d{1,6}))?([kKmM]?)");

  private Count() {}

  /**
   * Reads a number.
   *
   * @param text digits, then {@code k} for thousands or {@code m} for millions; a decimal point
   *     where the number stays whole
   * @return from 0 to 2^31 - 1
   * @throws IllegalArgumentException if the text is anything else, in words that fit a message
   */
  public static int parse(String text) {
    Matcher matcher = PATTERN.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a count (such as 500, 10k or 2.5m)");
    }
    String decimals = matcher.group(2) == null ? "" : matcher.group(2);
    int zeros =
        switch (matcher.group(3)) {
          case "k", "K" -> 3;
          case "m", "M" -> 6;
          default -> 0;
        };
    if (decimals.length() > zeros) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number");
    }
    long count =
        Long.parseLong(matcher.group(1) + decimals + "0".repeat(zeros - decimals.length()));
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("'" + text + "' is more than " + Integer.MAX_VALUE);
    }
    return (int) count;
  }
}

package dev.slate.data.format;

import java.util.Locale;

/** Words for values that are not finite in float32. */
public final class NonFinite {
  private NonFinite() {}

  /**
   * Says what is wrong with a value.
   *
   * @param text the value as the source spells it
   * @return {@code the value is NaN}, {@code the value is -Infinity} or {@code 1e39 overflows
   *     float32}
   */
  public static String problem(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("nan")) {
      return "the value is NaN";
    }
    if (lower.contains("inf")) {
      return "the value is " + (lower.startsWith("-") ? "-Infinity" : "Infinity");
    }
    return text + " overflows float32";
  }
}

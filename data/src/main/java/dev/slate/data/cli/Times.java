package dev.slate.data.cli;

import java.util.Locale;

/** Times as people read them: three digits, and all digits of whole seconds. */
public final class Times {
  private Times() {}

  /**
   * Writes a time.
   *
   * @param micros microseconds, not negative
   * @return such as {@code 2.72 µs}, {@code 31.4 ms} or {@code 180 s}
   */
  public static String text(double micros) {
    if (micros < 999.5) {
      return digits(micros) + " µs";
    }
    return micros < 999.5e3 ? digits(micros / 1e3) + " ms" : digits(micros / 1e6) + " s";
  }

  private static String digits(double value) {
    return String.format(
        Locale.ROOT, value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value);
  }
}

package dev.slate.bench.gate;

import java.time.Duration;

/** A length of time as people say it. */
public final class TimeText {
  private TimeText() {}

  /**
   * Renders it to the second, from an hour on to the minute.
   *
   * @param time not negative
   * @return such as {@code 8s}, {@code 4m}, {@code 4m10s}, {@code 2h05m}
   */
  public static String of(Duration time) {
    long seconds = Math.round(time.toMillis() / 1000.0);
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m" + (seconds % 60 == 0 ? "" : twoDigits(seconds % 60) + "s");
    }
    return seconds / 3600 + "h" + twoDigits(seconds % 3600 / 60) + "m";
  }

  private static String twoDigits(long n) {
    return n < 10 ? "0" + n : Long.toString(n);
  }
}

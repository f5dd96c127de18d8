package dev.slate.sim.cli;

import dev.slate.data.InputException;

/** Turns values out of range into bad input that names the option. */
final class OptionChecks {
  private OptionChecks() {}

  static int atLeast(int least, String option, int value) {
    if (value < least) {
      throw new InputException(option, "must be at least " + least + ", but it is " + value);
    }
    return value;
  }

  static double within(double low, double high, String option, double value) {
    if (!(value >= low && value <= high)) {
      throw new InputException(
          option, "must be from " + text(low) + " to " + text(high) + ", but it is " + text(value));
    }
    return value;
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}

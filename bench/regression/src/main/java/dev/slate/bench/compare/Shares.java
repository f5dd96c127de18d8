package dev.slate.bench.compare;

import dev.slate.bench.results.BadInputException;

/** Shares of a whole as people write them: {@code 0.05} or {@code 5%}. */
public final class Shares {
  private Shares() {}

  /**
   * Reads a share. From 1 on it takes a percent sign: a 5 that means 5 % would be 500 %, a floor
   * under which everything passes.
   *
   * @param option that it was given to
   * @param text as given
   * @return at least 0
   * @throws BadInputException if it is not a number, negative, or 1 or more without a percent sign
   */
  public static double parse(String option, String text) {
    boolean percent = text.endsWith("%");
    double value;
    try {
      value = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
    } catch (NumberFormatException e) {
      throw new BadInputException(option, "'" + text + "' is not a number or a percentage", e);
    }
    double share = percent ? value / 100 : value;
    if (!(share >= 0 && share < Double.POSITIVE_INFINITY)) {
      throw new BadInputException(option, "must be at least 0, but it is " + text);
    }
    if (share >= 1 && !percent) {
      throw new BadInputException(
          option, "a share without % is below 1, but it is " + text + "; write " + text + "%");
    }
    return share;
  }

  /**
   * Reads a share that is neither nothing nor all.
   *
   * @param option that it was given to
   * @param text as given
   * @return above 0, below 1
   * @throws BadInputException if it is not a number, or out of range
   */
  static double between(String option, String text) {
    double share = parse(option, text);
    if (!(share > 0 && share < 1)) {
      throw new BadInputException(option, "must be above 0 and below 1, but it is " + text);
    }
    return share;
  }
}

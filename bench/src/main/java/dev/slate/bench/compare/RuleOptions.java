package dev.slate.bench.compare;

import dev.slate.data.InputException;
import picocli.CommandLine.Option;

/** The options that set the rules of a comparison; a mixin of the commands that compare. */
public final class RuleOptions {
  @Option(
      names = "--alpha",
      paramLabel = "P",
      description = "Chance of one false alarm in the whole run (default: 0.01).")
  private String alpha = "0.01";

  @Option(
      names = "--min-effect",
      paramLabel = "PERCENT",
      description = "Smallest change that matters (default: 5%%).")
  private String minEffect = "5%";

  @Option(
      names = "--confidence",
      paramLabel = "PERCENT",
      description = "Level of the intervals (default: 95%%).")
  private String confidence = "95%";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of everything random (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  /**
   * Reads the options.
   *
   * @return the rules
   * @throws InputException if one is not a number or out of range
   */
  public Rules rules() {
    return new Rules(
        share("--alpha", alpha, 0, 1),
        share("--min-effect", minEffect, -Double.MIN_VALUE, Double.MAX_VALUE),
        share("--confidence", confidence, 0, 1),
        seed);
  }

  private static double share(String option, String text, double above, double below) {
    boolean percent = text.endsWith("%");
    double value;
    try {
      value = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
    } catch (NumberFormatException e) {
      throw new InputException(option, "'" + text + "' is not a number or a percentage", e);
    }
    double share = percent ? value / 100 : value;
    if (!(share > above && share < below)) {
      String range = below == 1 ? "above 0 and below 1" : "at least 0";
      throw new InputException(option, "must be " + range + ", not " + text);
    }
    return share;
  }
}

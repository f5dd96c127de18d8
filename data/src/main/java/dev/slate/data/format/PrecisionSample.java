package dev.slate.data.format;

import dev.slate.data.Notice;
import dev.slate.data.Notice.Topic;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Watches how much precision the first rows of a file lose in float32.
 *
 * <p>A float32 has 24 bits. Where the values of a column are large and close together, as seconds
 * since 1970 or metres on a map are, only a few of these bits differ between values. A notice is
 * given for a column whose values were rounded and whose range holds fewer than 2^{@value
 * STEP_BITS} steps of float32.
 */
final class PrecisionSample {
  /** Rows that are watched. */
  static final int ROWS = 1 << 10;

  private static final int STEP_BITS = 12;

  private final double[] least;
  private final double[] most;
  private final boolean[] rounded;

  PrecisionSample(int columns) {
    this.least = new double[columns];
    this.most = new double[columns];
    this.rounded = new boolean[columns];
    java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
    java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
  }

  void add(int column, double value) {
    least[column] = Math.min(least[column], value);
    most[column] = Math.max(most[column], value);
    rounded[column] |= (float) value != value;
  }

  /** Tells of the first column that lost most of what distinguishes its values. */
  void tell(Consumer<Notice> notices) {
    for (int column = 0; column < least.length; column++) {
      double range = most[column] - least[column];
      double size = Math.max(Math.abs(least[column]), Math.abs(most[column]));
      double step = Math.ulp((float) size);
      if (rounded[column]
          && range > 0
          && Double.isFinite(range)
          && Float.isFinite((float) size)
          && range < step * (1 << STEP_BITS)) {
        notices.accept(
            new Notice(
                Topic.PRECISION,
                String.format(
                    Locale.ROOT,
                    "column %d has values from %s to %s, which float32 rounds to multiples of %s:"
                        + " close rows become the same",
                    column,
                    least[column],
                    most[column],
                    Double.toString(step))));
        return;
      }
    }
  }
}

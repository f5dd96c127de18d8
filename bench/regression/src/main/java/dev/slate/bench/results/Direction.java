package dev.slate.bench.results;

/** Which way a metric gets better. */
public enum Direction {
  /** Time per operation, bytes per operation. */
  LOWER_IS_BETTER(1),
  /** Operations per unit of time, recall. */
  HIGHER_IS_BETTER(-1);

  private final int sign;

  Direction(int sign) {
    this.sign = sign;
  }

  /**
   * Turns a change into a worsening.
   *
   * @param change of the value, relative or absolute
   * @return the same size, positive where the value got worse
   */
  public double worsening(double change) {
    return sign * change + 0.0;
  }
}

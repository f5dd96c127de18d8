package dev.slate.bench.results;

/** Which way a metric gets better. */
public enum Direction {
  /** Time per operation, bytes per operation. */
  LOWER_IS_BETTER(1, "lower"),
  /** Operations per unit of time, recall. */
  HIGHER_IS_BETTER(-1, "higher"),
  /** A counter of the benchmark itself: nobody said which way is better, so it is not judged. */
  UNKNOWN(0, "unknown");

  private final int sign;
  private final String word;

  Direction(int sign, String word) {
    this.sign = sign;
    this.word = word;
  }

  /**
   * Turns a change into a worsening.
   *
   * @param change of the value, relative or absolute
   * @return the same size, positive where the value got worse; 0 where that is not known
   */
  public double worsening(double change) {
    return sign == 0 ? 0 : sign * change + 0.0;
  }

  /**
   * The direction in one word.
   *
   * @return {@code lower}, {@code higher} or {@code unknown}
   */
  public String word() {
    return word;
  }

  /**
   * Finds a direction by its word.
   *
   * @param word as {@link #word}; any other means unknown
   * @return the direction
   */
  public static Direction of(String word) {
    for (Direction direction : values()) {
      if (direction.word.equals(word)) {
        return direction;
      }
    }
    return UNKNOWN;
  }
}

package dev.slate.recommend.model;

/**
 * When a request is made, as features: six parts of the day, then working day or weekend; each 0 or
 * 1, in UTC.
 */
public final class TimeContext {
  /** Number of features. */
  public static final int WIDTH = 8;

  private static final int PARTS = 6;
  private static final long DAY = 86_400;

  private TimeContext() {}

  /** The features of a time in seconds since 1970. */
  public static float[] of(long seconds) {
    float[] context = new float[WIDTH];
    context[(int) (Math.floorMod(seconds, DAY) / (DAY / PARTS))] = 1;
    // 1970 began on a Thursday; Saturday is day 2 after it.
    long weekday = Math.floorMod(Math.floorDiv(seconds, DAY), 7L);
    context[weekday == 2 || weekday == 3 ? PARTS + 1 : PARTS] = 1;
    return context;
  }
}

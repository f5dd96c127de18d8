package dev.slate.data.format;

/** Finds NaN and infinities. */
public final class Finite {
  private Finite() {}

  /**
   * Finds the first number that is not finite. O(length), at the speed of a sum.
   *
   * @param values the numbers
   * @param offset of the first
   * @param length how many
   * @return the index in {@code values}, or -1 where all are finite
   */
  public static int firstBad(float[] values, int offset, int length) {
    // The largest magnitude, with NaN above all; four of them, that no step waits for the last.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int end = offset + length;
    int quarter = length / 4;
    for (int i = offset; i < offset + quarter; i++) {
      a = Math.max(a, Math.abs(values[i]));
      b = Math.max(b, Math.abs(values[i + quarter]));
      c = Math.max(c, Math.abs(values[i + 2 * quarter]));
      d = Math.max(d, Math.abs(values[i + 3 * quarter]));
    }
    for (int i = offset + 4 * quarter; i < end; i++) {
      a = Math.max(a, Math.abs(values[i]));
    }
    float most = Math.max(Math.max(a, b), Math.max(c, d));
    return Float.isFinite(most) ? -1 : locate(values, offset, end);
  }

  private static int locate(float[] values, int offset, int end) {
    for (int i = offset; i < end; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    throw new AssertionError("the largest of finite numbers is finite");
  }
}

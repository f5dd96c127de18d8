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
    // A finite number times zero is a zero; anything else makes its sum NaN for good.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int end = offset + length;
    int i = offset;
    for (; i <= end - 4; i += 4) {
      a += values[i] * 0f;
      b += values[i + 1] * 0f;
      c += values[i + 2] * 0f;
      d += values[i + 3] * 0f;
    }
    for (; i < end; i++) {
      a += values[i] * 0f;
    }
    return a + b + c + d == 0 ? -1 : locate(values, offset, end);
  }

  private static int locate(float[] values, int offset, int end) {
    for (int i = offset; i < end; i++) {
      if (!Float.isFinite(values[i])) {
        return i;
      }
    }
    throw new AssertionError("a sum of finite numbers times zero is zero");
  }
}

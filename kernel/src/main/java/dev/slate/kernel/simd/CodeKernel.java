package dev.slate.kernel.simd;

/**
 * Computes with one-byte codes of vertical blocks: for each of a block's 64 items a value, in a
 * chain of float operations whose number the caller's rounding bound knows, and a bit that tells
 * whether it is <em>not</em> above a limit. A NaN, as value or as limit, is not above.
 *
 * <p>Each implementation returns the same bits. Stateless and safe from many threads.
 */
public abstract class CodeKernel {
  /** For the implementations of this package. */
  CodeKernel() {}

  /**
   * Squared distances: {@code v = 0; for each row: t = fma(code, step, shift); v = fma(t, t, v)}.
   *
   * @param codes holds the block
   * @param at where it starts
   * @param rows number of rows
   * @param step a factor for each row
   * @param shift a summand for each row
   * @param limit the value above which an item is excluded
   * @param values receives the 64 values
   * @return a bit for each item whose value is not above the limit
   */
  public abstract long euclidean(
      byte[] codes, int at, int rows, float[] step, float[] shift, float limit, float[] values);

  /**
   * Dot products: {@code v = 0; for each row: v = fma(code, step, v)}.
   *
   * @param codes holds the block
   * @param at where it starts
   * @param rows number of rows
   * @param step a factor for each row
   * @param limit the value above which an item is excluded
   * @param values receives the 64 values
   * @return a bit for each item whose value is not above the limit
   */
  public abstract long dot(
      byte[] codes, int at, int rows, float[] step, float limit, float[] values);

  /** Partial sums of a row of codes. */
  public static final int SUMS = 16;

  /**
   * The squared distance of one item whose codes lie side by side. Partial sum i is that of codes
   * i, i + 16, i + 32, ...; then halves are added to each other.
   *
   * @param codes holds the codes
   * @param at where they start
   * @param count number of codes, a multiple of 16
   * @param step a factor for each code
   * @param shift a summand for each code
   * @param sums scratch of 16
   */
  public abstract float distance(
      byte[] codes, int at, int count, float[] step, float[] shift, float[] sums);

  /**
   * The dot product of one item whose codes lie side by side, summed likewise.
   *
   * @param codes holds the codes
   * @param at where they start
   * @param count number of codes, a multiple of 16
   * @param step a factor for each code
   * @param sums scratch of 16
   */
  public abstract float product(byte[] codes, int at, int count, float[] step, float[] sums);

  /** Adds partial sums. */
  static float total(float[] sums) {
    for (int half = SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        sums[i] += sums[i + half];
      }
    }
    return sums[0];
  }
}

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
   * @param limit what values are compared with
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
   * @param limit what values are compared with
   * @param values receives the 64 values
   * @return a bit for each item whose value is not above the limit
   */
  public abstract long dot(
      byte[] codes, int at, int rows, float[] step, float limit, float[] values);
}

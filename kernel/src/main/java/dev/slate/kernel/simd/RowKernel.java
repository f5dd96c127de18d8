package dev.slate.kernel.simd;

/**
 * Brings rows into vertical blocks, at about the rate at which memory takes them.
 *
 * <p>Stateless and safe from many threads.
 */
public abstract class RowKernel {
  /** For the implementations of this package. */
  RowKernel() {}

  /**
   * Tells whether numbers are finite.
   *
   * @param values the numbers, from index 0
   * @param count how many
   * @return false where there is a NaN or an infinity
   */
  public abstract boolean finite(float[] values, int count);

  /**
   * Copies rows into consecutive blocks: item i of a block is {@code chunk[to + 64 j + i] =
   * rows[from + width i + j]}.
   *
   * @param rows row-major, 64 for each block
   * @param from where the first row starts
   * @param width floats of a row
   * @param blocks number of blocks
   * @param chunk receives the blocks
   * @param to where the first starts
   */
  public abstract void transpose(
      float[] rows, int from, int width, int blocks, float[] chunk, int to);
}

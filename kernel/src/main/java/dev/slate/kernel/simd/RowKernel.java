package dev.slate.kernel.simd;

/**
 * What builds do with rows, at about the rate at which memory takes them.
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

  /**
   * Adds a multiple of some numbers to others, each product rounded before it is added.
   *
   * @param to holds the numbers to add to
   * @param at where they start
   * @param factor what the others are multiplied by
   * @param from holds the others, which are not among the first
   * @param start where they start
   * @param count how many
   */
  public abstract void add(double[] to, int at, double factor, double[] from, int start, int count);
}

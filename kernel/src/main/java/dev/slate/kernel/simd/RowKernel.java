package dev.slate.kernel.simd;

/**
 * Computes with rows before they are scored: measures their distances from centres, and maps them,
 * and queries, to the images of a sketch.
 *
 * <p>Stateless and safe from many threads.
 */
public abstract class RowKernel {
  /** For the implementations of this package. */
  RowKernel() {}

  /**
   * Adds multiples of vectors to a sum, one fused multiply-add after the other: {@code sum[at + i]
   * += factors[from + step r] * vectors[start + length r + i]} for r from 0.
   *
   * @param sum holds the sum
   * @param at where it starts
   * @param length of a vector
   * @param vectors holds the vectors, one after the other; not the array of the sum
   * @param start where they start
   * @param factors holds the factors of the vectors
   * @param from where the factors start
   * @param step from a factor to the next
   * @param count number of vectors
   */
  public abstract void addMultiples(
      double[] sum,
      int at,
      int length,
      double[] vectors,
      int start,
      double[] factors,
      int from,
      int step,
      int count);

  /**
   * Computes the squared distances of rows from items of a block, with the canonical chain of fused
   * multiply-adds.
   *
   * @param rows row-major
   * @param width floats of a row
   * @param members which rows
   * @param from the first member
   * @param count number of members
   * @param chunk holds the block
   * @param block where it starts
   * @param lanes how many of its items, from the first on
   * @param distances receives {@code lanes} for each member, at its number x 64; the floats between
   *     them are undefined
   */
  public abstract void distances(
      float[] rows,
      int width,
      int[] members,
      int from,
      int count,
      float[] chunk,
      int block,
      int lanes,
      float[] distances);
}

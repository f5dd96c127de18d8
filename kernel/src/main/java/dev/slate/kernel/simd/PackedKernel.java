package dev.slate.kernel.simd;

/**
 * Tells which of a block's 64 items packed codes do not exclude.
 *
 * <p><b>Codes.</b> A word of 16 bits holds four codes of four bits, or five of three, the first one
 * lowest. A row of a block is one word of each item, 128 bytes, low byte first. So 64 dot products
 * of codes with integers cost one multiplication and one addition of 16-bit lanes for each code,
 * modulo 2^16, and no mask: with {@code s(i) = word >>> bits i}, code i is {@code s(i) - 2^bits
 * s(i+1)}, so the weights that are given are those of the s(i): {@code w(i) - 2^bits w(i-1)}.
 *
 * <p><b>Bound.</b> Behind the words lie four rows of one byte an item; a term is {@code fma(byte,
 * step, base)}. With y from the dot product, an item is excluded if
 *
 * <pre>
 *   a = g - s y  is above {@link #FLOOR}   and   r (q - y y h) &lt; a a</pre>
 *
 * <p>Each implementation returns the same bits. Stateless and safe from many threads.
 */
public abstract class PackedKernel {
  /** Codes of a word with four bits each. */
  public static final int FOUR = 4;

  /** Codes of a word with three bits each. */
  public static final int THREE = 5;

  /** Rows of one byte an item behind the words. */
  public static final int TERMS = 4;

  /** The rows, and the places of their steps among those of all. */
  public static final int S = 0;

  public static final int R = 1;
  public static final int H = 2;
  public static final int G = 3;

  /** Floats of the operands. */
  public static final int OPERANDS = 11;

  /** Operand: y for a dot product of 1. */
  public static final int UNIT = 0;

  /** Operand: y for a dot product of 0. */
  public static final int OFFSET = 1;

  /** Operands: step and base of each row in turn. */
  public static final int STEPS = 2;

  /** Operand: the q of the bound. */
  public static final int SQUARE = 10;

  /** Below it squares could lose their precision. */
  static final float FLOOR = 0x1p-60f;

  /** For the implementations of this package. */
  PackedKernel() {}

  /** Whether the products of two blocks at once take less time than those of one and one. */
  public abstract boolean pairs();

  /**
   * Computes the dot products of the items of one block, or of two.
   *
   * @param codes holds the blocks
   * @param at where the first one starts
   * @param next where the second one starts; {@code at} if there is none
   * @param four number of words of four codes
   * @param three number of words of five codes, which follow
   * @param weights a factor for each code
   * @param start the start value of the dot products
   * @param sums receives 64 dot products, or 128
   */
  public abstract void products(
      byte[] codes,
      int at,
      int next,
      int four,
      int three,
      short[] weights,
      short start,
      short[] sums);

  /**
   * Computes the bound.
   *
   * @param codes holds the block
   * @param terms where its rows of one byte an item start
   * @param operands see the constants
   * @param sums holds the block's dot products
   * @param from where they start
   * @return a bit for each item that is not excluded
   */
  public abstract long remaining(byte[] codes, int terms, float[] operands, short[] sums, int from);
}

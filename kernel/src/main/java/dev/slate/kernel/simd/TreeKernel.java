package dev.slate.kernel.simd;

import dev.slate.kernel.search.Probe;

/**
 * Computes the keys of a leaf and the bounds of a node's children. Each implementation returns the
 * same bits. Stateless and safe from many threads.
 */
public abstract class TreeKernel {
  /** Children of a node, at most. */
  public static final int FAN = 16;

  /** Items of a leaf. */
  public static final int LANES = 32;

  /** Items of a leaf whose items are one float each. */
  public static final int MAX_LANES = 64;

  /** For the implementations of this package. */
  TreeKernel() {}

  /**
   * The kernel of this JVM.
   *
   * @param d number of attributes of every query
   */
  public static TreeKernel get(int d) {
    return Simd.bits() == Float.SIZE ? new ScalarTreeKernel() : TreeKernels.of(d);
  }

  /**
   * Computes the keys of a leaf's items, which lie attribute by attribute, the biases first.
   *
   * @param probe the query
   * @param chunk holds the leaf
   * @param at where the leaf starts
   * @param lanes number of items, a multiple of 32
   * @param limit inclusive; NaN accepts every key
   * @param keys receives the keys
   * @return a bit for each key up to the limit
   */
  public abstract long leaf(
      Probe probe, float[] chunk, int at, int lanes, float limit, float[] keys);

  /**
   * Computes a lower bound on the keys of each child's items: the canonical chain at the corner of
   * the child's box that is best for the query.
   *
   * <p>A box is kept in steps of a grid: {@code fma(code, step, origin)} is its end. For each two
   * rows (the bias, where there is one, and the attributes) there are 16 ints, one a child, with
   * the codes of low end, high end, next row's low end and high end from the lowest byte on.
   *
   * @param probe the query
   * @param nodes holds the node
   * @param at where its codes start
   * @param grid where its grid starts: for each row the bits of the origin, then those of the step
   * @param limit inclusive; the sortable form of the last key that counts
   * @param bounds receives the 16 bounds as ints that order as the keys do; the smallest int for
   *     NaN
   * @param to where the first bound goes
   * @return a bit for each bound up to the limit
   */
  public abstract int bounds(
      Probe probe, int[] nodes, int at, int grid, int limit, int[] bounds, int to);

  /**
   * Finds the smallest of some of 16 ints.
   *
   * @param bounds holds the ints
   * @param at where they start
   * @param among a bit for each that counts, at least one
   * @return which it is, the first of equal ones
   */
  public abstract int least(int[] bounds, int at, int among);

  /**
   * Leaves out items of a leaf that cannot be among its k best.
   *
   * @param keys one for each lane
   * @param lanes number of items, a multiple of 32
   * @param among a bit for each lane that counts
   * @param k how many are wanted
   * @return some of the lanes that count: all whose key is at most that of another one returned, at
   *     least k if so many count
   */
  public abstract long smallest(float[] keys, int lanes, long among, int k);
}

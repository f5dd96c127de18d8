package dev.slate.kernel.simd;

import dev.slate.kernel.query.CompiledQuery;

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
   * @param query the query
   * @param chunk holds the leaf
   * @param at where the leaf starts
   * @param lanes number of items, a multiple of 32
   * @param limit inclusive; NaN takes every key
   * @param keys receives the keys
   * @param to where the first key goes
   * @return a bit for each key that is not above the limit; NaN is above none
   */
  public abstract long leaf(
      CompiledQuery query, float[] chunk, int at, int lanes, float limit, float[] keys, int to);

  /**
   * Computes a lower bound on the keys of each child's items: the canonical chain at the corner of
   * the child's box that is best for the query.
   *
   * <p>A box is kept in steps of a grid: {@code fma(code, step, origin)} is its end. For each two
   * rows (the bias, where there is one, and the attributes) there are 16 ints, one a child, with
   * the codes of low end, high end, next row's low end and high end from the lowest byte on.
   *
   * @param query the query
   * @param nodes holds the node
   * @param at where its codes start
   * @param grid where its grid starts: for each row the bits of the origin, then those of the step
   * @param fan number of children, at most 16
   * @param bounds receives 16 bounds as ints that order as the keys do: the smallest int for NaN,
   *     the largest for absent children
   * @param to where the first bound goes
   */
  public abstract void bounds(
      CompiledQuery query, int[] nodes, int at, int grid, int fan, int[] bounds, int to);

  /**
   * Finds the smallest of 16 bounds.
   *
   * @param bounds holds the bounds
   * @param at where they start
   * @return which it is, the first of equal ones
   */
  public abstract int least(int[] bounds, int at);

  /**
   * Appends the children of a node whose pair of bound and smallest ordinal comes before the worst
   * candidate that counts.
   *
   * @param bounds holds 16 bounds
   * @param at where they start
   * @param worst the candidate
   * @param nodes holds the node
   * @param ordinals where the smallest ordinals of the children start
   * @param first number of the first child
   * @param children receives the numbers of the children; has room for 16 more
   * @param kept receives their bounds, with as much room
   * @param n how many children there are already
   * @return how many there are now
   */
  public abstract int within(
      int[] bounds,
      int at,
      long worst,
      int[] nodes,
      int ordinals,
      int first,
      int[] children,
      int[] kept,
      int n);

  /**
   * Orders the items of a leaf by their keys, the first lane first among equal keys.
   *
   * @param keys one for each lane
   * @param lanes number of items, a multiple of 32
   * @param byRank receives the lanes, that of the smallest key first
   * @return whether it could; if a key is NaN, nothing is ordered
   */
  public abstract boolean order(float[] keys, int lanes, int[] byRank);
}

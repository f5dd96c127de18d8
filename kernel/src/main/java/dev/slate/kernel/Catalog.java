package dev.slate.kernel;

import dev.slate.kernel.catalog.ArrayCatalog;

/**
 * The items to search: n rows of d attributes, read when an {@link Index} is built.
 *
 * <p>An item's <i>ordinal</i> is its row number, 0..n-1, its identity inside the kernel. A
 * catalogue may carry the caller's own 64-bit ids and a bias for each item (added to its dot
 * product).
 *
 * <p>Implementations are read-only sources and must allow concurrent calls, since an index may be
 * built by many threads. Attributes need not be checked by the source: the index refuses NaN and
 * infinities, naming row and column.
 *
 * {@snippet :
 * Catalog items = Catalog.builder(2).add(7, new float[] {1, 0}).add(9, new float[] {0, 1}).build();
 * }
 */
public interface Catalog {
  /**
   * Number of items.
   *
   * @return n, at least 0
   */
  int size();

  /**
   * Number of attributes of each item.
   *
   * @return d, from 1 to 65,536
   */
  int dimensions();

  /**
   * Copies rows, row-major.
   *
   * @param first ordinal of the first row
   * @param count number of rows
   * @param dst receives {@code count x d} floats
   * @param offset where the first float goes
   * @throws IndexOutOfBoundsException if the rows or the destination do not exist
   */
  void copyRows(int first, int count, float[] dst, int offset);

  /**
   * Tells whether items carry ids of the caller.
   *
   * @return false unless overridden
   */
  default boolean hasIds() {
    return false;
  }

  /**
   * The caller's id of an item. Ids must be distinct.
   *
   * @param ordinal the item
   * @return its id; the ordinal itself where there are no ids
   */
  default long id(int ordinal) {
    return ordinal;
  }

  /**
   * Tells whether items carry a bias.
   *
   * @return false unless overridden
   */
  default boolean hasBias() {
    return false;
  }

  /**
   * The bias of an item, the start value of its dot product.
   *
   * @param ordinal the item
   * @return a finite number; 0 where there is no bias
   */
  default float bias(int ordinal) {
    return 0f;
  }

  /**
   * Wraps an array without copying it.
   *
   * @param rowMajor n x d floats, row-major; not copied, and not to be changed while in use
   * @param d number of attributes, 1..65,536
   * @return a catalogue of {@code rowMajor.length / d} items
   * @throws IllegalArgumentException if d is out of range or does not divide the array's length
   * @throws NullPointerException if the array is null
   */
  static Catalog of(float[] rowMajor, int d) {
    return new ArrayCatalog(rowMajor, d);
  }

  /**
   * Starts a catalogue that grows row by row, beyond the size of one Java array.
   *
   * @param d number of attributes, 1..65,536
   * @return an empty builder
   * @throws IllegalArgumentException if d is out of range
   */
  static CatalogBuilder builder(int d) {
    return new CatalogBuilder(d);
  }
}

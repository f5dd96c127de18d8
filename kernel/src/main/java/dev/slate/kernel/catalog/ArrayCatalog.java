package dev.slate.kernel.catalog;

import dev.slate.kernel.Catalog;
import java.util.Objects;

/** A view of a caller's row-major array. */
public final class ArrayCatalog implements Catalog {
  /** The largest d. */
  public static final int MAX_DIMENSIONS = 65_536;

  private final float[] rows;
  private final int d;
  private final int n;

  /**
   * Wraps an array.
   *
   * @param rowMajor n x d floats; not copied
   * @param d number of attributes
   * @throws IllegalArgumentException if d is out of range or does not divide the array's length
   */
  public ArrayCatalog(float[] rowMajor, int d) {
    checkDimensions(d);
    Objects.requireNonNull(rowMajor, "rowMajor");
    if (rowMajor.length % d != 0) {
      throw new IllegalArgumentException(
          "an array of " + rowMajor.length + " floats does not hold rows of " + d + " attributes");
    }
    this.rows = rowMajor;
    this.d = d;
    this.n = rowMajor.length / d;
  }

  /**
   * Checks a number of attributes.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public static void checkDimensions(int d) {
    if (d < 1 || d > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "d must be from 1 to " + MAX_DIMENSIONS + ", but it is " + d);
    }
  }

  @Override
  public int size() {
    return n;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, n);
    System.arraycopy(rows, first * d, dst, offset, count * d);
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.RowChunks;
import java.util.Objects;

/** Rows in chunks, to be filled in any order: the catalogue of which a segment is built. */
final class MergedRows implements Catalog {
  private final int size;
  private final int dimensions;
  private final boolean biased;
  private final int lead;
  private final RowChunks rows;

  /**
   * Creates rows of zeros.
   *
   * @param size number of rows
   * @param dimensions number of attributes
   * @param biased whether each row begins with its bias
   */
  MergedRows(int size, int dimensions, boolean biased) {
    this.size = size;
    this.dimensions = dimensions;
    this.biased = biased;
    this.lead = biased ? 1 : 0;
    this.rows = RowChunks.zeros(size, lead + dimensions);
  }

  /** The array that holds a row. */
  float[] chunk(int row) {
    return rows.chunk(row);
  }

  /** Where a row starts in its chunk. */
  int offset(int row) {
    return rows.offset(row);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, size);
    if (!biased) {
      rows.copy(first, count, dst, offset);
      return;
    }
    int to = offset;
    for (int row = first; row < first + count; row++, to += dimensions) {
      System.arraycopy(chunk(row), offset(row) + lead, dst, to, dimensions);
    }
  }

  @Override
  public boolean hasBias() {
    return biased;
  }

  @Override
  public float bias(int ordinal) {
    Objects.checkIndex(ordinal, size);
    return biased ? chunk(ordinal)[offset(ordinal)] : 0f;
  }
}

package dev.slate.kernel.catalog;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.layout.RowChunks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in chunks, as a builder collects them. */
public final class ChunkedCatalog implements Catalog {
  private final int dimensions;
  private final int size;
  private final RowChunks rows;
  private final long @Nullable [] ids;
  private final float @Nullable [] biases;

  /**
   * Takes rows.
   *
   * @param dimensions number of attributes
   * @param size number of rows
   * @param rows the rows
   * @param ids the caller's ids; null where there are none
   * @param biases of the items; null where there are none
   */
  public ChunkedCatalog(
      int dimensions, int size, RowChunks rows, long @Nullable [] ids, float @Nullable [] biases) {
    this.dimensions = dimensions;
    this.size = size;
    this.rows = rows;
    this.ids = ids;
    this.biases = biases;
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
    rows.copy(first, count, dst, offset);
  }

  @Override
  public boolean hasIds() {
    return ids != null;
  }

  @Override
  public long id(int ordinal) {
    Objects.checkIndex(ordinal, size);
    return ids == null ? ordinal : ids[ordinal];
  }

  @Override
  public boolean hasBias() {
    return biases != null;
  }

  @Override
  public float bias(int ordinal) {
    Objects.checkIndex(ordinal, size);
    return biases == null ? 0f : biases[ordinal];
  }
}

package dev.slate.kernel.catalog;

import dev.slate.kernel.Catalog;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows in chunks, as a builder collects them. */
public final class ChunkedCatalog implements Catalog {
  private final int dimensions;
  private final int size;
  private final int rowsPerChunk;
  private final float[][] chunks;
  private final long @Nullable [] ids;
  private final float @Nullable [] biases;

  /**
   * Takes chunks.
   *
   * @param dimensions number of attributes
   * @param size number of rows
   * @param rowsPerChunk rows of each chunk but the last
   * @param chunks the rows, row-major
   * @param ids the caller's ids; null where there are none
   * @param biases of the items; null where there are none
   */
  public ChunkedCatalog(
      int dimensions,
      int size,
      int rowsPerChunk,
      float[][] chunks,
      long @Nullable [] ids,
      float @Nullable [] biases) {
    this.dimensions = dimensions;
    this.size = size;
    this.rowsPerChunk = rowsPerChunk;
    this.chunks = chunks;
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
    int row = first;
    int to = offset;
    while (row < first + count) {
      int within = row % rowsPerChunk;
      int rows = Math.min(first + count - row, rowsPerChunk - within);
      System.arraycopy(chunks[row / rowsPerChunk], within * dimensions, dst, to, rows * dimensions);
      row += rows;
      to += rows * dimensions;
    }
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

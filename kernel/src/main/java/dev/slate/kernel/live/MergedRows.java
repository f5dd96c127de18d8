package dev.slate.kernel.live;

import dev.slate.kernel.Catalog;
import java.util.Objects;

/** Rows in chunks, to be filled in any order: the catalogue of which a segment is built. */
final class MergedRows implements Catalog {
  private static final int CHUNK_FLOATS = 1 << 22;

  private final int size;
  private final int dimensions;
  private final boolean biased;
  private final int width;
  private final int rowsPerChunk;
  private final float[][] chunks;

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
    this.width = dimensions + (biased ? 1 : 0);
    this.rowsPerChunk = Math.max(1, CHUNK_FLOATS / width);
    this.chunks = new float[(int) ((size + rowsPerChunk - 1L) / rowsPerChunk)][];
    for (int c = 0; c < chunks.length; c++) {
      int rows = (int) Math.min(rowsPerChunk, size - (long) c * rowsPerChunk);
      chunks[c] = new float[rows * width];
    }
  }

  /** The array that holds a row. */
  float[] chunk(int row) {
    return chunks[row / rowsPerChunk];
  }

  /** Where a row starts in its chunk. */
  int offset(int row) {
    return row % rowsPerChunk * width;
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
      int rows = biased ? 1 : Math.min(first + count - row, rowsPerChunk - row % rowsPerChunk);
      int from = offset(row) + width - dimensions;
      System.arraycopy(chunk(row), from, dst, to, rows * dimensions);
      row += rows;
      to += rows * dimensions;
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

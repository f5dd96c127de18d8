package dev.slate.kernel.layout;

/**
 * Rows of one width, row-major, in several Java arrays of at most 16 MiB (or of one row, if that is
 * larger), since one array may not hold them all. Not thread-safe while rows are written.
 */
public final class RowChunks {
  private static final int CHUNK_FLOATS = 1 << 22;

  private final int width;
  private final int rowsPerChunk;
  private final float[][] chunks;

  /**
   * Takes over rows.
   *
   * @param width floats of a row
   * @param chunks all but the last hold {@link #rowsPerChunk} rows
   */
  public RowChunks(int width, float[][] chunks) {
    this.width = width;
    this.rowsPerChunk = rowsPerChunk(width);
    this.chunks = chunks;
  }

  /**
   * Creates rows of zeros.
   *
   * @param count number of rows
   * @param width floats of a row
   */
  public static RowChunks zeros(int count, int width) {
    int rowsPerChunk = rowsPerChunk(width);
    float[][] chunks = new float[Math.ceilDiv(count, rowsPerChunk)][];
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new float[Math.min(rowsPerChunk, count - c * rowsPerChunk) * width];
    }
    return new RowChunks(width, chunks);
  }

  /**
   * Rows of a chunk.
   *
   * @param width floats of a row
   */
  public static int rowsPerChunk(int width) {
    return Math.max(1, CHUNK_FLOATS / width);
  }

  /** The array that holds a row. */
  public float[] chunk(int row) {
    return chunks[row / rowsPerChunk];
  }

  /** Where a row starts in its array. */
  public int offset(int row) {
    return row % rowsPerChunk * width;
  }

  /** Copies consecutive rows. */
  public void copy(int first, int count, float[] to, int offset) {
    int next = offset;
    int rows;
    for (int row = first; row < first + count; row += rows) {
      rows = Math.min(first + count - row, rowsPerChunk - row % rowsPerChunk);
      System.arraycopy(chunk(row), offset(row), to, next, rows * width);
      next += rows * width;
    }
  }
}

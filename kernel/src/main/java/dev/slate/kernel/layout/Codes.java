package dev.slate.kernel.layout;

/**
 * One byte for each item and row, in vertical blocks of 64 items as in {@link Blocks}: a row of a
 * block is one cache line. A chunk is one Java array of at most 1 GiB and holds a power of two of
 * blocks; it starts with a few unused bytes, which bring block 0 to a 64-byte boundary.
 */
public final class Codes {
  private static final int LEAD = 48;
  private static final long MAX_CHUNK_BYTES = 1L << 30;

  private final int rows;
  private final int stride;
  private final int chunkShift;
  private final byte[][] chunks;

  /**
   * Creates codes of zero.
   *
   * @param size number of items
   * @param rows number of rows of a block
   */
  public Codes(int size, int rows) {
    this.rows = rows;
    this.stride = Blocks.SIZE * rows;
    this.chunkShift = 63 - Long.numberOfLeadingZeros(MAX_CHUNK_BYTES / stride);
    int count = (int) ((size + Blocks.SIZE - 1L) / Blocks.SIZE);
    int chunkBlocks = 1 << chunkShift;
    this.chunks = new byte[(int) ((count + chunkBlocks - 1L) / chunkBlocks)][];
    for (int c = 0; c < chunks.length; c++) {
      int blocks = Math.min(chunkBlocks, count - (c << chunkShift));
      chunks[c] = new byte[LEAD + blocks * stride];
    }
  }

  /** Rows of a block. */
  public int rows() {
    return rows;
  }

  /** Bytes of a block. */
  public int stride() {
    return stride;
  }

  /** The array that holds a block. */
  public byte[] chunk(int block) {
    return chunks[block >> chunkShift];
  }

  /** Where a block starts in its chunk. */
  public int offset(int block) {
    return LEAD + (block & (1 << chunkShift) - 1) * stride;
  }

  /** Bytes of heap. */
  public long bytes() {
    long bytes = 0;
    for (byte[] chunk : chunks) {
      bytes += chunk.length;
    }
    return bytes;
  }
}

package dev.slate.kernel.layout;

/**
 * Items in vertical blocks: 64 items a block, attribute by attribute, so that each SIMD lane is one
 * item that sums its own attributes in order.
 *
 * <pre>
 *            item 0   item 1   ...  item 63
 *   row 0    x[0][0]  x[1][0]       x[63][0]      (the bias, where there is one, then attribute 0)
 *   row 1    x[0][1]  x[1][1]       x[63][1]
 *   ...
 *   row d-1
 * </pre>
 *
 * <p>Blocks follow each other without gaps in a chunk; a chunk is one Java array of at most 1 GiB
 * and holds a power of two of blocks. The lanes behind the last item hold zeros and are excluded by
 * position. A chunk starts with a few unused floats, which bring block 0 to a 64-byte boundary
 * where the array's header takes 16 bytes and the array itself is aligned, as a large one under G1
 * is.
 */
public final class Blocks {
  /** Items in a block. */
  public static final int SIZE = 64;

  private static final int LEAD = 12;
  private static final long MAX_CHUNK_FLOATS = 1L << 28;

  private final int size;
  private final int rows;
  private final int stride;
  private final int count;
  private final int chunkShift;
  private final float[][] chunks;

  /**
   * Creates blocks of zeros.
   *
   * @param size number of items
   * @param rows number of rows of a block: the attributes, and the bias where there is one
   */
  public Blocks(int size, int rows) {
    this.size = size;
    this.rows = rows;
    this.stride = SIZE * rows;
    this.count = (int) ((size + SIZE - 1L) / SIZE);
    this.chunkShift = 63 - Long.numberOfLeadingZeros(MAX_CHUNK_FLOATS / stride);
    int chunkBlocks = 1 << chunkShift;
    this.chunks = new float[(int) ((count + chunkBlocks - 1L) / chunkBlocks)][];
    for (int c = 0; c < chunks.length; c++) {
      int blocks = Math.min(chunkBlocks, count - (c << chunkShift));
      chunks[c] = new float[LEAD + blocks * stride];
    }
  }

  /** Number of items. */
  public int size() {
    return size;
  }

  /** Number of blocks. */
  public int count() {
    return count;
  }

  /** Floats of a block. */
  public int stride() {
    return stride;
  }

  /** Rows of a block. */
  public int rows() {
    return rows;
  }

  /** The array that holds a block. */
  public float[] chunk(int block) {
    return chunks[block >> chunkShift];
  }

  /** Where a block starts in its chunk. */
  public int offset(int block) {
    return LEAD + (block & (1 << chunkShift) - 1) * stride;
  }

  /** The first block behind this block's chunk, at most {@link #count}. */
  public int chunkEnd(int block) {
    return (int) Math.min(count, ((long) (block >> chunkShift) + 1) << chunkShift);
  }

  /** A bit for each lane of a block that holds an item. */
  public long lanes(int block) {
    int items = size - block * SIZE;
    return items >= SIZE ? -1L : (1L << items) - 1;
  }

  /** Bytes of heap. */
  public long bytes() {
    long floats = 0;
    for (float[] chunk : chunks) {
      floats += chunk.length;
    }
    return floats * Float.BYTES;
  }
}

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
 * <p>The lanes behind the last item hold zeros and are excluded by position.
 */
public final class Blocks extends ChunkedArray {
  /** Items in a block. */
  public static final int SIZE = 64;

  private final int size;
  private final int rows;
  private final float[][] chunks;

  /**
   * Creates blocks of zeros.
   *
   * @param size number of items
   * @param rows number of rows of a block: the attributes, and the bias where there is one
   */
  public Blocks(int size, int rows) {
    super((int) ((size + SIZE - 1L) / SIZE), SIZE * rows, Float.BYTES);
    this.size = size;
    this.rows = rows;
    this.chunks = new float[chunks()][];
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new float[length(c)];
    }
  }

  /** Number of items. */
  public int size() {
    return size;
  }

  /** Rows of a block. */
  public int rows() {
    return rows;
  }

  /** The array that holds a block. */
  public float[] chunk(int block) {
    return chunks[chunkOf(block)];
  }

  /** A bit for each lane of a block that holds an item. */
  public long lanes(int block) {
    int items = size - block * SIZE;
    return items >= SIZE ? -1L : (1L << items) - 1;
  }

  /** Bytes of heap. */
  public long bytes() {
    return elements() * Float.BYTES;
  }
}

package dev.slate.kernel.layout;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.file.StoredArray;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Items in vertical blocks of 64: attribute by attribute, so that each SIMD lane is one item that
 * sums its own attributes in order. A block is four strips of 16 items, one behind the other; 16
 * floats are one cache line, so a strip is read from its first byte to its last.
 *
 * <pre>
 *            strip 0: items 0..15      strip 1: items 16..31      strip 2      strip 3
 *   row 0    x[0][0] ... x[15][0]      x[16][0] ... x[31][0]      ...          (the bias, where there
 *   row 1    x[0][1] ... x[15][1]      x[16][1] ... x[31][1]                   is one, then attribute 0)
 *   ...
 *   row d-1
 * </pre>
 *
 * <p>The lanes behind the last item hold zeros and are excluded by position.
 */
public final class Blocks extends ChunkedArray {
  /** Items in a block. */
  public static final int SIZE = 64;

  /** Items in a strip, and floats from an attribute of an item to its next one. */
  public static final int STRIP = 16;

  /** Strips in a block. */
  public static final int STRIPS = SIZE / STRIP;

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
    this(size, rows, MAX_CHUNK_BYTES, null);
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new float[length(c)];
    }
  }

  private Blocks(int size, int rows, long chunkBytes, @Nullable StoredArray stored) {
    super(count(size), SIZE * rows, Float.BYTES, chunkBytes, stored);
    this.size = size;
    this.rows = rows;
    this.chunks = new float[chunks()][];
  }

  /** Number of blocks of a number of items. */
  static int count(int size) {
    return Math.ceilDiv(size, SIZE);
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
    int c = chunkOf(block);
    float[] chunk = chunks[c];
    return chunk != null ? chunk : (float[]) onDemand(c);
  }

  /** Where an item's row 0 lies in its chunk; its next rows follow {@link #STRIP} floats apart. */
  public int offset(int block, int lane) {
    return offset(block) + lane(lane, rows);
  }

  /** Where row 0 of a lane lies in a block of a number of rows. */
  public static int lane(int lane, int rows) {
    return (lane & -STRIP) * rows + (lane & STRIP - 1);
  }

  /** A bit for each lane of a block that holds an item. */
  public long lanes(int block) {
    int items = size - block * SIZE;
    return items >= SIZE ? -1L : (1L << items) - 1;
  }

  @Override
  protected Object create(int length) {
    return new float[length];
  }

  /** Bytes of heap. */
  public long bytes() {
    return elements() * Float.BYTES;
  }

  /** Bytes of heap of blocks of a number of items and rows, at most. */
  public static long bytes(long size, int rows) {
    return bytes((size + SIZE - 1) / SIZE, (long) SIZE * rows, Float.BYTES);
  }

  /** Writes the items. */
  public void write(ArrayWriter out) throws IOException {
    out.number(size);
    out.number(rows);
    forEachChunk((b, from, elements) -> out.part(chunk(b), from, elements));
  }

  /**
   * Reads the items.
   *
   * @param in holds them
   * @param chunkBytes bytes of a chunk that is read when it is needed, at most
   */
  public static Blocks read(ArrayReader in, long chunkBytes) throws IOException {
    int size = in.number(0, Integer.MAX_VALUE);
    int rows = in.number(1, 1 << 17);
    long bytes = (long) count(size) * SIZE * rows * Float.BYTES;
    in.require(bytes);
    StoredArray stored = in.later(bytes);
    if (stored != null) {
      return new Blocks(size, rows, chunkBytes, stored);
    }
    Blocks blocks = new Blocks(size, rows);
    blocks.forEachChunk((b, from, elements) -> in.part(blocks.chunk(b), from, elements));
    return blocks;
  }
}

package dev.slate.kernel.layout;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.file.StoredArray;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One byte for each item and row, in vertical blocks of 64 items as in {@link Blocks}: a row of a
 * block is one cache line.
 */
public final class Codes extends ChunkedArray {
  private final int rows;
  private final byte[][] chunks;

  /**
   * Creates codes of zero.
   *
   * @param size number of items
   * @param rows number of rows of a block
   */
  public Codes(int size, int rows) {
    this(size, rows, MAX_CHUNK_BYTES, null);
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new byte[length(c)];
    }
  }

  private Codes(int size, int rows, long chunkBytes, @Nullable StoredArray stored) {
    super(Blocks.count(size), Blocks.SIZE * rows, Byte.BYTES, chunkBytes, stored);
    this.rows = rows;
    this.chunks = new byte[chunks()][];
  }

  /** Rows of a block. */
  public int rows() {
    return rows;
  }

  /** The array that holds a block. */
  public byte[] chunk(int block) {
    int c = chunkOf(block);
    byte[] chunk = chunks[c];
    return chunk != null ? chunk : (byte[]) onDemand(c);
  }

  @Override
  protected Object create(int length) {
    return new byte[length];
  }

  /** Bytes of heap. */
  public long bytes() {
    return elements();
  }

  /** Bytes of heap of the codes of a number of items and rows, at most. */
  public static long bytes(long size, int rows) {
    return bytes((size + Blocks.SIZE - 1) / Blocks.SIZE, (long) Blocks.SIZE * rows, Byte.BYTES);
  }

  /** Writes the codes. */
  public void write(ArrayWriter out) throws IOException {
    out.number(rows);
    forEachChunk((b, from, elements) -> out.part(chunk(b), from, elements));
  }

  /** Reads the codes of a number of items. */
  public static Codes read(ArrayReader in, int size) throws IOException {
    int rows = in.number(1, 1 << 17);
    long bytes = (long) Blocks.count(size) * Blocks.SIZE * rows;
    in.require(bytes);
    StoredArray stored = in.later(bytes);
    if (stored != null) {
      return new Codes(size, rows, ON_DEMAND, stored);
    }
    Codes codes = new Codes(size, rows);
    codes.forEachChunk((b, from, elements) -> in.part(codes.chunk(b), from, elements));
    return codes;
  }
}

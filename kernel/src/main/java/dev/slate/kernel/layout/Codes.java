package dev.slate.kernel.layout;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import java.io.IOException;

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
    super((int) ((size + Blocks.SIZE - 1L) / Blocks.SIZE), Blocks.SIZE * rows, Byte.BYTES);
    this.rows = rows;
    this.chunks = new byte[chunks()][];
    for (int c = 0; c < chunks.length; c++) {
      chunks[c] = new byte[length(c)];
    }
  }

  /** Rows of a block. */
  public int rows() {
    return rows;
  }

  /** The array that holds a block. */
  public byte[] chunk(int block) {
    return chunks[chunkOf(block)];
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
    in.require((size + Blocks.SIZE - 1L) / Blocks.SIZE * Blocks.SIZE * rows);
    Codes codes = new Codes(size, rows);
    codes.forEachChunk((b, from, elements) -> in.part(codes.chunk(b), from, elements));
    return codes;
  }
}

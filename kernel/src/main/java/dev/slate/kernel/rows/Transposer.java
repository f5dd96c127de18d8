package dev.slate.kernel.rows;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;

/** Copies rows into vertical blocks. */
public final class Transposer {
  private static final int PART_FLOATS = 1 << 16;

  private final Rows rows;

  /**
   * Prepares a copy.
   *
   * @param rows the items
   */
  public Transposer(Rows rows) {
    this.rows = rows;
  }

  /**
   * Fills new blocks in the order of the catalogue.
   *
   * @param workers the threads that share the work
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public Blocks blocks(WorkerGroup workers) {
    int width = rows.width();
    Blocks blocks = new Blocks(rows.size(), width);
    int part = part(width);
    workers.forEach(
        (blocks.count() + part - 1) / part,
        () -> {
          float[] scratch = new float[part * Blocks.SIZE * width];
          return p -> fill(blocks, p * part, Math.min((p + 1) * part, blocks.count()), scratch);
        });
    return blocks;
  }

  /** Blocks that a thread fills at once. */
  private static int part(int width) {
    return Math.max(1, PART_FLOATS / (Blocks.SIZE * width));
  }

  /** Bytes that a thread takes meanwhile. */
  public static long scratchBytes(int width) {
    return (long) part(width) * Blocks.SIZE * width * Float.BYTES;
  }

  private void fill(Blocks blocks, int from, int to, float[] scratch) {
    int width = rows.width();
    int first = from * Blocks.SIZE;
    int count = (int) Math.min((long) to * Blocks.SIZE, rows.size()) - first;
    rows.read(first, count, scratch);
    int b = from;
    while (b < to) {
      int within = (b - from) * Blocks.SIZE;
      int full = Math.min(Math.min(to, blocks.chunkEnd(b)) - b, (count - within) / Blocks.SIZE);
      float[] chunk = blocks.chunk(b);
      if (full > 0) {
        transpose(scratch, within * width, width, full, chunk, blocks.offset(b));
        b += full;
      } else {
        last(scratch, within * width, width, count - within, chunk, blocks.offset(b));
        b++;
      }
    }
  }

  /**
   * Copies rows into consecutive blocks: attribute j of item i of strip s is {@code chunk[to + 16
   * (width s + j) + i] = rows[from + width (16 s + i) + j]}. A plain loop: gathers are slower.
   *
   * @param rows row-major, 64 for each block
   * @param from where the first row starts
   * @param width floats of a row
   * @param blocks number of blocks
   * @param chunk receives the blocks
   * @param to where the first starts
   */
  public static void transpose(
      float[] rows, int from, int width, int blocks, float[] chunk, int to) {
    int strip = width * Blocks.STRIP;
    int end = to + blocks * Blocks.STRIPS * strip;
    for (int row = from, at = to; at < end; row += strip) {
      for (int j = 0; j < width; j++) {
        for (int i = 0, r = row + j; i < Blocks.STRIP; i++, r += width) {
          chunk[at++] = rows[r];
        }
      }
    }
  }

  /** The items of the last block, where they do not fill it. */
  private static void last(float[] rows, int from, int width, int items, float[] chunk, int to) {
    for (int i = 0; i < items; i++) {
      int at = to + Blocks.lane(i, width);
      for (int j = 0; j < width; j++) {
        chunk[at + j * Blocks.STRIP] = rows[from + i * width + j];
      }
    }
  }
}

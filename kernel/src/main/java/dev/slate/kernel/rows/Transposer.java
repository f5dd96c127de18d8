package dev.slate.kernel.rows;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.simd.Simd;

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
        Simd.rows().transpose(scratch, within * width, width, full, chunk, blocks.offset(b));
        b += full;
      } else {
        last(scratch, within * width, width, count - within, chunk, blocks.offset(b));
        b++;
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

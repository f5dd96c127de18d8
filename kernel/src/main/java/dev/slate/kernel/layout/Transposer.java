package dev.slate.kernel.layout;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.simd.Simd;
import java.util.concurrent.atomic.AtomicInteger;

/** Copies the rows of a catalogue into vertical blocks, checked and, for COSINE, normalised. */
public final class Transposer {
  private static final int PART_FLOATS = 1 << 16;

  private final Rows rows;

  /**
   * Prepares a copy.
   *
   * @param items the rows
   * @param normalise whether rows are brought to length 1
   * @param biased whether row 0 of each block takes the biases
   */
  public Transposer(Catalog items, boolean normalise, boolean biased) {
    this.rows = new Rows(items, normalise, biased);
  }

  /**
   * Fills new blocks in the order of the catalogue.
   *
   * @param team the threads that share the work
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public Blocks blocks(Team team) {
    int width = rows.width();
    Blocks blocks = new Blocks(rows.size(), width);
    int part = Math.max(1, PART_FLOATS / blocks.stride());
    AtomicInteger next = new AtomicInteger();
    team.run(
        member -> {
          float[] scratch = new float[part * Blocks.SIZE * width];
          for (int b = next.getAndAdd(part);
              b < blocks.count() && b >= 0;
              b = next.getAndAdd(part)) {
            fill(blocks, b, Math.min(b + part, blocks.count()), scratch);
          }
        });
    return blocks;
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
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < items; i++) {
        chunk[to + j * Blocks.SIZE + i] = rows[from + i * width + j];
      }
    }
  }
}

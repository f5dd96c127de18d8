package dev.slate.data.generate;

import dev.slate.kernel.Catalog;
import java.util.Objects;

/**
 * Rows that are drawn when they are asked for. Row r depends on the seed, the role and r only: any
 * range, any number of times, any number of threads, no memory.
 *
 * @param block the distribution
 * @param seed of the streams
 * @param role which of them
 * @param size n
 * @param dimensions d
 */
public record GeneratedRows(Block block, long seed, Streams.Role role, int size, int dimensions)
    implements Catalog {
  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, size);
    Objects.checkFromIndexSize(offset, (long) count * dimensions, dst.length);
    int end = first + count;
    for (int row = first, to = offset; row < end; ) {
      int within = row % Block.ROWS;
      int rows = Math.min(end - row, Block.ROWS - within);
      if (rows == Block.ROWS) {
        draw(row / Block.ROWS, dst, to);
      } else {
        float[] whole = new float[Block.ROWS * dimensions];
        draw(row / Block.ROWS, whole, 0);
        System.arraycopy(whole, within * dimensions, dst, to, rows * dimensions);
      }
      row += rows;
      to += rows * dimensions;
    }
  }

  private void draw(int number, float[] dst, int offset) {
    block.draw(Streams.of(seed, role, number), dst, offset);
  }
}

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
public record GeneratedRows(
    BlockSampler block, long seed, GeneratorStreams.Role role, int size, int dimensions)
    implements Catalog {
  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, size);
    Objects.checkFromIndexSize(offset, (long) count * dimensions, dst.length);
    int end = first + count;
    for (int row = first, to = offset; row < end; ) {
      int within = row % BlockSampler.ROWS;
      int rows = Math.min(end - row, BlockSampler.ROWS - within);
      if (rows == BlockSampler.ROWS) {
        draw(row / BlockSampler.ROWS, dst, to);
      } else {
        float[] whole = new float[BlockSampler.ROWS * dimensions];
        draw(row / BlockSampler.ROWS, whole, 0);
        System.arraycopy(whole, within * dimensions, dst, to, rows * dimensions);
      }
      row += rows;
      to += rows * dimensions;
    }
  }

  private void draw(int number, float[] dst, int offset) {
    block.draw(GeneratorStreams.of(seed, role, number), dst, offset);
  }
}

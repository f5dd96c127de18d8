package dev.slate.data.generate;

import org.apache.commons.rng.UniformRandomProvider;

/** Draws one block of {@value #ROWS} rows. Implementations hold only what does not change. */
@FunctionalInterface
public interface BlockSampler {
  /**
   * Rows in a block: enough to pay for its random stream, few enough to make a part of one cheap.
   */
  int ROWS = 64;

  /**
   * Draws a whole block.
   *
   * @param random the block's own stream
   * @param dst receives {@value #ROWS} x d values, row-major
   * @param offset where the first goes
   */
  void draw(UniformRandomProvider random, float[] dst, int offset);
}

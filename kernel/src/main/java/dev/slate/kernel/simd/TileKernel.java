package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Panels;

/**
 * Scores tiles: the six queries of a panel against neighbouring items of a vertical block, in
 * registers. Each implementation returns the same bits: a lane is one item, and runs the canonical
 * chain of each query in order. Stateless and safe from many threads.
 */
public abstract class TileKernel {
  /** For the implementations of this package. */
  TileKernel() {}

  /** Items of a tile; divides 64. */
  public abstract int items();

  /**
   * Passes panels over the items of one tile, and stops at the first panel with a key of interest.
   *
   * @param panels the queries with their limits
   * @param from the first panel
   * @param chunk holds the items
   * @param offset where the first item's row 0 lies in the chunk
   * @param keys receives the tile's keys where it stopped: 6 x {@link #items}
   * @return the panel where it stopped; {@link Panels#count} if it did not stop
   */
  public abstract int scan(Panels panels, int from, float[] chunk, int offset, float[] keys);
}

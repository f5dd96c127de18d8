package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Lookahead;
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
   * @param ahead takes a step for each panel
   * @param keys receives, where it stopped, the keys of those queries that have one of interest;
   *     the place of the panel's q-th query is at q x {@link #items}
   * @return where it stopped, to be read by {@link #panel} and {@link #queries}
   */
  public abstract int scan(
      Panels panels, int from, float[] chunk, int offset, Lookahead ahead, float[] keys);

  /**
   * The panel where a scan stopped.
   *
   * @param stop the return value of {@link #scan}
   * @return the panel; {@link Panels#count} if it did not stop
   */
  public static int panel(int stop) {
    return stop >> Panels.QUERIES;
  }

  /**
   * The queries for which a scan stopped.
   *
   * @param stop the return value of {@link #scan}
   * @return a bit for each query of the panel that has a key of interest
   */
  public static int queries(int stop) {
    return stop & (1 << Panels.QUERIES) - 1;
  }

  /** Where a scan stopped, and for which queries. */
  static int stop(int panel, int queries) {
    return panel << Panels.QUERIES | queries;
  }
}

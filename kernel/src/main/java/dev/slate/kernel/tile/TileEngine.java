package dev.slate.kernel.tile;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.scan.ScanEngine;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.GroupCursor;

/**
 * Scores many queries at once, as the product of two matrices is computed (Goto and van de Geijn,
 * Anatomy of High-Performance Matrix Multiplication, 2008), but with the selection in the place of
 * the result: no score is ever stored, unless its item is among the best so far.
 *
 * <pre>
 *                    panel 0     panel 1    ...           panels: 6 queries each, d x 6, from L2
 *                  +-----------+-----------+---
 *   tile 0, d x 64 | 6 x 64    | 6 x 64    | ...          tile: 64 neighbouring items (fewer in
 *                  +-----------+-----------+---           narrow vectors), d x 64, from L1
 *   tile 1         | ...
 * </pre>
 *
 * <p>A tile of items is taken from memory once, and all panels pass over it. Where a panel meets a
 * tile, the 6 x 64 sums live in registers over the whole of d: each vector of items is used by six
 * queries, and the attribute of a query by four vectors. Each lane is one item, that runs the
 * canonical chain of a query in order, so neither the tile nor the batch can change a bit. Then the
 * sums are compared with the queries' k-th best, and only a tile with an item below is looked at
 * again. As ordinals rise, an item that ties with the k-th best is out.
 *
 * <p>Cost of m queries: O(m n d) at the rate of the multipliers, once m d outweighs the n d floats
 * that memory delivers. The blocks are those of a scan, and a single query is a scan.
 */
public final class TileEngine implements Engine {
  private final Blocks blocks;
  private final ScanEngine scan;

  /**
   * Serves blocks whose lane i of block b is ordinal {@code 64 b + i}.
   *
   * @param blocks the items
   * @param d number of attributes
   */
  public TileEngine(Blocks blocks, int d) {
    this.blocks = blocks;
    this.scan = new ScanEngine(blocks, d);
  }

  @Override
  public int dimensions() {
    return scan.dimensions();
  }

  @Override
  public long bytes() {
    return scan.bytes();
  }

  @Override
  public Cursor cursor() {
    return scan.cursor();
  }

  @Override
  public GroupCursor groupCursor() {
    return new TileCursor(blocks, null);
  }
}

package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.GroupCursor;
import dev.slate.kernel.tile.TileCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prunes with quantised bounds and computes canonical scores of what is left: for high d.
 *
 * <p>Items lie in the order of their cells, as float blocks and as planes of one-byte codes. A
 * search goes from coarse to fine, and what a {@link Certificate} excludes goes no further:
 *
 * <pre>
 *   cells      a ball around each centre             1/256 code a coordinate
 *   pieces     the part of a cell in a block         nothing more to read
 *   sketch     codes of an image of m + 1 numbers    m + 1 bytes an item     (where a sample says it pays)
 *   codes      a byte for each attribute             d bytes an item         (d + 2 under EUCLIDEAN)
 *   floats     the canonical score                   4 d bytes an item
 * </pre>
 *
 * <p>The idea of a small approximation that is scanned first and certifies what may be skipped is
 * that of the VA-file (Weber, Schek and Blott, VLDB 1998).
 */
public final class PlanesEngine implements Engine {
  /** No query is answered by a scan. */
  public static final int NEVER = Integer.MAX_VALUE;

  final int d;
  final Blocks blocks;
  final int[] ordinals;
  final float[] longest;
  final Cells cells;
  final Plane full;
  final @Nullable Plane sketch;
  final @Nullable Projection projection;

  /** A query for so many items or more is answered by a scan. */
  final int scanFrom;

  private final boolean tiles;

  PlanesEngine(
      int d,
      Blocks blocks,
      int[] ordinals,
      float[] longest,
      Cells cells,
      Plane full,
      @Nullable Plane sketch,
      @Nullable Projection projection,
      boolean tiles,
      int scanFrom) {
    this.d = d;
    this.blocks = blocks;
    this.ordinals = ordinals;
    this.longest = longest;
    this.cells = cells;
    this.full = full;
    this.sketch = sketch;
    this.projection = projection;
    this.tiles = tiles;
    this.scanFrom = scanFrom;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public long bytes() {
    long bytes = blocks.bytes() + cells.bytes() + full.bytes();
    bytes += 4L * ordinals.length + 4L * longest.length;
    if (sketch != null && projection != null) {
      bytes += sketch.bytes() + projection.bytes();
    }
    return bytes;
  }

  @Override
  public Cursor cursor() {
    return new PlanesCursor(this);
  }

  /** Where codes exclude little, a batch is faster scored whole. */
  @Override
  public @Nullable GroupCursor groupCursor() {
    return tiles ? new TileCursor(blocks, ordinals) : null;
  }

  /**
   * The same layout, which leaves some queries to others that answer them faster.
   *
   * @param tiles whether a batch is scored whole, in tiles
   * @param scanFrom a query for so many items or more is answered by a scan; {@link #NEVER}
   */
  public PlanesEngine serving(boolean tiles, int scanFrom) {
    return new PlanesEngine(
        d, blocks, ordinals, longest, cells, full, sketch, projection, tiles, scanFrom);
  }

  /** What was built, in words. */
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    reasons.add("codes of one byte an attribute exclude what floats need not be read for");
    reasons.add("items lie in " + cells.count() + " cells of near ones");
    reasons.add(
        projection == null
            ? "no few directions carry the data, so there is no sketch"
            : "a sketch of " + (projection.rows() - 1) + " directions comes before the codes");
    return reasons;
  }
}

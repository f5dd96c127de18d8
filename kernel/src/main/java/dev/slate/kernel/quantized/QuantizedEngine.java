package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.scan.TileBatch;
import dev.slate.kernel.search.BatchSearch;
import dev.slate.kernel.search.BlockSlots;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.Slots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prunes with quantised bounds and computes the canonical scores of the remaining items: for high
 * d.
 *
 * <p>Items lie in the order of their clusters, as blocks of floats and as blocks of codes. A search
 * reads six levels, each finer than the one before, and only for the items that the bounds of the
 * levels before have not excluded. Sketch and packed codes exist only where a sample says that they
 * save time.
 *
 * <pre>
 *   level      an entry is                        bytes read
 *   clusters   a ball around each centre          d a cluster: about d / 512 an item, or d / 128
 *   pieces     a cluster's part of a block        none: the distances of the level above serve
 *   sketch     codes of an image of m numbers     m + 1 an item
 *   packed     codes of three or four bits        about d / 2 + 5 an item, or fewer
 *   codes      a byte for each attribute          d an item, d + 2 under EUCLIDEAN
 *   floats     the canonical score                4 d an item
 * </pre>
 *
 * <p>To scan small approximations first, and to read only the vectors that they do not exclude, is
 * the idea of the VA-file (Weber, Schek and Blott, VLDB 1998).
 */
public final class QuantizedEngine implements Engine {
  /** No query is answered by a scan. */
  public static final int NEVER = Integer.MAX_VALUE;

  final int d;
  final Blocks blocks;
  final int[] ordinals;
  final float[] longest;
  final Clusters clusters;
  final CodedRows full;
  final @Nullable CodedRows sketch;
  final @Nullable Projection projection;
  final @Nullable PackedRows packed;

  /** Least number of items wanted for which a query is answered by a scan; {@link #NEVER}. */
  final int scanFrom;

  private final boolean tiles;

  QuantizedEngine(
      int d,
      Blocks blocks,
      int[] ordinals,
      float[] longest,
      Clusters clusters,
      CodedRows full,
      @Nullable CodedRows sketch,
      @Nullable Projection projection,
      @Nullable PackedRows packed,
      boolean tiles,
      int scanFrom) {
    this.d = d;
    this.blocks = blocks;
    this.ordinals = ordinals;
    this.longest = longest;
    this.clusters = clusters;
    this.full = full;
    this.sketch = sketch;
    this.projection = projection;
    this.packed = packed;
    this.tiles = tiles;
    this.scanFrom = scanFrom;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public long bytes() {
    long bytes = blocks.bytes() + clusters.bytes() + full.bytes();
    bytes += 4L * ordinals.length + 4L * longest.length;
    if (sketch != null && projection != null) {
      bytes += sketch.bytes() + projection.bytes();
    }
    if (packed != null) {
      bytes += packed.bytes();
    }
    return bytes;
  }

  @Override
  public Slots slots() {
    return new BlockSlots(blocks, ordinals);
  }

  @Override
  public boolean scattered() {
    return true;
  }

  @Override
  public Cursor cursor() {
    return new QuantizedCursor(this);
  }

  /** Where codes exclude little, a batch is faster scored whole. */
  @Override
  public BatchSearch batch(SearchContext[] contexts, WorkerGroup workers) {
    return tiles
        ? new TileBatch(blocks, ordinals, contexts, workers)
        : Engine.super.batch(contexts, workers);
  }

  /**
   * The same layout, which leaves some queries to others that answer them faster.
   *
   * @param tiles whether a batch is scored whole, in tiles
   * @param scanFrom least number of items wanted for which a query is answered by a scan; {@link
   *     #NEVER}
   */
  public QuantizedEngine serving(boolean tiles, int scanFrom) {
    return new QuantizedEngine(
        d, blocks, ordinals, longest, clusters, full, sketch, projection, packed, tiles, scanFrom);
  }

  @Override
  public List<String> description() {
    List<String> reasons = new ArrayList<>();
    reasons.add("codes of one byte an attribute exclude items whose floats are then not read");
    reasons.add("items lie in " + clusters.count() + " clusters of neighbours");
    reasons.add(
        projection == null
            ? "the items do not lie along a few directions, so there is no sketch"
            : "a sketch of " + (projection.rows() - 1) + " directions comes before the codes");
    if (packed != null) {
      String along =
          packed.grid.rotation == null
              ? ""
              : " along " + packed.grid.coordinates() + " principal directions";
      reasons.add("packed codes of three and four bits" + along + " come before those of one byte");
    }
    return reasons;
  }

  @Override
  public void write(ArrayWriter out) throws IOException {
    out.number(d);
    out.number(tiles ? 1 : 0);
    out.number(scanFrom);
    blocks.write(out);
    out.array(ordinals);
    out.array(longest);
    clusters.write(out);
    full.write(out);
    out.number(sketch == null ? 0 : 1);
    if (sketch != null && projection != null) {
      sketch.write(out);
      projection.write(out);
    }
    out.number(packed == null ? 0 : 1);
    if (packed != null) {
      packed.write(out);
    }
  }

  static QuantizedEngine read(ArrayReader in) throws IOException {
    int d = in.number(1, 1 << 16);
    boolean tiles = in.number(0, 1) != 0;
    int scanFrom = in.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    Blocks blocks = Blocks.read(in, Blocks.ON_DEMAND);
    int[] ordinals = in.ints();
    float[] longest = in.floats();
    Clusters clusters = Clusters.read(in);
    CodedRows full = CodedRows.read(in, blocks.size());
    boolean sketched = in.number(0, 1) != 0;
    CodedRows sketch = sketched ? CodedRows.read(in, blocks.size()) : null;
    Projection projection = sketched ? Projection.read(in) : null;
    boolean coarse = in.format() > 1 && in.number(0, 1) != 0;
    PackedRows packed = coarse ? PackedRows.read(in, blocks.size()) : null;
    return new QuantizedEngine(
        d, blocks, ordinals, longest, clusters, full, sketch, projection, packed, tiles, scanFrom);
  }
}

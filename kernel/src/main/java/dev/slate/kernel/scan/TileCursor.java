package dev.slate.kernel.scan;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import dev.slate.kernel.query.QueryGroup;
import dev.slate.kernel.search.BlockRange;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;
import dev.slate.kernel.simd.TileKernel;
import org.jspecify.annotations.Nullable;

/** Passes the panels of a group over the tiles of the parts that its thread claims. */
final class TileCursor {
  /** Floats of all panels, about; they leave room for the tile in a second-level cache. */
  private static final int PANEL_FLOATS = 1 << 17;

  private static final int FEWEST = 16 * Panels.QUERIES;
  private static final int MOST = 80 * Panels.QUERIES;

  /** Bytes of the part of the work that a thread claims at once, at most. */
  private static final int PART_BYTES = 1 << 23;

  /** Parts for each thread, at least, so that none waits long for the last. */
  private static final int PARTS = 16;

  /**
   * Floats of the blocks that are loaded into the cache while as many are scored, about: both and
   * the panels fit in a second-level cache of 1 MiB.
   */
  private static final int STEP_FLOATS = 1 << 16;

  private final TileKernel kernel = Simd.tiles();
  private final BlockKernel compare = Simd.kernel();
  private final int items = kernel.items();

  /** The keys of the six queries one after the other; 64 can be read from the start of each. */
  private final float[] keys = new float[Panels.QUERIES * items + Blocks.SIZE - items];

  private final Panels panels = new Panels();
  private final Lookahead ahead = new Lookahead();
  private final BlockRange range = new BlockRange();

  private final Blocks blocks;
  private final int @Nullable [] ordinals;

  /**
   * Serves one thread.
   *
   * @param blocks the items
   * @param ordinals the ordinal of each lane of each block; null where they rise from 0 on
   */
  TileCursor(Blocks blocks, int @Nullable [] ordinals) {
    this.blocks = blocks;
    this.ordinals = ordinals;
  }

  /** Largest number of queries of a group. */
  int capacity() {
    return Math.clamp(PANEL_FLOATS / blocks.rows(), FEWEST, MOST);
  }

  /**
   * Offers to each query's selection every item that may be among its best, from the parts of the
   * work that this thread claims. Threads that share one group have the same group and shares, each
   * its own selections.
   *
   * @param group at most {@link #capacity} queries
   * @param best a started selection for each query
   * @param shares one for each query, its bound; the first one also divides the work
   * @param counters receives the counts of the work
   */
  void search(QueryGroup group, TopK[] best, SharedSearch[] shares, Counters counters) {
    panels.pack(group);
    SharedSearch work = shares[0];
    int most = PART_BYTES / (blocks.stride() * Float.BYTES);
    range.divide(blocks.count(), work.threads(), PARTS, most);
    while (range.claim(work)) {
      int from = range.from();
      int to = range.to();
      for (int i = 0; i < group.count; i++) {
        best[i].cap(shares[i].bound());
        panels.bound(i, best[i].admits(least(from * Blocks.SIZE)));
      }
      run(from, to, best);
      for (int i = 0; i < group.count; i++) {
        shares[i].offer(best[i].worst());
      }
      long scored = Math.min((long) to * Blocks.SIZE, blocks.size()) - (long) from * Blocks.SIZE;
      counters.itemsScored += scored * group.count;
      counters.blocksVisited += to - from;
      counters.bytesRead += (long) (to - from) * blocks.stride() * Float.BYTES;
    }
  }

  private void run(int from, int to, TopK[] best) {
    int stride = blocks.stride();
    int most = Math.max(1, STEP_FLOATS / stride);
    int steps = Blocks.SIZE / items * panels.count();
    int b = from;
    while (b < to) {
      int end = Math.min(to, blocks.chunkEnd(b));
      int now = Math.min(most, end - b);
      int next = Math.min(most, end - b - now);
      ahead.aim(blocks.offset(b) + now * stride, next * stride, now * steps);
      for (int last = b + now; b < last; b++) {
        for (int lane = 0; lane < Blocks.SIZE; lane += items) {
          tile(b, lane, best);
        }
      }
    }
  }

  private void tile(int block, int lane, TopK[] best) {
    float[] chunk = blocks.chunk(block);
    int offset = blocks.offset(block, lane);
    int place = block * Blocks.SIZE + lane;
    long real = blocks.lanes(block) >>> lane & -1L >>> -items;
    int stop = kernel.scan(panels, 0, chunk, offset, ahead, keys);
    while (TileKernel.panel(stop) < panels.count()) {
      int first = TileKernel.panel(stop) * Panels.QUERIES;
      for (int found = TileKernel.queries(stop); found != 0; found &= found - 1) {
        int q = Integer.numberOfTrailingZeros(found);
        TopK selection = best[first + q];
        long lanes = compare.below(keys, q * items, selection.admits(least(place))) & real;
        if (ordinals == null) {
          selection.offer(keys, q * items, lanes, place);
        } else {
          selection.offer(keys, q * items, lanes, ordinals, place);
        }
        panels.bound(first + q, selection.admits(least(place + items)));
      }
      stop = kernel.scan(panels, TileKernel.panel(stop) + 1, chunk, offset, ahead, keys);
    }
  }

  /** The least ordinal from a place on, as far as it is known. */
  private int least(int place) {
    return ordinals == null ? place : 0;
  }
}

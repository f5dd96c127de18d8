package dev.slate.kernel.scan;

import dev.slate.kernel.layout.BlockSlots;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.BatchSearch;
import dev.slate.kernel.search.BlockRange;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.search.Slots;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;

/**
 * Streams every block in order of ordinals. A block is left as soon as its keys are known not to be
 * below the k-th best; a filter skips blocks without a live item and computes single items where
 * few are live. Batches are scored in tiles, see {@link TileBatch}. Cost O(n d), at the rate at
 * which memory delivers.
 */
public final class ScanEngine implements Engine {
  /** Up to this many live items in a block are computed one by one. */
  private static final int SPARSE = 2;

  /** Bytes of the part of the work that a thread claims at once, at most. */
  private static final int PART_BYTES = 1 << 20;

  /** Bytes between streams that are scanned in step, enough to lie in different pages. */
  private static final int GAP_BYTES = 1 << 16;

  private static final int MAX_STREAMS = 4;

  /** Blocks between two looks at the clock, where a search has a limit of time. */
  private static final int TIMED_BLOCKS = 1_024;

  /** Parts for each thread, at least, so that none waits long for the last. */
  private static final int PARTS = 16;

  private final Blocks blocks;
  private final int d;

  /**
   * Serves blocks whose lane i of block b is ordinal {@code 64 b + i}.
   *
   * @param blocks the items
   * @param d number of attributes
   */
  public ScanEngine(Blocks blocks, int d) {
    this.blocks = blocks;
    this.d = d;
  }

  @Override
  public int dimensions() {
    return d;
  }

  @Override
  public long bytes() {
    return blocks.bytes();
  }

  @Override
  public Slots slots() {
    return new BlockSlots(blocks, null);
  }

  @Override
  public Cursor cursor() {
    return new ScanCursor();
  }

  @Override
  public BatchSearch batch(SearchContext[] contexts, WorkerGroup workers) {
    return new TileBatch(blocks, null, contexts, workers);
  }

  private final class ScanCursor implements Cursor {
    private final BlockKernel kernel = Simd.kernel();
    private final BlockRange range = new BlockRange();
    private final float[] keys = new float[MAX_STREAMS * Blocks.SIZE];

    @Override
    public void search(CompiledQuery query, TopK best, SharedSearch share, Counters counters) {
      int most = PART_BYTES / (blocks.stride() * Float.BYTES);
      range.divide(blocks.count(), share.threads(), PARTS, most);
      while (range.claim(share)) {
        best.cap(share.bound());
        int from = range.from();
        int to = range.to();
        if (query.filtered()) {
          filtered(query, from, to, best, counters);
        } else {
          run(query, from, to, best, counters);
        }
        share.offer(best.worst());
      }
    }

    /** Scans consecutive blocks of which every item, or most, may count. */
    private void run(CompiledQuery query, int from, int to, TopK best, Counters counters) {
      int streams = kernel.streams(query);
      int gap = Math.max(1, GAP_BYTES / (blocks.stride() * Float.BYTES));
      int b = from;
      while (b < to) {
        query.checkTime();
        int left = Math.min(to, blocks.chunkEnd(b)) - b;
        if (query.timed) {
          left = Math.min(left, TIMED_BLOCKS);
        }
        int count = Math.min(gap, left / streams);
        if (streams == 1) {
          single(query, b, left, best);
          b += left;
        } else if (count == 0) {
          inStep(query, b, 1, 0, left, best);
          b += left;
        } else {
          inStep(query, b, streams, count, count, best);
          b += streams * count;
        }
      }
      counters.blocksVisited += to - from;
      counters.itemsScored +=
          Math.min((long) to * Blocks.SIZE, blocks.size()) - from * (long) Blocks.SIZE;
      counters.bytesRead += (long) (to - from) * blocks.stride() * Float.BYTES;
    }

    private void single(CompiledQuery query, int first, int count, TopK best) {
      float[] chunk = blocks.chunk(first);
      int stride = blocks.stride();
      int end = first + count;
      for (int b = first; b < end; b++) {
        float bound = best.admits(b * Blocks.SIZE);
        b += kernel.scan(query, chunk, blocks.offset(b), stride, end - b, bound, keys);
        if (b < end) {
          offer(query, b, 0, bound, best);
        }
      }
    }

    /** Scans several runs of blocks side by side; a single run is read by all streams at once. */
    private void inStep(CompiledQuery query, int first, int runs, int gap, int count, TopK best) {
      float[] chunk = blocks.chunk(first);
      int offset = blocks.offset(first);
      int stride = blocks.stride();
      for (int i = 0; i < count; i++) {
        float bound = best.admits(first * Blocks.SIZE);
        i = kernel.scanStreams(query, chunk, offset, stride, gap, count, i, bound, keys);
        if (i < count) {
          for (int s = 0; s < runs; s++) {
            offer(query, first + s * gap + i, s * Blocks.SIZE, bound, best);
          }
        }
      }
    }

    private void offer(CompiledQuery query, int b, int at, float bound, TopK best) {
      long lanes = kernel.below(keys, at, bound) & blocks.lanes(b);
      if (query.filtered()) {
        lanes &= query.live(b);
      }
      best.offer(keys, at, lanes, b * Blocks.SIZE);
    }

    private void filtered(CompiledQuery query, int from, int to, TopK best, Counters counters) {
      int b = from;
      while (b < to) {
        if (query.timed && b % TIMED_BLOCKS == 0) {
          query.checkTime();
        }
        long live = query.live(b) & blocks.lanes(b);
        int items = Long.bitCount(live);
        if (items == 0) {
          counters.blocksPruned++;
          b++;
        } else if (items <= SPARSE) {
          items(query, b, live, best);
          counters.blocksVisited++;
          counters.itemsScored += items;
          counters.bytesRead += (long) items * blocks.rows() * Float.BYTES;
          b++;
        } else {
          int end = b + 1;
          while (end < to && Long.bitCount(query.live(end)) > SPARSE) {
            end++;
          }
          run(query, b, end, best, counters);
          b = end;
        }
      }
    }

    private void items(CompiledQuery query, int b, long live, TopK best) {
      float[] chunk = blocks.chunk(b);
      int offset = blocks.offset(b);
      for (long left = live; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        float key = query.key(chunk, offset + lane, Blocks.SIZE);
        best.offer(Candidate.pack(key, b * Blocks.SIZE + lane));
      }
    }
  }
}

package dev.slate.kernel.scan;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.BatchSearch;
import dev.slate.kernel.search.BlockRange;
import dev.slate.kernel.search.BlockSlots;
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
import java.io.IOException;

/**
 * Streams every block, four runs of blocks side by side. The keys of a block are looked at one by
 * one only if one of them is below the k-th bound. With a filter, blocks of which no item passes
 * are skipped, and items are computed one by one where few pass. Batches are scored in tiles, see
 * {@link TileBatch}. Cost O(n d), at the rate at which memory delivers.
 */
public final class ScanEngine implements Engine {
  /** Up to this many items of a block that pass the filter are computed one by one. */
  private static final int SPARSE = 2;

  /** Bytes of the part of the work that a thread claims at once, at most. */
  private static final int PART_BYTES = 1 << 20;

  private static final int STREAMS = BlockKernel.STREAMS;

  /** Blocks between two looks at the clock, at most, where a search has a limit of time. */
  private static final int TIMED_BLOCKS = 1_024;

  /** Floats between two looks at the clock, unless one block for each stream has more. */
  private static final int TIMED_FLOATS = 1 << 18;

  /** Parts for each thread, at least, so that none waits long for the last. */
  private static final int PARTS = 16;

  private final Blocks blocks;
  private final int d;
  private final int timedBlocks;

  /**
   * Serves blocks whose lane i of block b is ordinal {@code 64 b + i}.
   *
   * @param blocks the items
   * @param d number of attributes
   */
  public ScanEngine(Blocks blocks, int d) {
    this.blocks = blocks;
    this.d = d;
    this.timedBlocks = Math.clamp(TIMED_FLOATS / blocks.stride(), STREAMS, TIMED_BLOCKS);
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

  @Override
  public void write(ArrayWriter out) throws IOException {
    out.number(d);
    blocks.write(out);
  }

  /** Chunks stay large where they are read on demand: a search needs them all. */
  static ScanEngine read(ArrayReader in) throws IOException {
    int d = in.number(1, 1 << 16);
    return new ScanEngine(Blocks.read(in, Blocks.MAX_CHUNK_BYTES), d);
  }

  private final class ScanCursor implements Cursor {
    private final BlockKernel kernel = Simd.kernel();
    private final BlockRange range = new BlockRange();
    private final float[] keys = new float[Blocks.SIZE];

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
      for (int b = from; b < to; ) {
        query.checkTime();
        int end = Math.min(to, blocks.chunkEnd(b));
        if (query.timed) {
          end = Math.min(end, b + timedBlocks);
        }
        int each = (end - b) / STREAMS;
        streams(query, b, each, best);
        single(query, b + STREAMS * each, end, best);
        count(b, end, counters);
        b = end;
      }
    }

    private void count(int from, int to, Counters counters) {
      counters.blocksVisited += to - from;
      counters.itemsScored +=
          Math.min((long) to * Blocks.SIZE, blocks.size()) - from * (long) Blocks.SIZE;
      counters.bytesRead += (long) (to - from) * blocks.stride() * Float.BYTES;
    }

    /** Scans blocks one after the other. */
    private void single(CompiledQuery query, int first, int end, TopK best) {
      for (int b = first; b < end; b++) {
        float bound = best.admits(b * Blocks.SIZE);
        float[] chunk = blocks.chunk(b);
        b += kernel.scan(query, chunk, blocks.offset(b), end - b, bound, keys);
        if (b < end) {
          long lanes = kernel.below(keys, 0, bound) & passing(query, b);
          best.offer(keys, 0, lanes, b * Blocks.SIZE);
        }
      }
    }

    /**
     * Scans four runs of blocks side by side. Items arrive out of the order of their ordinals, so
     * one that ties with the k-th best may still precede it.
     */
    private void streams(CompiledQuery query, int first, int each, TopK best) {
      float[] chunk = blocks.chunk(first);
      int strip = blocks.rows() * Blocks.STRIP;
      int gap = each * blocks.stride();
      int strips = each * Blocks.STRIPS;
      for (int i = 0; i < strips; i++) {
        float bound = best.admits(first * Blocks.SIZE + i * Blocks.STRIP);
        int at = blocks.offset(first) + i * strip;
        i += kernel.scanStreams(query, chunk, at, gap, strips - i, bound, keys);
        if (i < strips) {
          long lanes = kernel.below(keys, 0, bound);
          int within = i % Blocks.STRIPS * Blocks.STRIP;
          for (int s = 0; s < STREAMS; s++) {
            int b = first + s * each + i / Blocks.STRIPS;
            int at0 = s * Blocks.STRIP;
            long mine = lanes >>> at0 & passing(query, b) >>> within & -1L >>> -Blocks.STRIP;
            best.offer(keys, at0, mine, b * Blocks.SIZE + within);
          }
        }
      }
    }

    private long passing(CompiledQuery query, int b) {
      long lanes = blocks.lanes(b);
      return query.filtered() ? lanes & query.passing(b) : lanes;
    }

    private void filtered(CompiledQuery query, int from, int to, TopK best, Counters counters) {
      int b = from;
      while (b < to) {
        if (query.timed && b % timedBlocks == 0) {
          query.checkTime();
        }
        long passing = query.passing(b) & blocks.lanes(b);
        int items = Long.bitCount(passing);
        if (items == 0) {
          counters.blocksPruned++;
          b++;
        } else if (items <= SPARSE) {
          items(query, b, passing, best);
          counters.blocksVisited++;
          counters.itemsScored += items;
          counters.bytesRead += (long) items * blocks.rows() * Float.BYTES;
          b++;
        } else {
          int end = b + 1;
          while (end < to && Long.bitCount(query.passing(end)) > SPARSE) {
            end++;
          }
          run(query, b, end, best, counters);
          b = end;
        }
      }
    }

    private void items(CompiledQuery query, int b, long passing, TopK best) {
      float[] chunk = blocks.chunk(b);
      for (long left = passing; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        float key = query.key(chunk, blocks.offset(b, lane), Blocks.STRIP);
        best.offer(Candidate.pack(key, b * Blocks.SIZE + lane));
      }
    }
  }
}

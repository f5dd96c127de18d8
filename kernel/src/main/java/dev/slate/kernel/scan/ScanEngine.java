package dev.slate.kernel.scan;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;

/**
 * Streams every block in order of ordinals. A block is left as soon as its keys are known not to be
 * below the k-th best; a filter skips blocks without a live item and computes single items where
 * few are live. Cost O(n d), at the rate at which memory delivers.
 */
public final class ScanEngine implements Engine {
  /** Up to this many live items in a block are computed one by one. */
  private static final int SPARSE = 2;

  /** Bytes of the part of the work that a thread claims at once, at most. */
  private static final int PART_BYTES = 1 << 20;

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
  public Cursor cursor() {
    return new ScanCursor();
  }

  private final class ScanCursor implements Cursor {
    private final BlockKernel kernel = Simd.kernel();
    private final float[] keys = new float[Blocks.SIZE];

    @Override
    public void search(Request request, TopK best, Share share, Counters counters) {
      int count = blocks.count();
      int part = share.threads() == 1 ? count : part(share.threads());
      for (long p = share.claim(); p * part < count; p = share.claim()) {
        best.cap(share.bound());
        int from = (int) (p * part);
        int to = (int) Math.min(count, (p + 1) * part);
        if (request.filtered()) {
          filtered(request, from, to, best, counters);
        } else {
          run(request, from, to, best, counters);
        }
        share.offer(best.worst());
      }
    }

    private int part(int threads) {
      int most = PART_BYTES / (blocks.stride() * Float.BYTES);
      return Math.max(1, Math.min(most, blocks.count() / (threads * PARTS)));
    }

    /** Scans consecutive blocks of which every item, or most, may count. */
    private void run(Request request, int from, int to, TopK best, Counters counters) {
      int b = from;
      while (b < to) {
        int end = Math.min(to, blocks.chunkEnd(b));
        float bound = best.admits(b * Blocks.SIZE);
        b +=
            kernel.scan(
                request.probe,
                blocks.chunk(b),
                blocks.offset(b),
                blocks.stride(),
                end - b,
                bound,
                keys);
        if (b < end) {
          long lanes = kernel.below(keys, bound) & blocks.lanes(b);
          if (request.filtered()) {
            lanes &= request.live(b);
          }
          best.offer(keys, lanes, b * Blocks.SIZE);
          b++;
        }
      }
      counters.blocksVisited += to - from;
      counters.itemsScored +=
          Math.min((long) to * Blocks.SIZE, blocks.size()) - from * (long) Blocks.SIZE;
      counters.bytesRead += (long) (to - from) * blocks.stride() * Float.BYTES;
    }

    private void filtered(Request request, int from, int to, TopK best, Counters counters) {
      int b = from;
      while (b < to) {
        long live = request.live(b) & blocks.lanes(b);
        int items = Long.bitCount(live);
        if (items == 0) {
          counters.blocksPruned++;
          b++;
        } else if (items <= SPARSE) {
          single(request, b, live, best);
          counters.blocksVisited++;
          counters.itemsScored += items;
          counters.bytesRead += (long) items * blocks.rows() * Float.BYTES;
          b++;
        } else {
          int end = b + 1;
          while (end < to && Long.bitCount(request.live(end)) > SPARSE) {
            end++;
          }
          run(request, b, end, best, counters);
          b = end;
        }
      }
    }

    private void single(Request request, int b, long live, TopK best) {
      float[] chunk = blocks.chunk(b);
      int offset = blocks.offset(b);
      for (long left = live; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        float key = request.probe.key(chunk, offset + lane, Blocks.SIZE);
        best.offer(Candidate.pack(key, b * Blocks.SIZE + lane));
      }
    }
  }
}

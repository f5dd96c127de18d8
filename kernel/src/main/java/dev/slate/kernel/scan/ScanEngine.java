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

  /** Bytes between streams that are scanned in step, enough to lie in different pages. */
  private static final int GAP_BYTES = 1 << 16;

  private static final int MAX_STREAMS = 4;

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
    private final float[] keys = new float[MAX_STREAMS * Blocks.SIZE];

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
      int streams = kernel.streams(request.probe);
      int gap = Math.max(1, GAP_BYTES / (blocks.stride() * Float.BYTES));
      int b = from;
      while (b < to) {
        int left = Math.min(to, blocks.chunkEnd(b)) - b;
        int count = Math.min(gap, left / streams);
        if (streams == 1) {
          single(request, b, left, best);
          b += left;
        } else if (count == 0) {
          inStep(request, b, 1, 0, left, best);
          b += left;
        } else {
          inStep(request, b, streams, count, count, best);
          b += streams * count;
        }
      }
      counters.blocksVisited += to - from;
      counters.itemsScored +=
          Math.min((long) to * Blocks.SIZE, blocks.size()) - from * (long) Blocks.SIZE;
      counters.bytesRead += (long) (to - from) * blocks.stride() * Float.BYTES;
    }

    private void single(Request request, int first, int count, TopK best) {
      float[] chunk = blocks.chunk(first);
      int stride = blocks.stride();
      int end = first + count;
      for (int b = first; b < end; b++) {
        float bound = best.admits(b * Blocks.SIZE);
        b += kernel.scan(request.probe, chunk, blocks.offset(b), stride, end - b, bound, keys);
        if (b < end) {
          offer(request, b, 0, bound, best);
        }
      }
    }

    /** Scans so many runs of blocks side by side; one run is read by all streams at once. */
    private void inStep(Request request, int first, int runs, int gap, int count, TopK best) {
      float[] chunk = blocks.chunk(first);
      int offset = blocks.offset(first);
      int stride = blocks.stride();
      for (int i = 0; i < count; i++) {
        float bound = best.admits(first * Blocks.SIZE);
        i = kernel.scanStreams(request.probe, chunk, offset, stride, gap, count, i, bound, keys);
        if (i < count) {
          for (int s = 0; s < runs; s++) {
            offer(request, first + s * gap + i, s * Blocks.SIZE, bound, best);
          }
        }
      }
    }

    private void offer(Request request, int b, int at, float bound, TopK best) {
      long lanes = kernel.below(keys, at, bound) & blocks.lanes(b);
      if (request.filtered()) {
        lanes &= request.live(b);
      }
      best.offer(keys, at, lanes, b * Blocks.SIZE);
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
          items(request, b, live, best);
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

    private void items(Request request, int b, long live, TopK best) {
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

package dev.slate.kernel.quantized;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.query.OutOfTime;
import dev.slate.kernel.search.BlockRange;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;

/**
 * One thread's search. It visits clusters in three steps, and scores those items of their blocks
 * that {@link CodeFilter} does not exclude. First come the clusters with the nearest centres, until
 * they hold k items, which give a k-th bound. Then come some of the clusters that this bound does
 * not exclude, the most promising first, which improve it. Last come the others that it does not
 * exclude, in the order of memory, which is the fastest to read.
 */
final class QuantizedCursor implements Cursor {
  /** Parts for each thread, so that no thread waits long for the last one; chosen. */
  private static final int PARTS = 8;

  /** Ratio of all items to those wanted below which no codes are read: they exclude too few. */
  private static final int CODES_FROM = 16;

  /** Clusters that are visited before there is a bound, at most. */
  private static final int MOST_OPEN = 32;

  /** Clusters that are visited most promising first, besides those that are open. */
  private static final int PROMISING = 32;

  /** The key that an opened centre gets, so that it is not found again as the nearest one. */
  private static final float OPEN = Float.NaN;

  /** No block. */
  private static final int NONE = -1;

  private final QuantizedEngine index;
  private final Blocks blocks;
  private final Clusters clusters;
  private final BlockKernel kernel = Simd.kernel();
  private final CodeFilter filter;
  private final ErrorBound codeBound;
  private final float[] keys = new float[Blocks.SIZE];
  private final float[] centreKeys;
  private final float[] limits;
  private final int[] open;
  private final float[] openKeys;
  private final long[] queue;
  private final BlockRange range = new BlockRange();

  private CompiledQuery query;
  private TopK best;
  private Counters counters;
  private long worst;
  private int opened;
  private int waitingBlock;
  private long waitingLanes;

  @SuppressWarnings("NullAway.Init")
  QuantizedCursor(QuantizedEngine index) {
    this.index = index;
    this.blocks = index.blocks;
    this.clusters = index.clusters;
    this.filter = new CodeFilter(index);
    this.codeBound = filter.bound;
    this.centreKeys = new float[clusters.count() + Blocks.SIZE - 1 & -Blocks.SIZE];
    this.limits = new float[clusters.count()];
    this.open = new int[Math.min(MOST_OPEN, clusters.count())];
    this.openKeys = new float[open.length];
    this.queue = new long[clusters.count()];
  }

  @Override
  public void search(CompiledQuery query, TopK best, SharedSearch share, Counters counters) {
    this.query = query;
    this.best = best;
    this.counters = counters;
    if (scanned() || !filter.prepare(query, counters)) {
      stream(share);
      return;
    }
    worst = Candidate.NONE;
    waitingBlock = NONE;
    filter.start(readsNoCodes(), share.threads() == 1);
    filter.keys(clusters.centres, clusters.count(), centreKeys);
    open();
    range.divide(clusters.count(), share.threads(), PARTS, Integer.MAX_VALUE);
    try {
      for (int p = share.claim(); p == 0 || range.take(p - 1); p = share.claim()) {
        best.cap(share.bound());
        if (p == 0) {
          visitOpened(share);
        } else {
          part(range.from(), range.to(), share);
        }
      }
    } catch (OutOfTime e) {
      catchUp();
      throw e;
    }
    best.cap(share.bound());
    catchUp();
  }

  private void visitOpened(SharedSearch share) {
    for (int i = 0; i < opened; i++) {
      tighten();
      visit(open[i], openKeys[i]);
    }
    flush();
    share.offer(best.worst());
  }

  /** Whether the query wants at least the number of items from which on a scan is faster. */
  private boolean scanned() {
    return query.limit == Candidate.NONE && query.k >= index.scanFrom;
  }

  private boolean readsNoCodes() {
    return query.limit == Candidate.NONE && (long) query.k * CODES_FROM > blocks.size();
  }

  /**
   * Chooses the clusters to visit first: the nearest, and where no bound is given the next ones
   * too, until they have as many items as are wanted. Every thread chooses the same.
   */
  private void open() {
    opened = 0;
    long items = 0;
    do {
      int nearest = nearest();
      if (nearest < 0) {
        return;
      }
      open[opened] = nearest;
      openKeys[opened] = centreKeys[nearest];
      opened++;
      centreKeys[nearest] = OPEN;
      items += clusters.start[nearest + 1] - clusters.start[nearest];
    } while (query.limit == Candidate.NONE && items < query.k && opened < open.length);
  }

  /** The cluster with the nearest centre of those that are not open; -1 if there is none. */
  private int nearest() {
    float[] keys = centreKeys;
    int count = clusters.count();
    float least = Float.POSITIVE_INFINITY;
    int nearest = -1;
    for (int c = 0; c < count; c++) {
      float key = keys[c];
      if (key < least) {
        least = key;
        nearest = c;
      }
    }
    return nearest;
  }

  private boolean isOpen(int cluster) {
    for (int i = 0; i < opened; i++) {
      if (open[i] == cluster) {
        return true;
      }
    }
    return false;
  }

  /** Visits those of the clusters from..to that the bound does not exclude. */
  private void part(int from, int to, SharedSearch share) {
    tighten();
    codeBound.limits(clusters.radius, clusters.longest, from, to, limits);
    int left = 0;
    for (int c = from; c < to; c++) {
      queue[left] = c;
      left += centreKeys[c] > limits[c] ? 0 : 1;
    }
    int pruned = clusters.firstPiece[to] - clusters.firstPiece[from];
    int waiting = 0;
    for (int i = 0; i < left; i++) {
      int c = (int) queue[i];
      pruned -= clusters.firstPiece[c + 1] - clusters.firstPiece[c];
      if (!isOpen(c)) {
        float promise = codeBound.promise(centreKeys[c], clusters.radius[c]);
        queue[waiting++] = Candidate.pack(promise, c);
      }
    }
    counters.blocksPruned += pruned;
    int first = Math.min(waiting, PROMISING);
    if (first < waiting) {
      Quicksort.select(queue, 0, waiting, first);
    }
    visit(0, first, share);
    visit(first, drop(first, waiting), share);
  }

  /** Visits the queue's clusters from..to, the smallest entry first. */
  private void visit(int from, int to, SharedSearch share) {
    Quicksort.sort(queue, from, to);
    for (int i = from; i < to; i++) {
      best.cap(share.bound());
      tighten();
      int c = Candidate.ordinal(queue[i]);
      visit(c, centreKeys[c]);
      share.offer(best.worst());
    }
    flush();
  }

  /**
   * Drops those of the queue's clusters from..to that the bound excludes by now. The others lose
   * their keys, so that they are visited in the order in which they lie in memory.
   *
   * @return the new end
   */
  private int drop(int from, int to) {
    int left = from;
    int pruned = 0;
    for (int i = from; i < to; i++) {
      int c = Candidate.ordinal(queue[i]);
      boolean out = misses(c, centreKeys[c], clusters.radius[c]);
      queue[left] = Candidate.first(0, c);
      left += out ? 0 : 1;
      pruned += out ? clusters.firstPiece[c + 1] - clusters.firstPiece[c] : 0;
    }
    counters.blocksPruned += pruned;
    return left;
  }

  private boolean misses(int cluster, float key, float radius) {
    return key > codeBound.limit(radius, clusters.longest[cluster]);
  }

  /**
   * Visits those pieces of a cluster that the bound does not exclude. It may exclude the first
   * ones, which are the nearest to the centre, where the query is far from the centre.
   */
  private void visit(int cluster, float key) {
    query.checkTime();
    int firstBlock = clusters.start[cluster] >> 6;
    if (firstBlock != waitingBlock) {
      flush();
    }
    int first = clusters.firstPiece[cluster];
    int end = clusters.firstPiece[cluster + 1];
    int from = end;
    while (from > first && !misses(cluster, key, clusters.reach[from - 1])) {
      from--;
    }
    counters.blocksPruned += from - first;
    int block = firstBlock + from - first;
    for (int p = from; p < end; p++, block++) {
      if (misses(cluster, key, clusters.reach[p])) {
        counters.blocksPruned++;
      } else {
        block(block, clusters.lanes(cluster, block));
      }
    }
  }

  /** Lets lanes of a block wait for those of the next cluster, which may share the block. */
  private void block(int b, long lanes) {
    if (b != waitingBlock) {
      flush();
      waitingBlock = b;
      waitingLanes = 0;
    }
    waitingLanes |= lanes;
  }

  /** Visits the block that waits. */
  private void flush() {
    int b = waitingBlock;
    waitingBlock = NONE;
    if (b == NONE || filter.done(b)) {
      return;
    }
    long lanes = waitingLanes;
    counters.blocksVisited++;
    long remaining;
    if (filter.reads()) {
      if (filter.full()) {
        catchUp();
      }
      remaining = filter.remaining(b, lanes);
    } else {
      remaining = filter.unread(b, lanes);
    }
    if (remaining != 0) {
      score(b, remaining);
      tighten();
    }
  }

  /** Scores the postponed items that the bound does not exclude by now. */
  private void catchUp() {
    tighten();
    filter.fetchPostponed();
    for (int b = filter.nextPostponed(); b >= 0; b = filter.nextPostponed()) {
      long remaining = filter.remainingPostponed(b);
      if (remaining != 0) {
        score(b, remaining);
        tighten();
      }
    }
  }

  /** Offers lanes of a block, which pass the query's filter, with their canonical keys. */
  private void score(int b, long passing) {
    int items = Long.bitCount(passing);
    if (items == 0) {
      return;
    }
    float[] chunk = blocks.chunk(b);
    int first = b * Blocks.SIZE;
    counters.itemsScored += items;
    if (items <= AdaptiveFilter.SINGLES) {
      counters.bytesRead += (long) items * blocks.rows() * Float.BYTES;
      for (long left = passing; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        float key = query.key(chunk, blocks.offset(b, lane), Blocks.STRIP);
        best.offer(Candidate.pack(key, index.ordinals[first + lane]));
      }
      return;
    }
    counters.bytesRead += (long) blocks.stride() * Float.BYTES;
    float bound = best.admits(0);
    if (kernel.scan(query, chunk, blocks.offset(b), 1, bound, keys) == 0) {
      best.offer(keys, 0, passing & kernel.below(keys, 0, bound), index.ordinals, first);
    }
  }

  /** Tells the code filter the better k-th bound. */
  private void tighten() {
    if (best.worst() != worst) {
      worst = best.worst();
      filter.worst(worst == Candidate.NONE ? Float.NaN : Candidate.bound(worst));
    }
  }

  /** Scores all items, without a bound from codes. */
  private void stream(SharedSearch share) {
    range.divide(blocks.count(), share.threads(), PARTS, Integer.MAX_VALUE);
    while (range.claim(share)) {
      best.cap(share.bound());
      for (int b = range.from(); b < range.to(); b++) {
        query.checkTime();
        score(b, query.passing(index.ordinals, b * Blocks.SIZE, blocks.lanes(b)));
        counters.blocksVisited++;
      }
      share.offer(best.worst());
    }
  }
}

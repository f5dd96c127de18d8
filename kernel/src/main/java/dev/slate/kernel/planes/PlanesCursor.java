package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.Probe;
import dev.slate.kernel.search.Request;
import dev.slate.kernel.search.Share;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.select.TopK;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.CodeKernel;
import dev.slate.kernel.simd.Simd;
import org.jspecify.annotations.Nullable;

/**
 * One thread's search: first the cells with the nearest centres, as many as hold k items, for a
 * good k-th bound; then some of the other cells that the bound leaves, most promising first, for a
 * better one; then the rest, as they lie in memory, which reads it faster than in any other order.
 */
final class PlanesCursor implements Cursor {
  /** Parts for each thread, so that none waits long for the last. */
  private static final int PARTS = 8;

  /** Where more than one item in this many is wanted, codes are not read. */
  private static final int CROWD = 16;

  /** Cells that are visited before there is a bound, at most. */
  private static final int MOST_OPEN = 32;

  /** Cells that are visited most promising first, besides those that are open. */
  private static final int PROMISING = 32;

  /** The value of an open cell's centre afterwards: no limit excludes it, nor is it the nearest. */
  private static final float OPEN = Float.NaN;

  /** No block. */
  private static final int NONE = -1;

  private final PlanesEngine index;
  private final Blocks blocks;
  private final Cells cells;
  private final BlockKernel kernel = Simd.kernel();
  private final CodeKernel coder = Simd.codes();
  private final Certificate certificate;
  private final Expansion expansion;
  private final @Nullable Certificate sketched;
  private final double[] point;
  private final double[] image;
  private final float[] keys = new float[Blocks.SIZE];
  private final float[] centreKeys;
  private final float[] limits;
  private final int[] open;
  private final float[] openKeys;
  private final long[] queue;
  private final Thrift thrift;

  private Request request;
  private TopK best;
  private Counters counters;
  private boolean useSketch;
  private boolean useExpansion;
  private long worst;
  private boolean bounded;
  private int opened;
  private int waitingBlock;
  private long waitingLanes;

  @SuppressWarnings("NullAway.Init")
  PlanesCursor(PlanesEngine index) {
    this.index = index;
    this.blocks = index.blocks;
    this.cells = index.cells;
    int width = blocks.rows();
    this.certificate = new Certificate(index.full.grid, 0);
    this.expansion = new Expansion(index.full.grid);
    this.sketched =
        index.sketch == null ? null : new Certificate(index.sketch.grid, Projection.ERROR);
    this.point = new double[width];
    this.image = new double[index.projection == null ? 0 : index.projection.rows()];
    this.centreKeys = new float[cells.count() + Blocks.SIZE - 1 & -Blocks.SIZE];
    this.limits = new float[cells.count()];
    this.open = new int[Math.min(MOST_OPEN, cells.count())];
    this.openKeys = new float[open.length];
    this.queue = new long[cells.count()];
    this.thrift = new Thrift(blocks);
  }

  @Override
  public void search(Request request, TopK best, Share share, Counters counters) {
    this.request = request;
    this.best = best;
    this.counters = counters;
    if (scanned() || !prepare(request.probe)) {
      stream(share);
      return;
    }
    bound(Candidate.NONE);
    waitingBlock = NONE;
    thrift.start(crowded(), share.threads() == 1);
    centres();
    open();
    int count = cells.count();
    int part = share.threads() == 1 ? count : Math.max(1, count / (share.threads() * PARTS));
    for (int p = share.claim(); (p - 1L) * part < count; p = share.claim()) {
      best.cap(share.bound());
      if (p == 0) {
        for (int i = 0; i < opened; i++) {
          tighten();
          visit(open[i], openKeys[i]);
        }
        flush();
        share.offer(best.worst());
      } else {
        int from = (p - 1) * part;
        part(from, Math.min(count, from + part), share);
      }
    }
  }

  /** Whether so many items are wanted that most would be looked at anyway. */
  private boolean scanned() {
    return request.limit == Candidate.NONE && request.k >= index.scanFrom;
  }

  private boolean crowded() {
    return request.limit == Candidate.NONE && (long) request.k * CROWD > blocks.size();
  }

  private boolean prepare(Probe probe) {
    int lead = blocks.rows() - probe.d;
    if (lead > 0) {
      point[0] = 1;
    }
    double square = lead;
    for (int j = 0; j < probe.d; j++) {
      double x = probe.q[j];
      point[lead + j] = x;
      square += x * x;
    }
    double norm = Math.sqrt(square) * (1 + 1e-9);
    int d = point.length;
    useSketch = sketched != null && probe.w == null;
    useExpansion = !probe.dot && probe.w == null && expansion.prepare(point);
    boolean certified;
    if (probe.dot) {
      certified = certificate.dot(point, norm, d);
    } else {
      certified = certificate.euclidean(point, probe.w, norm, d);
    }
    if (useSketch && sketched != null && index.projection != null) {
      index.projection.image(point, image);
      useSketch =
          probe.dot ? sketched.dot(image, norm, d) : sketched.euclidean(image, null, norm, d);
    }
    return certified;
  }

  /** Computes the value of each centre. */
  private void centres() {
    Codes codes = cells.centres;
    int count = cells.count();
    for (int c = 0; c < count; c += Blocks.SIZE) {
      code(certificate, codes, c >> 6, Float.NaN);
      System.arraycopy(keys, 0, centreKeys, c, Blocks.SIZE);
    }
    counters.bytesRead += codes.bytes();
  }

  /**
   * Chooses the cells to visit first: the nearest, and where no bound is given the next ones too,
   * until they have as many items as are wanted. Every thread chooses the same.
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
      items += cells.start[nearest + 1] - cells.start[nearest];
    } while (request.limit == Candidate.NONE && items < request.k && opened < open.length);
  }

  /** The cell with the nearest centre of those that are not open; -1 if there is none. */
  private int nearest() {
    float[] keys = centreKeys;
    int count = cells.count();
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

  private boolean isOpen(int cell) {
    for (int i = 0; i < opened; i++) {
      if (open[i] == cell) {
        return true;
      }
    }
    return false;
  }

  private long code(Certificate query, Codes codes, int block, float limit) {
    float[] step = query.step;
    if (request.probe.dot) {
      return products(step, codes, block, limit);
    }
    byte[] chunk = codes.chunk(block);
    int at = codes.offset(block);
    return coder.euclidean(chunk, at, step.length, step, query.shift, limit, keys);
  }

  private long products(float[] step, Codes codes, int block, float limit) {
    return coder.dot(codes.chunk(block), codes.offset(block), step.length, step, limit, keys);
  }

  /** Visits those of the cells from..to that the bound leaves. */
  private void part(int from, int to, Share share) {
    tighten();
    certificate.limits(cells.radius, cells.longest, from, to, limits);
    int left = 0;
    for (int c = from; c < to; c++) {
      queue[left] = c;
      left += centreKeys[c] > limits[c] ? 0 : 1;
    }
    int pruned = cells.firstPiece[to] - cells.firstPiece[from];
    int waiting = 0;
    for (int i = 0; i < left; i++) {
      int c = (int) queue[i];
      pruned -= cells.firstPiece[c + 1] - cells.firstPiece[c];
      if (!isOpen(c)) {
        float promise = certificate.promise(centreKeys[c], cells.radius[c]);
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

  /** Visits those of the queue's cells from..to that the bound leaves, the smallest first. */
  private void visit(int from, int to, Share share) {
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
   * Drops those of the queue's cells from..to that the bound excludes by now, and the promises of
   * the others, which are to be visited as they lie in memory.
   *
   * @return the new end
   */
  private int drop(int from, int to) {
    int left = from;
    int pruned = 0;
    for (int i = from; i < to; i++) {
      int c = Candidate.ordinal(queue[i]);
      boolean out = misses(c, centreKeys[c], cells.radius[c]);
      queue[left] = Candidate.first(0, c);
      left += out ? 0 : 1;
      pruned += out ? cells.firstPiece[c + 1] - cells.firstPiece[c] : 0;
    }
    counters.blocksPruned += pruned;
    return left;
  }

  private boolean misses(int cell, float key, float radius) {
    return key > certificate.limit(radius, cells.longest[cell]);
  }

  /** Visits a cell's pieces but the first ones, which lie too near its centre. */
  private void visit(int cell, float key) {
    int firstBlock = cells.start[cell] >> 6;
    if (firstBlock != waitingBlock) {
      flush();
    }
    int first = cells.firstPiece[cell];
    int end = cells.firstPiece[cell + 1];
    int from = end;
    while (from > first && !misses(cell, key, cells.reach[from - 1])) {
      from--;
    }
    counters.blocksPruned += from - first;
    int block = firstBlock + from - first;
    for (int p = from; p < end; p++, block++) {
      if (misses(cell, key, cells.reach[p])) {
        counters.blocksPruned++;
      } else {
        block(block, cells.lanes(cell, block));
      }
    }
  }

  /** Will visit lanes of a block, with those of the next cell if it shares the block. */
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
    if (b == NONE || thrift.done(b)) {
      return;
    }
    long lanes = waitingLanes;
    counters.blocksVisited++;
    long live;
    if (bounded && thrift.codes()) {
      live = thin(b, lanes);
      thrift.thinned(b, Long.bitCount(live));
    } else {
      live = thrift.scored(b, lanes);
    }
    if (live != 0) {
      score(b, live);
      tighten();
    }
  }

  /** The lanes that neither sketch nor codes exclude. */
  private long thin(int b, long lanes) {
    long live = lanes;
    float longest = index.longest[b];
    if (useSketch && sketched != null && index.sketch != null) {
      Plane sketch = index.sketch;
      live &= code(sketched, sketch.codes, b, sketched.limit(sketch.radius[b], longest));
      counters.bytesRead += sketch.codes.stride();
      if (Long.bitCount(live) <= 1) {
        return live;
      }
    }
    return live & near(b, longest);
  }

  /** The lanes that codes do not exclude. */
  private long near(int b, float longest) {
    Plane full = index.full;
    counters.bytesRead += full.codes.stride();
    float radius = full.radius[b];
    if (useExpansion && expansion.sharp(certificate.reach(), radius)) {
      float limit = expansion.limit(certificate.reach(), radius);
      return products(expansion.step, full.codes, b, limit);
    }
    return code(certificate, full.codes, b, certificate.limit(radius, longest));
  }

  /** Offers lanes of a block with their canonical keys. */
  private void score(int b, long lanes) {
    long live = request.filtered() ? passing(b, lanes) : lanes;
    int items = Long.bitCount(live);
    if (items == 0) {
      return;
    }
    float[] chunk = blocks.chunk(b);
    int offset = blocks.offset(b);
    int first = b * Blocks.SIZE;
    counters.itemsScored += items;
    if (items <= Thrift.SINGLES) {
      counters.bytesRead += (long) items * blocks.rows() * Float.BYTES;
      for (long left = live; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        float key = request.probe.key(chunk, offset + lane, Blocks.SIZE);
        best.offer(Candidate.pack(key, index.ordinals[first + lane]));
      }
      return;
    }
    counters.bytesRead += (long) blocks.stride() * Float.BYTES;
    float bound = best.admits(0);
    if (kernel.scan(request.probe, chunk, offset, blocks.stride(), 1, bound, keys) == 0) {
      best.offer(keys, 0, live & kernel.below(keys, 0, bound), index.ordinals, first);
    }
  }

  private long passing(int b, long lanes) {
    long live = 0;
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      live |= request.passes(index.ordinals[b * Blocks.SIZE + lane]) ? 1L << lane : 0;
    }
    return live;
  }

  /** Takes over a better k-th bound. */
  private void tighten() {
    if (best.worst() != worst) {
      bound(best.worst());
    }
  }

  private void bound(long worst) {
    this.worst = worst;
    float key = worst == Candidate.NONE ? Float.NaN : Candidate.bound(worst);
    bounded = !Float.isNaN(key);
    certificate.worst(key);
    if (useSketch && sketched != null) {
      sketched.worst(key);
    }
  }

  /** Scores everything. */
  private void stream(Share share) {
    int count = blocks.count();
    int part = share.threads() == 1 ? count : Math.max(1, count / (share.threads() * PARTS));
    for (long p = share.claim(); p * part < count; p = share.claim()) {
      best.cap(share.bound());
      int to = (int) Math.min(count, (p + 1) * part);
      for (int b = (int) (p * part); b < to; b++) {
        score(b, blocks.lanes(b));
      }
      counters.blocksVisited += to - (int) (p * part);
      share.offer(best.worst());
    }
  }
}

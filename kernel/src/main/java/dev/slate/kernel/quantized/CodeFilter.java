package dev.slate.kernel.quantized;

import static java.util.Objects.requireNonNull;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Codes;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.simd.CodeKernel;
import dev.slate.kernel.simd.Simd;
import org.jspecify.annotations.Nullable;

/**
 * One thread's query against the codes of a block: sketch, packed codes and codes of one byte, from
 * the cheapest to the most exact. Tells which items of a block must still be scored, and keeps
 * those that wait for a better bound. All items of a block that is not filtered are scored.
 */
final class CodeFilter {
  /** The bound of the codes of one byte, which also bounds clusters and pieces. */
  final ErrorBound bound;

  /** Bytes of a cache line, or half of one where lines are longer. */
  private static final int LINE = 64;

  private final QuantizedEngine index;
  private final CodeKernel coder = Simd.codes();
  private final ExpandedBound expandedBound;
  private final @Nullable ErrorBound sketchBound;
  private final @Nullable PackedBound packedBound;
  private final @Nullable PostponedLanes postponed;
  private final AdaptiveFilter adaptive;
  private final FilterOrder order = new FilterOrder();
  private final double[] point;
  private final double[] image;
  private final float[] keys = new float[Blocks.SIZE];

  private CompiledQuery query;
  private Counters counters;
  private boolean useSketch;
  private boolean usePacked;
  private boolean useExpanded;
  private boolean bounded;

  /** Keeps the loads of {@link #fetchPostponed} from being optimised away. */
  @SuppressWarnings("unused")
  private int fetched;

  @SuppressWarnings("NullAway.Init")
  CodeFilter(QuantizedEngine index) {
    this.index = index;
    this.bound = new ErrorBound(index.full.grid, 0);
    this.expandedBound = new ExpandedBound(index.full.grid);
    this.sketchBound =
        index.sketch == null ? null : new ErrorBound(index.sketch.grid, Projection.ERROR);
    this.packedBound = index.packed == null ? null : new PackedBound(index.packed);
    this.postponed = index.packed == null ? null : new PostponedLanes();
    this.adaptive = new AdaptiveFilter(index.blocks);
    this.point = new double[index.blocks.rows()];
    this.image = new double[index.projection == null ? 0 : index.projection.rows()];
  }

  /**
   * Takes a query.
   *
   * @param counters receives the bytes that are read
   * @return whether codes can exclude items; if not, no other method may be called
   */
  boolean prepare(CompiledQuery query, Counters counters) {
    this.query = query;
    this.counters = counters;
    int lead = point.length - query.d;
    if (lead > 0) {
      point[0] = 1;
    }
    double square = lead;
    for (int j = 0; j < query.d; j++) {
      double x = query.q[j];
      point[lead + j] = x;
      square += x * x;
    }
    double norm = Math.sqrt(square) * (1 + 1e-9);
    int d = point.length;
    useSketch = sketchBound != null && query.w == null;
    useExpanded = !query.dot && query.w == null && expandedBound.prepare(point);
    boolean certified;
    if (query.dot) {
      certified = bound.dot(point, norm, d);
    } else {
      certified = bound.euclidean(point, query.w, norm, d);
    }
    if (useSketch && sketchBound != null && index.projection != null) {
      index.projection.image(point, image);
      useSketch =
          query.dot ? sketchBound.dot(image, norm, d) : sketchBound.euclidean(image, null, norm, d);
    }
    usePacked =
        packedBound != null && query.w == null && packedBound.prepare(point, query.dot, norm, d);
    return certified;
  }

  /**
   * Starts a search, without a bound so far.
   *
   * @param never whether no codes are read, since the search wants so large a share of the items
   *     that codes would exclude few
   * @param alone whether no other thread meets a block of this search
   */
  void start(boolean never, boolean alone) {
    worst(Float.NaN);
    if (postponed != null) {
      postponed.clear();
    }
    adaptive.start(never, alone);
    order.start(query.filtered());
  }

  /**
   * Sets the bound.
   *
   * @param key the largest key of an item that counts; NaN if all count
   */
  void worst(float key) {
    bounded = !Float.isNaN(key);
    bound.worst(key);
    if (useSketch && sketchBound != null) {
      sketchBound.worst(key);
    }
    if (usePacked && packedBound != null) {
      packedBound.worst(bound.reach());
    }
  }

  /**
   * Computes the key of each code of one byte, as if it were an item.
   *
   * @param codes the codes, in blocks
   * @param count their number
   * @param to receives the keys, whole blocks of them
   */
  void keys(Codes codes, int count, float[] to) {
    for (int c = 0; c < count; c += Blocks.SIZE) {
      code(bound, codes, c >> 6, Float.NaN);
      System.arraycopy(keys, 0, to, c, Blocks.SIZE);
    }
    counters.bytesRead += codes.bytes();
  }

  /** Whether all lanes of a block have been scored. */
  boolean done(int block) {
    return adaptive.done(block);
  }

  /** Whether to read the codes of the next block. */
  boolean reads() {
    return bounded && adaptive.reads();
  }

  /** Whether no room is left to postpone the items of another block. */
  boolean full() {
    return usePacked && postponed != null && postponed.full();
  }

  /**
   * Reads the codes of a block, unless the query's filter is asked first and admits none of the
   * lanes.
   *
   * @return the lanes to score now; others are excluded or postponed
   */
  long remaining(int b, long lanes) {
    boolean filterFirst = order.filterFirst();
    long left = lanes;
    if (filterFirst) {
      left = passing(b, lanes);
      order.asked(left != 0);
      if (left == 0) {
        adaptive.read(b, 0);
        return 0;
      }
    }
    return usePacked
        ? filterByPackedCodes(b, left, filterFirst)
        : filterByCodes(b, left, filterFirst);
  }

  /**
   * Leaves the codes of a block unread.
   *
   * @return the lanes to score: those that pass the query's filter
   */
  long unread(int b, long lanes) {
    return passing(b, adaptive.unread(b, lanes));
  }

  /** Those of some lanes that pass the query's filter. */
  private long passing(int b, long lanes) {
    return query.passing(index.ordinals, b * Blocks.SIZE, lanes);
  }

  /** The same, of lanes that are known to pass or not. */
  private long passing(int b, long lanes, boolean known) {
    return known ? lanes : passing(b, lanes);
  }

  /**
   * Given lanes, without those that the sketch, codes of one byte, or the query excludes.
   *
   * @param admitted whether the lanes are known to pass the query's filter
   */
  private long filterByCodes(int b, long lanes, boolean admitted) {
    float longest = index.longest[b];
    long remaining = lanes;
    boolean passed = admitted;
    if (useSketch && sketchBound != null && index.sketch != null) {
      CodedRows sketch = index.sketch;
      remaining &= code(sketchBound, sketch.codes, b, sketchBound.limit(sketch.radius[b], longest));
      remaining = passing(b, remaining, passed);
      passed = true;
      counters.bytesRead += sketch.codes.stride();
      if (Long.bitCount(remaining) <= 1) {
        adaptive.read(b, Long.bitCount(remaining));
        return remaining;
      }
    }
    remaining =
        index.full.byItem
            ? filterItems(b, passing(b, remaining, passed), longest)
            : passing(b, remaining & filterBlock(b, longest), passed);
    adaptive.read(b, Long.bitCount(remaining));
    return remaining;
  }

  /**
   * Those of some lanes that pass the query's filter, that packed codes estimate to be within the
   * bound, and that codes of one byte do not exclude. Lanes that pass and that packed codes
   * estimate to be beyond the bound, but do not exclude, are postponed.
   *
   * @param admitted whether the lanes are known to pass the query's filter
   */
  private long filterByPackedCodes(int b, long lanes, boolean admitted) {
    PackedBound packed = requireNonNull(packedBound);
    PostponedLanes waiting = requireNonNull(postponed);
    float longest = index.longest[b];
    long left = passing(b, lanes & packed.remaining(b, longest), admitted);
    counters.bytesRead += packed.bytesOfBlock();
    int before = waiting.count;
    long within = packed.within(b, left, waiting);
    long remaining = filterItems(b, within, longest);
    boolean loses = Long.bitCount(remaining) > AdaptiveFilter.SINGLES;
    if (!loses && waiting.count - before > AdaptiveFilter.SINGLES) {
      adaptive.postponed(b);
    } else {
      adaptive.read(b, Long.bitCount(remaining));
    }
    return remaining;
  }

  /**
   * Drops the postponed items that the bound excludes by now, and loads a byte of each cache line
   * of the others' codes. These lie far apart in memory. Loads that do not wait for each other take
   * less time than those for which each comparison waits.
   */
  void fetchPostponed() {
    if (postponed == null) {
      return;
    }
    PostponedLanes waiting = postponed;
    waiting.drop(requireNonNull(packedBound));
    Codes codes = index.full.codes;
    int count = codes.rows();
    int sum = 0;
    for (int i = 0; i < waiting.count; i++) {
      int b = waiting.slots[i] >> 6;
      byte[] chunk = codes.chunk(b);
      int at = codes.offset(b) + (waiting.slots[i] & 63) * count;
      for (int line = 0; line < count; line += LINE) {
        sum += chunk[at + line];
      }
      sum += chunk[at + count - 1];
    }
    fetched = sum;
  }

  /**
   * The block of the first postponed items that are still to be looked at again; -1 if there are
   * none, which makes room for others.
   */
  int nextPostponed() {
    return postponed == null ? -1 : postponed.next();
  }

  /**
   * Looks at the postponed lanes of the {@link #nextPostponed} block again.
   *
   * @return those that neither their packed codes nor their codes of one byte exclude by now
   */
  long remainingPostponed(int b) {
    PackedBound packed = requireNonNull(packedBound);
    PostponedLanes waiting = requireNonNull(postponed);
    int count = waiting.count;
    int i = waiting.from;
    long lanes = 0;
    for (; i < count && waiting.slots[i] >> 6 == b; i++) {
      lanes |= packed.excludes(waiting.limits[i]) ? 0 : 1L << waiting.slots[i];
    }
    waiting.from = i;
    long remaining = filterItems(b, lanes, index.longest[b]);
    adaptive.read(b, Long.bitCount(remaining));
    return remaining;
  }

  /** Those of some lanes that codes of one byte, which lie item by item, do not exclude. */
  private long filterItems(int b, long lanes, float longest) {
    CodedRows full = index.full;
    byte[] chunk = full.codes.chunk(b);
    int count = full.codes.rows();
    float limit = bound.limit(full.radius[b], longest);
    float[] step = bound.step;
    long remaining = lanes;
    for (long left = lanes; left != 0; left &= left - 1) {
      int at = full.codes.offset(b) + Long.numberOfTrailingZeros(left) * count;
      float value =
          query.dot
              ? coder.product(chunk, at, count, step, keys)
              : coder.distance(chunk, at, count, step, bound.shift, keys);
      remaining ^= value > limit ? left & -left : 0;
    }
    counters.bytesRead += (long) Long.bitCount(lanes) * count;
    return remaining;
  }

  /** The lanes of a block that codes of one byte, which lie row by row, do not exclude. */
  private long filterBlock(int b, float longest) {
    CodedRows full = index.full;
    counters.bytesRead += full.codes.stride();
    float radius = full.radius[b];
    if (useExpanded && expandedBound.sharp(bound.reach(), radius)) {
      float limit = expandedBound.limit(bound.reach(), radius);
      float[] step = expandedBound.step;
      return products(step, step.length, full.codes, b, limit);
    }
    return code(bound, full.codes, b, bound.limit(radius, longest));
  }

  private long code(ErrorBound bound, Codes codes, int block, float limit) {
    float[] step = bound.step;
    int rows = bound.rows();
    if (query.dot) {
      return products(step, rows, codes, block, limit);
    }
    byte[] chunk = codes.chunk(block);
    int at = codes.offset(block);
    return coder.euclidean(chunk, at, rows, step, bound.shift, limit, keys);
  }

  private long products(float[] step, int rows, Codes codes, int block, float limit) {
    return coder.dot(codes.chunk(block), codes.offset(block), rows, step, limit, keys);
  }
}

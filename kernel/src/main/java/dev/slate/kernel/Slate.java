package dev.slate.kernel;

import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.live.LiveSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a search: the k best items, best first, ties in order of ordinals. Reusable: a
 * search replaces what it holds, and allocates nothing once it has grown to its size. Memory: 8
 * bytes an item, 24 for the answers of a {@link LiveIndex}. Not thread-safe.
 *
 * {@snippet :
 * Slate slate = new Slate(10);
 * searcher.search(query, slate);
 * for (int i = 0; i < slate.size(); i++) {
 *   System.out.println(slate.ordinal(i) + " " + slate.score(i));
 * }
 * }
 */
public final class Slate {
  /** Index of the slate in the batch that was searched last. */
  int batchIndex;

  private final int k;
  private long[] candidates = {};
  private int size;
  private Metric metric = Metric.EUCLIDEAN;
  private @Nullable Ids ids;

  /** The places and the ids of a live index's items; empty until one is searched. */
  private long[] places = {};

  private long[] liveIds = {};
  private boolean live;
  private boolean complete = true;

  /**
   * Creates an empty slate.
   *
   * @param k how many items a search returns; it returns fewer only where fewer match
   * @throws IllegalArgumentException if k is below 1
   */
  public Slate(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but it is " + k);
    }
    this.k = k;
  }

  /**
   * Creates a slate that takes every match, for searches within a {@link Query#radius}.
   *
   * @return an empty slate without a limit
   */
  public static Slate unbounded() {
    return new Slate(Integer.MAX_VALUE);
  }

  /**
   * The largest number of items that a search may return.
   *
   * @return k; {@link Integer#MAX_VALUE} where there is no limit
   */
  public int k() {
    return k;
  }

  /**
   * Number of items that the last search returned.
   *
   * @return from 0 to k
   */
  public int size() {
    return size;
  }

  /**
   * Whether the last search ran to its end, so that the answer is exact.
   *
   * @return false if it reached its {@link Query#deadline} or was interrupted: then the slate holds
   *     the best of the items that were looked at
   */
  public boolean complete() {
    return complete;
  }

  /**
   * The item at a rank.
   *
   * @param i the rank, 0 is the best
   * @return its ordinal
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   * @throws IllegalStateException if the answer is that of a {@link LiveIndex}, whose items have
   *     places and ids
   */
  public int ordinal(int i) {
    if (live) {
      throw new IllegalStateException("items of a live index have places and ids, not ordinals");
    }
    return Candidate.ordinal(candidates[Objects.checkIndex(i, size)]);
  }

  /**
   * The caller's id of the item at a rank.
   *
   * @param i the rank, 0 is the best
   * @return its id; the ordinal where the catalogue has no ids
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   * @throws java.io.UncheckedIOException if the index was opened {@link Opening#ON_DEMAND}, and the
   *     id cannot be read or is damaged in the file
   * @throws IllegalStateException if the index was opened {@link Opening#ON_DEMAND}, is closed, and
   *     has not read the id
   */
  public long id(int i) {
    if (live) {
      return liveIds[Objects.checkIndex(i, size)];
    }
    int ordinal = ordinal(i);
    return ids == null ? ordinal : ids.get(ordinal);
  }

  /**
   * The item's place in the order by which items of equal score are sorted; {@link Query#after}
   * takes it.
   *
   * @param i the rank, 0 is the best
   * @return its place in the order of insertion into a {@link LiveIndex}, which no compaction
   *     changes; its ordinal in an {@link Index}
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   */
  public long place(int i) {
    return live ? places[Objects.checkIndex(i, size)] : ordinal(i);
  }

  /**
   * The canonical score of the item at a rank.
   *
   * @param i the rank, 0 is the best
   * @return the squared distance for EUCLIDEAN, the dot product or cosine for the others
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   */
  public float score(int i) {
    float key = Candidate.key(candidates[Objects.checkIndex(i, size)]);
    return metric.largerIsBetter() && !Float.isNaN(key) ? -key : key;
  }

  /**
   * The Euclidean distance of the item at a rank.
   *
   * @param i the rank, 0 is the best
   * @return {@code (float) sqrt((double) score(i))}
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   * @throws IllegalStateException if the metric is not EUCLIDEAN
   */
  public float distance(int i) {
    if (metric != Metric.EUCLIDEAN) {
      throw new IllegalStateException("a score of " + metric + " is not a distance");
    }
    return (float) Math.sqrt((double) score(i));
  }

  /**
   * Reads the memory that {@link #set} will write, so that it is in the cache by then.
   *
   * @return any value; unless it is used, the compiler drops the reads
   */
  long touch() {
    int last = candidates.length - 1;
    return last < 0 ? 0 : candidates[0] | candidates[last];
  }

  /** Number of items that a search of an index finds at most; at least one, also where n is 0. */
  int wanted(int n) {
    return Math.max(1, Math.min(k, n));
  }

  /** Becomes the empty answer of an index without items. */
  void clear(Metric metric) {
    this.metric = metric;
    this.ids = null;
    this.live = false;
    this.complete = true;
    size = 0;
  }

  /** Takes over a selection, which it ends. */
  void set(TopK best, Metric metric, @Nullable Ids ids, boolean complete) {
    this.metric = metric;
    this.ids = ids;
    this.live = false;
    this.complete = complete;
    size = best.finish();
    if (size > candidates.length) {
      candidates = new long[grown(candidates.length)];
    }
    best.copyTo(candidates);
  }

  /** Takes over the answer of a live index. */
  void set(LiveSearch found, Metric metric) {
    this.metric = metric;
    this.ids = null;
    this.live = true;
    this.complete = found.complete();
    size = found.size();
    if (size > candidates.length) {
      candidates = new long[grown(candidates.length)];
    }
    if (size > places.length) {
      places = new long[grown(places.length)];
      liveIds = new long[places.length];
    }
    for (int i = 0; i < size; i++) {
      candidates[i] = Candidate.pack(found.key(i), i);
      places[i] = found.place(i);
      liveIds[i] = found.id(i);
    }
  }

  private int grown(int length) {
    return Math.max(size, (int) Math.min(k, 2L * length));
  }

  @Override
  public String toString() {
    return (live ? "Slate[ids=" : "Slate[ordinals=")
        + IntStream.range(0, size).mapToObj(i -> live ? id(i) : ordinal(i)).toList()
        + ", scores="
        + IntStream.range(0, size).mapToObj(this::score).toList()
        + "]";
  }
}

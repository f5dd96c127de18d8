package dev.slate.kernel;

import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a search: the k best items, best first, ties in order of ordinals. Reusable: a
 * search replaces what it holds, and allocates nothing once it has grown to its size. Not
 * thread-safe.
 */
public final class Slate {
  private final int k;
  private int[] ordinals = {};
  private float[] scores = {};
  private int size;
  private Metric metric = Metric.EUCLIDEAN;
  private long @Nullable [] ids;

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
   * How many items a search may return.
   *
   * @return k; {@link Integer#MAX_VALUE} where there is no limit
   */
  public int k() {
    return k;
  }

  /**
   * How many items the last search returned.
   *
   * @return from 0 to k
   */
  public int size() {
    return size;
  }

  /**
   * The item at a place.
   *
   * @param i the place, 0 is the best
   * @return its ordinal
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   */
  public int ordinal(int i) {
    return ordinals[Objects.checkIndex(i, size)];
  }

  /**
   * The caller's id of the item at a place.
   *
   * @param i the place, 0 is the best
   * @return its id; the ordinal where the catalogue has no ids
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   */
  public long id(int i) {
    int ordinal = ordinal(i);
    return ids == null ? ordinal : ids[ordinal];
  }

  /**
   * The canonical score of the item at a place.
   *
   * @param i the place, 0 is the best
   * @return the squared distance for EUCLIDEAN, the dot product or cosine for the others
   * @throws IndexOutOfBoundsException if i is not in 0..size-1
   */
  public float score(int i) {
    return scores[Objects.checkIndex(i, size)];
  }

  /**
   * The Euclidean distance of the item at a place.
   *
   * @param i the place, 0 is the best
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
   * Reads from what {@link #set} will write, so that it lies near by then.
   *
   * @return anything; unless it is kept, the reads are left out as unused
   */
  int touch() {
    int last = ordinals.length - 1;
    return last < 0
        ? 0
        : ordinals[0] | ordinals[last] | Float.floatToRawIntBits(scores[0] + scores[last]);
  }

  /** Takes over a finished selection. */
  void set(TopK best, int found, Metric metric, long @Nullable [] ids) {
    this.metric = metric;
    this.ids = ids;
    if (found > ordinals.length) {
      int length = Math.max(found, Math.min(k, 2 * ordinals.length));
      ordinals = new int[length];
      scores = new float[length];
    }
    for (int i = 0; i < found; i++) {
      long candidate = best.get(i);
      float key = Candidate.key(candidate);
      ordinals[i] = Candidate.ordinal(candidate);
      scores[i] = Float.isNaN(key) ? Float.NaN : metric.largerIsBetter() ? -key : key;
    }
    size = found;
  }

  @Override
  public String toString() {
    return "Slate[ordinals="
        + Arrays.toString(Arrays.copyOf(ordinals, size))
        + ", scores="
        + Arrays.toString(Arrays.copyOf(scores, size))
        + "]";
  }
}

package dev.slate.kernel.query;

import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.Exclusion;
import dev.slate.kernel.select.TopK;
import org.jspecify.annotations.Nullable;

/**
 * A checked query in the form that kernels compute with: which chain of fused multiply-adds, its
 * operands, which items count, and how many are wanted. Filled once a search, then only read.
 */
public final class CompiledQuery {
  /** The query's d attributes, normalised for COSINE. The array may be longer than d. */
  public float[] q = {};

  /** The d weights of a weighted EUCLIDEAN, else null. */
  public float @Nullable [] w;

  /** Number of attributes. */
  public int d;

  /** True for DOT and COSINE. */
  public boolean dot;

  /** True if row 0 of each block holds the items' biases. */
  public boolean biased;

  /** Number of items wanted, from 1 to n. */
  public int k;

  /** Only candidates behind this one count. */
  public long after = Candidate.FIRST;

  /** Only candidates up to this one count. */
  public long limit = Candidate.NONE;

  /** A bit for each ordinal that may be returned; null allows all. */
  public long @Nullable [] allow;

  /** A bit for each ordinal that may not be returned; null denies none. */
  public long @Nullable [] deny;

  /** Keeps items out of the answer, asked only of those that bounds do not exclude; may be null. */
  public @Nullable Exclusion exclusion;

  /** The group of each ordinal; null where any number of a group's items may be returned. */
  public int @Nullable [] groupOf;

  /**
   * A bit for each part of the layout whose items all belong to one group, as {@code
   * Engine.uniform} counts parts; null where there are no groups or no such parts.
   */
  public long @Nullable [] uniform;

  /** Number of items of a group that may be returned, at most. */
  public int mostOfGroup;

  /** Whether the search may run out of time. */
  public boolean timed;

  /** When it does, as {@link System#nanoTime} counts. */
  private long until;

  /** Sets a query without conditions for the k best items. */
  public void plain(float[] vector, int k) {
    q = vector;
    w = null;
    this.k = k;
    after = Candidate.FIRST;
    limit = Candidate.NONE;
    allow = null;
    deny = null;
    exclusion = null;
    groupOf = null;
    uniform = null;
    timed = false;
  }

  /** Limits the time of the search, which begins now. */
  public void limitTime(long nanos) {
    timed = true;
    until = System.nanoTime() + nanos;
  }

  /**
   * Whether a search with a limit of time has none left, or the calling thread is interrupted.
   * Costs a read of a field where there is no limit.
   */
  public boolean outOfTime() {
    return timed && (System.nanoTime() - until >= 0 || Thread.currentThread().isInterrupted());
  }

  /**
   * Ends a search that is {@link #outOfTime}. Cursors call it between blocks.
   *
   * @throws OutOfTime if it is
   */
  public void checkTime() {
    if (outOfTime()) {
      until = System.nanoTime(); // for the other threads of the search
      throw OutOfTime.INSTANCE;
    }
  }

  /**
   * The key of one item of a vertical block.
   *
   * @param a the chunk that holds the block
   * @param at position of the item's first attribute (or its bias) in the chunk
   * @param step distance between an item's attributes
   */
  public float key(float[] a, int at, int step) {
    float[] q = this.q;
    float[] w = this.w;
    int p = at;
    float s = 0f;
    if (dot) {
      if (biased) {
        s = a[p];
        p += step;
      }
      for (int j = 0; j < d; j++, p += step) {
        s = Math.fma(a[p], q[j], s);
      }
      return -s;
    }
    for (int j = 0; j < d; j++, p += step) {
      float t = a[p] - q[j];
      s = Math.fma(w == null ? t : w[j] * t, t, s);
    }
    return s;
  }

  /** Whether some items are filtered out before they are scored. */
  public boolean filtered() {
    return allow != null || deny != null;
  }

  /** Whether every item counts: the k smallest of some items are all that can enter from them. */
  public boolean open() {
    return !filtered() && exclusion == null && groupOf == null && after == Candidate.FIRST;
  }

  /** The items of 64 consecutive ordinals, starting at 64 x word, that pass the filter. */
  public long passing(int word) {
    long passing = -1L;
    if (allow != null) {
      passing = allow[word];
    }
    if (deny != null) {
      passing &= ~deny[word];
    }
    return passing;
  }

  /**
   * The items of a block that pass the filter, where a layout has an order of its own.
   *
   * @param ordinals the ordinal of each slot
   * @param first the block's first slot
   * @param lanes the items in question, a bit for each of the block's slots
   */
  public long passing(int[] ordinals, int first, long lanes) {
    if (lanes == -1L) {
      long passing = allow == null ? -1L : members(allow, ordinals, first);
      return deny == null ? passing : passing & ~members(deny, ordinals, first);
    }
    if (!filtered()) {
      return lanes;
    }
    long passing = 0;
    for (long left = lanes; left != 0; left &= left - 1) {
      passing |= passes(ordinals[first + Long.numberOfTrailingZeros(left)]) ? left & -left : 0;
    }
    return passing;
  }

  /** Which of 64 items are members of a set: no jumps, so that the loads overlap. */
  private static long members(long[] words, int[] ordinals, int first) {
    long members = 0;
    for (int lane = 0; lane < Long.SIZE; lane++) {
      int ordinal = ordinals[first + lane];
      members |= (words[ordinal >> 6] >>> ordinal & 1) << lane;
    }
    return members;
  }

  /** Whether one item passes the filter. */
  public boolean passes(int ordinal) {
    return (passing(ordinal >> 6) & 1L << ordinal) != 0;
  }

  /** Starts a selection for this search. */
  public void start(TopK best) {
    best.reset(k, after, limit);
    best.exclude(exclusion);
    best.limitGroups(groupOf, mostOfGroup);
  }
}

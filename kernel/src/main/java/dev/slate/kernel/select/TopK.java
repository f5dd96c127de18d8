package dev.slate.kernel.select;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the k best of a stream of candidates in any order of arrival.
 *
 * <p>Small k keeps a sorted array and inserts. Larger k fills a reservoir of about 1.5 k, and each
 * time that it is full keeps its k best by {@link Quicksort#select}, so that a candidate costs O(1)
 * amortised whatever k is. Memory grows with what arrives, up to 1.5 k longs, and is reused.
 */
public final class TopK {
  private static final int SMALL = 40;

  private long[] kept = new long[SMALL];
  private int size;
  private int k;
  private int capacity;
  private long after;
  private long worst;
  private @Nullable Exclusion exclusion;

  /** The group of each ordinal; null where any number of a group's items may be kept. */
  private int @Nullable [] groupOf;

  private int mostOfGroup;
  private final int[] groups = new int[SMALL];

  private int fullGroup;
  private long worstOfFull;
  private final GroupCounts counts = new GroupCounts();

  /**
   * Starts anew.
   *
   * @param k how many to keep, at least 1
   * @param after only candidates behind this one count
   * @param limit only candidates up to this one count, itself included
   */
  public void reset(int k, long after, long limit) {
    this.k = k;
    this.size = 0;
    this.after = after;
    this.worst = limit == Candidate.NONE ? limit : limit + 1;
    this.capacity = capacity(k);
    this.exclusion = null;
    this.groupOf = null;
    if (k <= SMALL) {
      Arrays.fill(kept, 0, k, Candidate.NONE);
    }
  }

  /** Keeps items out of this selection, from a {@link #reset} to the next. */
  public void exclude(@Nullable Exclusion exclusion) {
    this.exclusion = exclusion;
  }

  /**
   * Keeps at most some items of each group, from a {@link #reset} to the next. Small k keeps
   * candidates in order; larger k sorts its reservoir each time that it is full, so that a
   * candidate costs O(log k) amortised, and O(1) if it is behind the {@link #worst(int) worst of
   * its group}.
   *
   * <p>Exact in any order of arrival, and where the answers of parts are taken together. The k-th
   * best stays a bound: an item leaves only for a better one of its group, or because k others that
   * may stay come before it.
   *
   * @param groupOf the group of each ordinal, {@link GroupCounts#NO_GROUP} where an item belongs to
   *     none; null lifts the limit
   * @param most how many of a group may be kept, at least 1
   */
  public void limitGroups(int @Nullable [] groupOf, int most) {
    this.groupOf = groupOf;
    this.mostOfGroup = most;
    fullGroup = GroupCounts.NO_GROUP;
    worstOfFull = Candidate.NONE;
    if (groupOf != null && k > SMALL) {
      counts.reset(0, most);
    }
  }

  /** Candidates that a selection holds, at most. */
  public static int capacity(int k) {
    return k <= SMALL ? k : (int) Math.min(k + (long) (k >> 1), Integer.MAX_VALUE - 8);
  }

  /**
   * Copies the candidates, {@link #size} of them, for {@link #resume}.
   *
   * @param candidates receives them
   * @param at where they start
   */
  public void putAside(long[] candidates, int at) {
    System.arraycopy(kept, 0, candidates, at, size);
  }

  /**
   * Goes on with a selection without conditions that had its k candidates when it was {@link
   * #putAside put aside}.
   *
   * @param k how many it keeps
   * @param candidates holds its candidates
   * @param at where they start
   * @param size their number
   * @param worst the {@link #worst} candidate at that time
   */
  public void resume(int k, long[] candidates, int at, int size, long worst) {
    this.k = k;
    this.size = size;
    this.capacity = capacity(k);
    this.after = Candidate.FIRST;
    this.worst = worst;
    this.exclusion = null;
    this.groupOf = null;
    if (kept.length < size) {
      kept = new long[capacity];
    }
    System.arraycopy(candidates, at, kept, 0, size);
  }

  /** Takes a candidate if it is among the k best so far. */
  public void offer(long candidate) {
    if (candidate >= worst || candidate <= after) {
      return;
    }
    if (exclusion != null && exclusion.excludes(Candidate.ordinal(candidate))) {
      return;
    }
    if (groupOf != null) {
      offerGrouped(candidate, groupOf);
    } else if (k <= SMALL) {
      insert(candidate);
    } else {
      collect(candidate);
    }
  }

  /** Whether an item is among the candidates held. O(k). */
  public boolean holds(int ordinal) {
    for (int i = 0; i < size; i++) {
      if (Candidate.ordinal(kept[i]) == ordinal) {
        return true;
      }
    }
    return false;
  }

  /** Takes a candidate that comes behind all that were taken so far. */
  public void append(long candidate) {
    if (k > SMALL) {
      offer(candidate);
    } else if (candidate < worst && candidate > after && size < k) {
      kept[size++] = candidate;
      worst = size == k ? candidate : worst;
    }
  }

  /**
   * Takes those items of a block that are among the k best so far.
   *
   * @param keys holds the block's keys
   * @param at where they start
   * @param lanes a bit for each item to take
   * @param first ordinal of the block's first item
   */
  public void offer(float[] keys, int at, long lanes, int first) {
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      offer(Candidate.pack(keys[at + lane], first + lane));
    }
  }

  /**
   * Takes those items of a block that are among the k best so far.
   *
   * @param keys holds the block's keys
   * @param at where they start
   * @param lanes a bit for each item to take
   * @param ordinals holds the items' ordinals
   * @param first where they start
   */
  public void offer(float[] keys, int at, long lanes, int[] ordinals, int first) {
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      offer(Candidate.pack(keys[at + lane], ordinals[first + lane]));
    }
  }

  /** Takes those candidates of another selection that are among the k best so far. */
  public void take(TopK other) {
    for (int i = 0; i < other.size; i++) {
      offer(other.kept[i]);
    }
  }

  /**
   * The first candidate that can no longer enter: the k-th best so far, or a bound that {@link
   * #cap} set.
   */
  public long worst() {
    return worst;
  }

  /**
   * The first candidate of a group that can no longer enter: the m-th best of the group, where a
   * group may have m items; for larger k, the m-th best when the reservoir was last full.
   *
   * <p>The bound stays valid: m items of the group come before any later candidate, and they met
   * all conditions. So whatever arrives, and whether or not these items stay, a later candidate is
   * not among the first m of its group. O(k), or O(1) for larger k.
   *
   * @param group a group, while {@link #limitGroups} is in force
   * @return {@link Candidate#NONE} where the group may have more, and for {@link
   *     GroupCounts#NO_GROUP}
   */
  public long worst(int group) {
    if (k > SMALL) {
      return counts.last(group);
    }
    if (group == GroupCounts.NO_GROUP) {
      return Candidate.NONE;
    }
    int members = 0;
    for (int i = 0; i < size; i++) {
      if (groups[i] == group && ++members == mostOfGroup) {
        return kept[i];
      }
    }
    return Candidate.NONE;
  }

  /** The full group that refused the latest candidate. */
  public int fullGroup() {
    return fullGroup;
  }

  /**
   * The {@link #worst(int) worst} of the {@link #fullGroup} when it refused a candidate; {@link
   * Candidate#NONE} if no group has.
   */
  public long worstOfFull() {
    return worstOfFull;
  }

  /** Refuses candidates behind one that is known to be the k-th best of a part of the items. */
  public void cap(long kth) {
    if (kth < worst) {
      worst = kth + 1;
    }
  }

  /**
   * A strict bound on keys: an item from {@code firstOrdinal} on can enter only if its key is
   * below.
   *
   * @return NaN where every key must be looked at
   */
  public float admits(int firstOrdinal) {
    if (worst == Candidate.NONE) {
      return Float.NaN;
    }
    float key = Candidate.bound(worst);
    if (Candidate.ordinal(worst) <= firstOrdinal) {
      return key;
    }
    return key == Float.POSITIVE_INFINITY ? Float.NaN : Math.nextUp(key);
  }

  /**
   * Ends the stream: afterwards the candidates are in order, best first.
   *
   * @return how many were kept, at most k
   */
  public int finish() {
    if (k > SMALL) {
      if (groupOf != null) {
        selectGrouped(groupOf);
      } else if (size > k) {
        select();
      }
      Quicksort.sort(kept, 0, size);
    }
    return size;
  }

  /** Copies the candidates, in order after {@link #finish}. */
  public void copyTo(long[] candidates) {
    System.arraycopy(kept, 0, candidates, 0, size);
  }

  /** Number of candidates held, which may exceed k before {@link #finish}. */
  public int size() {
    return size;
  }

  private void insert(long candidate) {
    Quicksort.insert(kept, 0, k, candidate);
    size = Math.min(size + 1, k);
    worst = Math.min(worst, kept[k - 1]);
  }

  private void offerGrouped(long candidate, int[] groupOf) {
    int group = groupOf[Candidate.ordinal(candidate)];
    if (k <= SMALL) {
      insertGrouped(candidate, group);
      return;
    }
    long worstOfGroup = counts.last(group);
    if (candidate >= worstOfGroup) {
      fullGroup = group;
      worstOfFull = worstOfGroup;
      return;
    }
    grow();
    kept[size++] = candidate;
    if (size == capacity) {
      selectGrouped(groupOf);
    }
  }

  /** Keeps the k smallest that the groups admit. */
  private void selectGrouped(int[] groupOf) {
    Quicksort.sort(kept, 0, size);
    counts.reset(Math.min(k, size), mostOfGroup);
    int admitted = 0;
    for (int i = 0; i < size && admitted < k; i++) {
      if (counts.take(groupOf[Candidate.ordinal(kept[i])], kept[i])) {
        kept[admitted++] = kept[i];
      }
    }
    size = admitted;
    if (size == k) {
      worst = Math.min(worst, kept[k - 1]);
    }
  }

  private void insertGrouped(long candidate, int group) {
    if (group == fullGroup && candidate >= worstOfFull) {
      return;
    }
    int worstOfGroup = -1;
    int members = 0;
    if (group != GroupCounts.NO_GROUP) {
      for (int i = 0; i < size; i++) {
        if (groups[i] == group) {
          members++;
          worstOfGroup = i;
        }
      }
    }
    int gap = size;
    if (members == mostOfGroup) {
      if (candidate >= kept[worstOfGroup]) {
        fullGroup = group;
        worstOfFull = kept[worstOfGroup];
        return;
      }
      gap = worstOfGroup;
    } else if (size == k) {
      gap = k - 1;
    } else {
      size++;
    }
    while (gap > 0 && kept[gap - 1] > candidate) {
      kept[gap] = kept[gap - 1];
      groups[gap] = groups[gap - 1];
      gap--;
    }
    kept[gap] = candidate;
    groups[gap] = group;
    if (size == k) {
      worst = Math.min(worst, kept[k - 1]);
    }
  }

  private void grow() {
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, (int) Math.min(2L * size, Math.max(capacity, size + 1L)));
    }
  }

  private void collect(long candidate) {
    grow();
    kept[size++] = candidate;
    if (size == k) {
      long last = Candidate.FIRST;
      for (int i = 0; i < k; i++) {
        last = Math.max(last, kept[i]);
      }
      worst = Math.min(worst, last);
    } else if (size == capacity) {
      select();
    }
  }

  /** Keeps the k smallest. */
  private void select() {
    Quicksort.select(kept, 0, size, k - 1);
    size = k;
    worst = Math.min(worst, kept[k - 1]);
  }
}

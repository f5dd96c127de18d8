package dev.slate.kernel.live;

import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.GroupCounts;

/**
 * The best items of the parts that were searched so far, in order: by key, then by place. A key has
 * the upper half of a {@link Candidate}, and its sign bit for zero.
 *
 * <p><b>At most m items of a group.</b> An item without a group counts as a group of its own. For a
 * set U of items let g(U, x) be the number of items of x's group that come before x in U, and c(U,
 * x) the number of all items before x, of each group at most m: the sum of min(m, number of its
 * items in U before x) over the groups. The capped answer A(U) holds x if g(U, x) &lt; m and c(U,
 * x) &lt; k: c counts the items before x that may stay.
 *
 * <ul>
 *   <li><i>The capped answers of the parts suffice.</i> Neither g nor c gets smaller as U grows, so
 *       an item of A(U) that lies in a part is in that part's capped answer, too. Let V be the
 *       parts' capped answers together: A(U) &sub; V &sub; U, hence A(U) &sub; A(V). An item x of V
 *       that is not in A(U) has m items of its group, or k items, of A(U) before it. They are in V,
 *       so x is not in A(V). Hence A(V) = A(U), and merging V greedily in order gives A(V).
 *   <li><i>A bound may be passed on.</i> Let b be the k-th item of the capped answer of some parts.
 *       An item x behind b has c(U, x) &ge; k, whatever else is in U, and is in no answer. The k-th
 *       item without the cap would be no bound: items of its group may leave.
 * </ul>
 */
final class Merged {
  private static final int FEW = 64;

  private int k;
  private int size;
  private long[] keys = new long[FEW];
  private long[] places = new long[FEW];
  private long[] ids = new long[FEW];
  private long[] otherKeys = new long[FEW];
  private long[] otherPlaces = new long[FEW];
  private long[] otherIds = new long[FEW];
  private int[] groups = new int[FEW];
  private int[] otherGroups = new int[FEW];
  private final GroupCounts counts = new GroupCounts();

  /** How many items of a group may stay; 0 where any number may. */
  private int mostOfGroup;

  private int taken;
  private int read;

  /**
   * Starts anew.
   *
   * @param k how many items to keep
   * @param mostOfGroup how many of a group; 0 for any number
   */
  void reset(int k, int mostOfGroup) {
    this.k = k;
    this.mostOfGroup = mostOfGroup;
    this.size = 0;
  }

  int size() {
    return size;
  }

  /** Whether there are k items, so that only one that comes before the last of them can enter. */
  boolean full() {
    return size == k;
  }

  /** The sortable key of an item. */
  int sortable(int i) {
    return (int) (keys[i] >> 32);
  }

  /** The key of an item. */
  float key(int i) {
    return Candidate.key(keys[i]);
  }

  long place(int i) {
    return places[i];
  }

  long id(int i) {
    return ids[i];
  }

  /** Begins to merge at most a number of items, which {@link #add} then gives in order. */
  void begin(int most) {
    int room = (int) Math.min((long) size + most, k);
    if (otherKeys.length < room) {
      int length = (int) Math.min(Math.max(room, 2L * otherKeys.length), Integer.MAX_VALUE - 8);
      otherKeys = new long[length];
      otherPlaces = new long[length];
      otherIds = new long[length];
      otherGroups = new int[length];
    }
    if (mostOfGroup > 0) {
      counts.reset(room, mostOfGroup);
    }
    taken = 0;
    read = 0;
  }

  /** Adds an item, which comes after those added before it since {@link #begin}. */
  void add(long candidate, long place, long id, int group) {
    while (read < size && taken < k && precedes(read, candidate, place)) {
      copy();
    }
    if (taken < k) {
      take(candidate, place, id, group);
    }
  }

  /** Ends a merge. */
  void end() {
    while (read < size && taken < k) {
      copy();
    }
    size = taken;
    long[] spare = keys;
    keys = otherKeys;
    otherKeys = spare;
    spare = places;
    places = otherPlaces;
    otherPlaces = spare;
    spare = ids;
    ids = otherIds;
    otherIds = spare;
    int[] spareGroups = groups;
    groups = otherGroups;
    otherGroups = spareGroups;
  }

  private boolean precedes(int i, long candidate, long place) {
    long key = keys[i] >> 32;
    long other = candidate >> 32;
    return key != other ? key < other : places[i] < place;
  }

  private void copy() {
    take(keys[read], places[read], ids[read], groups[read]);
    read++;
  }

  private void take(long key, long place, long id, int group) {
    if (mostOfGroup == 0 || counts.take(group)) {
      otherKeys[taken] = key;
      otherPlaces[taken] = place;
      otherGroups[taken] = group;
      otherIds[taken++] = id;
    }
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.select.Candidate;

/**
 * The best items of the parts that were searched so far, in order: by key, then by place. A key has
 * the upper half of a {@link Candidate}, and its sign bit for zero.
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
  private int taken;
  private int read;

  /** Starts anew. */
  void reset(int k) {
    this.k = k;
    this.size = 0;
  }

  int size() {
    return size;
  }

  /** Whether nothing enters any more that does not come before the last item. */
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

  /** Begins to merge items, of which {@link #add} tells in order. */
  void begin(int most) {
    int room = (int) Math.min((long) size + most, k);
    if (otherKeys.length < room) {
      int length = (int) Math.min(Math.max(room, 2L * otherKeys.length), Integer.MAX_VALUE - 8);
      otherKeys = new long[length];
      otherPlaces = new long[length];
      otherIds = new long[length];
    }
    taken = 0;
    read = 0;
  }

  /** Adds an item, which comes after those added before it since {@link #begin}. */
  void add(long candidate, long place, long id) {
    while (read < size && taken < k && precedes(read, candidate, place)) {
      copy();
    }
    if (taken < k) {
      otherKeys[taken] = candidate;
      otherPlaces[taken] = place;
      otherIds[taken++] = id;
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
  }

  private boolean precedes(int i, long candidate, long place) {
    long key = keys[i] >> 32;
    long other = candidate >> 32;
    return key != other ? key < other : places[i] < place;
  }

  private void copy() {
    otherKeys[taken] = keys[read];
    otherPlaces[taken] = places[read];
    otherIds[taken++] = ids[read++];
  }
}

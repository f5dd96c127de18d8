package dev.slate.kernel.live;

import java.util.Arrays;

/**
 * The places of a part's items, ascending: item i's place is the i-th. Places that follow each
 * other without gaps take no memory.
 */
final class Places {
  private static final long[] NONE = {};

  private final long first;
  private final int size;
  private final boolean consecutive;
  private final long[] places;

  private Places(long first, int size, boolean consecutive, long[] places) {
    this.first = first;
    this.size = size;
    this.consecutive = consecutive;
    this.places = places;
  }

  /** Takes over places, which are ascending and distinct. */
  static Places of(long[] ascending) {
    int n = ascending.length;
    long first = n == 0 ? 0 : ascending[0];
    boolean consecutive = n == 0 || ascending[n - 1] - first == n - 1;
    return new Places(first, n, consecutive, consecutive ? NONE : ascending);
  }

  /** The place of an item. */
  long at(int ordinal) {
    return consecutive ? first + ordinal : places[ordinal];
  }

  /** Number of items whose place comes before one. */
  int before(long place) {
    if (consecutive) {
      return (int) Math.clamp(place - first, 0L, size);
    }
    int found = Arrays.binarySearch(places, place);
    return found < 0 ? ~found : found;
  }

  /** Number of items whose place is this one or comes before it. */
  int upTo(long place) {
    return place == Long.MAX_VALUE ? size : before(place + 1);
  }

  /** Bytes of heap. */
  long bytes() {
    return 8L * places.length;
  }
}

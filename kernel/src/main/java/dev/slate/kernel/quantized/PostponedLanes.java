package dev.slate.kernel.quantized;

/**
 * Items that packed codes estimate to be beyond the bound, but cannot exclude by it. They wait for
 * a better bound, which excludes most of them without reading another byte.
 */
final class PostponedLanes {
  /** A multiple of a block's items, few enough to stay in the nearest caches. */
  private static final int MOST = 4_096;

  /** For each, its block times 64 and its lane. */
  final int[] slots = new int[MOST];

  /** For each, the limit above which {@link PackedBound} excludes it. */
  final double[] limits = new double[MOST];

  int count;

  /** The first item that is still to be looked at again. */
  int from;

  /** Whether less room is left than a block has items. */
  boolean full() {
    return count > MOST - Long.SIZE;
  }

  void clear() {
    count = 0;
    from = 0;
  }

  /** Drops the items that a bound excludes by now. Keeps the order; without unpredictable jumps. */
  void drop(PackedBound bound) {
    int left = 0;
    for (int i = from; i < count; i++) {
      slots[left] = slots[i];
      limits[left] = limits[i];
      left += bound.excludes(limits[i]) ? 0 : 1;
    }
    from = 0;
    count = left;
  }

  /** The block of the first item that is still to be looked at again; if none is, clears: -1. */
  int next() {
    if (from == count) {
      clear();
      return -1;
    }
    return slots[from] >> 6;
  }
}

package dev.slate.bench.peers;

import it.unimi.dsi.fastutil.longs.LongComparators;
import it.unimi.dsi.fastutil.longs.LongHeapPriorityQueue;

/**
 * The k items of the smallest keys, in a heap of fastutil's with the worst on top: key and ordinal
 * in one long.
 */
final class BestByHeap {
  private final LongHeapPriorityQueue heap =
      new LongHeapPriorityQueue(LongComparators.OPPOSITE_COMPARATOR);

  /**
   * Adds an item.
   *
   * @return the worst key kept: an item that is not below it cannot enter
   */
  float keep(float key, int ordinal, int k) {
    int bits = Float.floatToIntBits(key + 0f);
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    heap.enqueue(((long) ordered << 32) | ordinal);
    if (heap.size() > k) {
      heap.dequeueLong();
    }
    if (heap.size() < k) {
      return Float.POSITIVE_INFINITY;
    }
    int top = (int) (heap.firstLong() >> 32);
    return Float.intBitsToFloat(top ^ ((top >> 31) & Integer.MAX_VALUE));
  }

  int size() {
    return heap.size();
  }

  /** Takes out the ordinals, best first. */
  int[] drain() {
    int[] ordinals = new int[heap.size()];
    for (int i = ordinals.length - 1; i >= 0; i--) {
      ordinals[i] = (int) heap.dequeueLong();
    }
    return ordinals;
  }
}

package dev.slate.kernel.quantized;

/**
 * Items that packed codes neither exclude by the present bound nor estimate to be within it. They
 * wait for a better bound: most of them are excluded by then without another byte read.
 */
final class PostponedLanes {
  /** A multiple of a block's items, few enough to stay in the nearest caches. */
  private static final int MOST = 4_096;

  /** For each, its block times 64 and its lane. */
  final int[] slots = new int[MOST];

  /** For each, the limit above which {@link PackedBound} excludes it. */
  final double[] limits = new double[MOST];

  int count;

  /** The first item that was not looked at again; 0 unless postponed items are being visited. */
  int from;

  /** Whether another block's items might not find room. */
  boolean full() {
    return count > MOST - Long.SIZE;
  }

  void clear() {
    count = 0;
    from = 0;
  }

  /** The block of the first item that was not looked at again; -1 if none is left, which clears. */
  int next() {
    if (from == count) {
      clear();
      return -1;
    }
    return slots[from] >> 6;
  }
}

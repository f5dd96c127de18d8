package dev.slate.kernel.live;

import it.unimi.dsi.fastutil.HashCommon;
import java.util.Arrays;

/**
 * Finds ordinals by id: open addressing with linear probing, 4 bytes a slot, at most two thirds
 * full. A slot holds an ordinal, and the id is read from the array by ordinal: a third of the
 * memory of a hash map from long to int. Immutable.
 */
final class IdTable {
  private static final int EMPTY = -1;

  private final long[] ids;
  private final int[] slots;

  /**
   * Builds the table.
   *
   * @param ids distinct ids by ordinal; kept
   */
  IdTable(long[] ids) {
    this.ids = ids;
    this.slots = new int[HashCommon.arraySize(ids.length, 2f / 3)];
    Arrays.fill(slots, EMPTY);
    int mask = slots.length - 1;
    for (int i = 0; i < ids.length; i++) {
      int at = (int) HashCommon.mix(ids[i]) & mask;
      while (slots[at] != EMPTY) {
        at = at + 1 & mask;
      }
      slots[at] = i;
    }
  }

  /** The ordinal of an id, or -1. */
  int find(long id) {
    int mask = slots.length - 1;
    int at = (int) HashCommon.mix(id) & mask;
    while (slots[at] != EMPTY) {
      if (ids[slots[at]] == id) {
        return slots[at];
      }
      at = at + 1 & mask;
    }
    return -1;
  }

  /** Bytes of heap, the ids included. */
  long bytes() {
    return 8L * ids.length + 4L * slots.length;
  }
}

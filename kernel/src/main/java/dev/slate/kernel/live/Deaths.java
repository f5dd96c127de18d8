package dev.slate.kernel.live;

import it.unimi.dsi.fastutil.HashCommon;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The versions at which items of a segment died: a hash table from ordinal to version, written by
 * one thread and read by any.
 *
 * <p>A search at version v asks whether an item had died by then. It has read v from a volatile
 * field that was written after every death up to v, so it sees these. It may see a later death or
 * not, and disregards it. So neither side waits, and a write costs O(1) amortised.
 */
final class Deaths {
  private static final int FEWEST = 16;
  private static final VarHandle KEYS = MethodHandles.arrayElementVarHandle(int[].class);

  /** Replaced when it is half full, never emptied. */
  private volatile Table table = new Table(FEWEST);

  private int size;

  /** Open addressing with linear probing; a key is an ordinal + 1. */
  private record Table(int[] keys, long[] versions) {
    Table(int capacity) {
      this(new int[capacity], new long[capacity]);
    }

    void put(int ordinal, long version) {
      int mask = keys.length - 1;
      int at = HashCommon.mix(ordinal) & mask;
      while (keys[at] != 0) {
        at = at + 1 & mask;
      }
      versions[at] = version;
      KEYS.setRelease(keys, at, ordinal + 1);
    }
  }

  /** Notes the death of an item that was alive. Under the writer's lock. */
  void put(int ordinal, long version) {
    Table current = table;
    if (2 * (size + 1) > current.keys.length) {
      Table larger = new Table(2 * current.keys.length);
      for (int i = 0; i < current.keys.length; i++) {
        if (current.keys[i] != 0) {
          larger.put(current.keys[i] - 1, current.versions[i]);
        }
      }
      table = larger;
      current = larger;
    }
    current.put(ordinal, version);
    size++;
  }

  /** The version at which an item died; {@link Long#MAX_VALUE} if it lives. */
  long of(int ordinal) {
    Table current = table;
    int[] keys = current.keys;
    int mask = keys.length - 1;
    int at = HashCommon.mix(ordinal) & mask;
    for (int key = (int) KEYS.getAcquire(keys, at);
        key != 0;
        key = (int) KEYS.getAcquire(keys, at)) {
      if (key == ordinal + 1) {
        return current.versions[at];
      }
      at = at + 1 & mask;
    }
    return Long.MAX_VALUE;
  }

  /**
   * Number of items that died. Under the writer's lock; a search sees at least those that died by
   * its version.
   */
  int size() {
    return size;
  }

  /** Lists the items that died after a version, in no order. Under the writer's lock. */
  int[] since(long version) {
    Table current = table;
    int[] found = new int[size];
    int count = 0;
    for (int i = 0; i < current.keys.length; i++) {
      if (current.keys[i] != 0 && current.versions[i] > version) {
        found[count++] = current.keys[i] - 1;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Bytes of heap. */
  long bytes() {
    return 12L * table.keys.length;
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.select.GroupCounts;
import it.unimi.dsi.fastutil.HashCommon;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The items written last, in vertical blocks, in the order of the writes. One thread at a time
 * appends while others read: a reader knows by its {@link View} how many items it may look at, and
 * the version of that view tells which of them have died.
 *
 * <p>A hash table of chains finds an item by its id. An id that was written several times is in its
 * chain several times, the latest first; at any version at most one of them is alive.
 */
final class Tail {
  private static final int NONE = -1;
  private static final VarHandle HEADS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle DIED = MethodHandles.arrayElementVarHandle(long[].class);

  final Blocks blocks;
  final long[] ids;
  final long[] places;

  /** By slot; {@link GroupCounts#NO_GROUP} where an item belongs to none. */
  final int[] groups;

  /** Whether a compaction reads it. Guarded by the writer's lock. */
  boolean busy;

  private final long[] died;
  private final int[] heads;
  private final int[] next;
  private int size;
  private int dead;

  /**
   * Creates an empty tail.
   *
   * @param capacity items that it takes, a multiple of 64
   * @param width floats of an item
   */
  Tail(int capacity, int width) {
    this.blocks = new Blocks(capacity, width);
    this.ids = new long[capacity];
    this.places = new long[capacity];
    this.groups = new int[capacity];
    this.died = new long[capacity];
    this.heads = new int[HashCommon.arraySize(capacity, 0.5f)];
    this.next = new int[capacity];
    Arrays.fill(died, Long.MAX_VALUE);
    Arrays.fill(heads, NONE);
  }

  /** Whether no further item fits. */
  boolean full() {
    return size == ids.length;
  }

  /** Number of items that were written, dead ones included. */
  int size() {
    return size;
  }

  /** Number of items that are alive. Under the writer's lock. */
  int live() {
    return size - dead;
  }

  /** Appends an item, {@code width} floats. */
  void append(long id, long place, int group, float[] row) {
    int slot = size;
    int block = slot / Blocks.SIZE;
    float[] chunk = blocks.chunk(block);
    int to = blocks.offset(block, slot % Blocks.SIZE);
    for (int j = 0; j < blocks.rows(); j++) {
      chunk[to + j * Blocks.STRIP] = row[j];
    }
    ids[slot] = id;
    places[slot] = place;
    groups[slot] = group;
    int head = head(id);
    next[slot] = heads[head];
    size++;
    HEADS.setRelease(heads, head, slot);
  }

  /** Notes the death of an item. Under the writer's lock. */
  void die(int slot, long version) {
    DIED.setOpaque(died, slot, version);
    dead++;
  }

  /** The version at which an item died; {@link Long#MAX_VALUE} if it lives. */
  long died(int slot) {
    return (long) DIED.getOpaque(died, slot);
  }

  /** Whether an item lives at a version. */
  boolean alive(int slot, long version) {
    return died(slot) > version;
  }

  /**
   * Finds the item that has an id at a version.
   *
   * @param size number of items at that version
   * @return its slot, or -1
   */
  int find(long id, int size, long version) {
    int slot = (int) HEADS.getAcquire(heads, head(id));
    while (slot != NONE && !(slot < size && ids[slot] == id && alive(slot, version))) {
      slot = next[slot];
    }
    return slot;
  }

  /** Copies an item. */
  void read(int slot, float[] to, int at) {
    int block = slot / Blocks.SIZE;
    float[] chunk = blocks.chunk(block);
    int from = blocks.offset(block, slot % Blocks.SIZE);
    for (int j = 0; j < blocks.rows(); j++) {
      to[at + j] = chunk[from + j * Blocks.STRIP];
    }
  }

  /** Bytes of heap. */
  long bytes() {
    return blocks.bytes() + 32L * ids.length + 4L * heads.length;
  }

  private int head(long id) {
    return (int) HashCommon.mix(id) & heads.length - 1;
  }
}

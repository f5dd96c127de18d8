package dev.slate.kernel.live;

import dev.slate.kernel.journal.Snapshot;
import dev.slate.kernel.search.Slots;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One state of the items, as a search sees it. Immutable: items behind {@code tailSize} and deaths
 * after {@code version} do not belong to it.
 *
 * @param version number of writes, or batches of writes, that led to it
 * @param segments immutable parts, the largest first
 * @param frozen tails that are full and wait to become a segment, the oldest first
 * @param tail what is being written
 * @param tailSize number of items in it that belong to this state
 * @param size number of items that live
 */
record View(long version, Segment[] segments, Tail[] frozen, Tail tail, int tailSize, long size) {

  /** Finds the item of an id; false if there is none. */
  boolean locate(long id, Location to) {
    int slot = tail.find(id, tailSize, version);
    if (slot >= 0) {
      to.set(tail, slot);
      return true;
    }
    for (Tail full : frozen) {
      slot = full.find(id, full.size(), version);
      if (slot >= 0) {
        to.set(full, slot);
        return true;
      }
    }
    for (Segment segment : segments) {
      int ordinal = segment.find(id, version);
      if (ordinal >= 0) {
        to.set(segment, ordinal);
        return true;
      }
    }
    return false;
  }

  /**
   * Adds each item to a snapshot, in no order.
   *
   * @param to the snapshot
   * @param width floats of an item
   * @param stopped whether the snapshot is no longer wanted
   * @throws CancellationException if {@code stopped} says so
   */
  void save(Snapshot to, int width, BooleanSupplier stopped) throws IOException {
    float[] row = new float[width];
    for (Segment segment : segments) {
      Slots slots = segment.engine.slots();
      for (int slot = 0; slot < slots.count(); slot++) {
        int ordinal = slots.ordinal(slot);
        if (ordinal >= 0 && segment.alive(ordinal, version)) {
          slots.read(slot, row, 0);
          to.add(segment.ids[ordinal], segment.places.at(ordinal), segment.group(ordinal), row);
        }
        if ((slot & 0xffff) == 0 && stopped.getAsBoolean()) {
          throw new CancellationException("the live index is closed");
        }
      }
    }
    for (Tail full : frozen) {
      save(full, full.size(), to, row);
    }
    save(tail, tailSize, to, row);
  }

  private void save(Tail from, int count, Snapshot to, float[] row) throws IOException {
    for (int slot = 0; slot < count; slot++) {
      if (from.alive(slot, version)) {
        from.read(slot, row, 0);
        to.add(from.ids[slot], from.places[slot], from.groups[slot], row);
      }
    }
  }

  /** Bytes of heap. */
  long bytes() {
    long bytes = tail.bytes();
    for (Tail full : frozen) {
      bytes += full.bytes();
    }
    for (Segment segment : segments) {
      bytes += segment.bytes();
    }
    return bytes;
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.search.Slots;
import dev.slate.kernel.select.GroupCounts;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part that a compaction reads: its items that are alive at a version, in the order of their
 * places, and the ordinal that each of them gets in the new segment.
 */
final class Source {
  /** In the place of the new ordinal of an item that is left out. */
  static final int NONE = -1;

  final @Nullable Segment segment;
  final @Nullable Tail tail;

  /** By the ordinal in the segment, or the slot in the tail. */
  final int[] newOrdinals;

  private final int[] items;
  private int at;

  private Source(@Nullable Segment segment, @Nullable Tail tail, int size, int[] items) {
    this.segment = segment;
    this.tail = tail;
    this.items = items;
    this.newOrdinals = new int[size];
    Arrays.fill(newOrdinals, NONE);
  }

  static Source of(Segment segment, long version) {
    int[] items = new int[segment.size()];
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (segment.alive(i, version)) {
        items[count++] = i;
      }
    }
    return new Source(segment, null, segment.size(), Arrays.copyOf(items, count));
  }

  static Source of(Tail tail, long version) {
    int[] items = new int[tail.size()];
    int count = 0;
    for (int i = 0; i < items.length; i++) {
      if (tail.alive(i, version)) {
        items[count++] = i;
      }
    }
    IntArrays.quickSort(items, 0, count, (a, b) -> Long.compare(tail.places[a], tail.places[b]));
    return new Source(null, tail, tail.size(), Arrays.copyOf(items, count));
  }

  /** Number of items that are alive. */
  int live() {
    return items.length;
  }

  /** Whether an item is left that has no new ordinal. */
  boolean hasNext() {
    return at < items.length;
  }

  /** The place of the next item. */
  long place() {
    return segment != null ? segment.places.at(items[at]) : tail().places[items[at]];
  }

  /** The id of the next item. */
  long id() {
    return segment != null ? segment.ids[items[at]] : tail().ids[items[at]];
  }

  /** The group of the next item, or {@link GroupCounts#NO_GROUP}. */
  int group() {
    return segment != null ? segment.group(items[at]) : tail().groups[items[at]];
  }

  /** Gives the next item its new ordinal, and goes on to the one after it. */
  void assign(int newOrdinal) {
    newOrdinals[items[at++]] = newOrdinal;
  }

  /** Copies the rows to their new ordinals, in the order in which they lie in memory. */
  void copyTo(MergedRows rows) {
    if (tail != null) {
      for (int item : items) {
        tail.read(item, rows.chunk(newOrdinals[item]), rows.offset(newOrdinals[item]));
      }
      return;
    }
    if (segment == null) {
      return;
    }
    Slots slots = segment.engine.slots();
    for (int slot = 0; slot < slots.count(); slot++) {
      int ordinal = slots.ordinal(slot);
      int newOrdinal = ordinal < 0 ? NONE : newOrdinals[ordinal];
      if (newOrdinal >= 0) {
        slots.read(slot, rows.chunk(newOrdinal), rows.offset(newOrdinal));
      }
    }
  }

  private Tail tail() {
    if (tail == null) {
      throw new IllegalStateException("a source is a segment or a tail");
    }
    return tail;
  }
}

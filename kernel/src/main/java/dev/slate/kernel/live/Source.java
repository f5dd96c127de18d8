package dev.slate.kernel.live;

import dev.slate.kernel.search.Slots;
import dev.slate.kernel.select.GroupCounts;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part that a compaction reads: its items that live at a version, in order of their places, and
 * where each of them goes.
 */
final class Source {
  /** The goal of an item that is left out. */
  static final int NOWHERE = -1;

  final @Nullable Segment segment;
  final @Nullable Tail tail;

  /** Where the item of an ordinal, or of a tail's slot, goes. */
  final int[] goals;

  private final int[] items;
  private int at;

  private Source(@Nullable Segment segment, @Nullable Tail tail, int size, int[] items) {
    this.segment = segment;
    this.tail = tail;
    this.items = items;
    this.goals = new int[size];
    Arrays.fill(goals, NOWHERE);
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

  /** Number of items that live. */
  int live() {
    return items.length;
  }

  /** Whether an item is left to go somewhere. */
  boolean left() {
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

  /** Says where the next item goes, and passes on. */
  void send(int goal) {
    goals[items[at++]] = goal;
  }

  /** Copies the rows of its items to where they go, in the order in which they lie in memory. */
  void pour(MergedRows rows) {
    if (tail != null) {
      for (int item : items) {
        tail.read(item, rows.chunk(goals[item]), rows.offset(goals[item]));
      }
      return;
    }
    if (segment == null) {
      return;
    }
    Slots slots = segment.engine.slots();
    for (int slot = 0; slot < slots.count(); slot++) {
      int ordinal = slots.ordinal(slot);
      int goal = ordinal < 0 ? NOWHERE : goals[ordinal];
      if (goal >= 0) {
        slots.read(slot, rows.chunk(goal), rows.offset(goal));
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

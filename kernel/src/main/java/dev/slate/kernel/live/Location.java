package dev.slate.kernel.live;

import dev.slate.kernel.select.GroupCounts;
import org.jspecify.annotations.Nullable;

/** Where an item lies: its part, and its ordinal or slot there. To be filled by a {@link View}. */
public final class Location {
  private @Nullable Segment segment;
  private @Nullable Tail tail;
  private int at;

  Location() {}

  /** Points at an item of a segment. */
  void set(Segment segment, int ordinal) {
    this.segment = segment;
    this.tail = null;
    this.at = ordinal;
  }

  /** Points at an item of a tail. */
  void set(Tail tail, int slot) {
    this.segment = null;
    this.tail = tail;
    this.at = slot;
  }

  /** Lets go of the part. */
  void clear() {
    segment = null;
    tail = null;
  }

  /** The item's place in the order. */
  public long place() {
    return segment != null ? segment.places.at(at) : tail().places[at];
  }

  /** The item's group, or {@link GroupCounts#NO_GROUP}. */
  public int group() {
    return segment != null ? segment.group(at) : tail().groups[at];
  }

  /** Copies the item's row, its bias first where there is one. */
  public void read(float[] to) {
    if (segment != null) {
      segment.read(at, to, 0);
    } else {
      tail().read(at, to, 0);
    }
  }

  private Tail tail() {
    if (tail == null) {
      throw new IllegalStateException("no item was found");
    }
    return tail;
  }
}

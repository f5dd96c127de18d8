package dev.slate.kernel.live;

import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.StoredRows;
import dev.slate.kernel.select.GroupCounts;
import org.jspecify.annotations.Nullable;

/**
 * An immutable part: items laid out by a strategy, in order of their places, so that the order of
 * ordinals is that of places. Only deaths are added to it.
 */
final class Segment {
  final Engine engine;
  final long[] ids;
  final Places places;

  /** By ordinal; null where no item belongs to a group. */
  final int @Nullable [] groups;

  /** See {@link Engine#uniform}; dead items count too. */
  final long @Nullable [] uniform;

  final Deaths deaths = new Deaths();

  /** Whether a compaction reads it. Guarded by the writer's lock. */
  boolean busy;

  private final IdTable table;
  private final StoredRows rows;

  /**
   * Creates a segment whose items all live.
   *
   * @param engine the items
   * @param ids by ordinal
   * @param places ascending, by ordinal
   * @param groups by ordinal; null where no item belongs to a group
   */
  Segment(Engine engine, long[] ids, long[] places, int @Nullable [] groups) {
    this.engine = engine;
    this.ids = ids;
    this.places = Places.of(places);
    this.groups = groups;
    this.uniform = groups == null ? null : engine.uniform(groups);
    this.table = new IdTable(ids);
    this.rows = new StoredRows(engine, ids.length);
  }

  /** Number of items, dead ones included. */
  int size() {
    return ids.length;
  }

  /** Number of items that are alive. Under the writer's lock. */
  int live() {
    return ids.length - deaths.size();
  }

  /** The ordinal of the item that has an id at a version, or -1. */
  int find(long id, long version) {
    int ordinal = table.find(id);
    return ordinal >= 0 && alive(ordinal, version) ? ordinal : -1;
  }

  /** Whether an item lives at a version. */
  boolean alive(int ordinal, long version) {
    return deaths.of(ordinal) > version;
  }

  /** The group of an item, or {@link GroupCounts#NO_GROUP}. */
  int group(int ordinal) {
    return groups == null ? GroupCounts.NO_GROUP : groups[ordinal];
  }

  /** Copies an item, its bias first where there is one. */
  void read(int ordinal, float[] to, int at) {
    rows.read(ordinal, to, at);
  }

  /** Bytes of heap. */
  long bytes() {
    long grouped = groups == null ? 0 : 4L * groups.length;
    grouped += uniform == null ? 0 : 8L * uniform.length;
    return engine.bytes()
        + table.bytes()
        + places.bytes()
        + grouped
        + deaths.bytes()
        + rows.bytes();
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.StoredRows;

/**
 * An immutable part: items laid out by a strategy, in order of their places, so that the order of
 * ordinals is that of places. Only deaths are added to it.
 */
final class Segment {
  final Engine engine;
  final long[] ids;
  final Places places;
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
   */
  Segment(Engine engine, long[] ids, long[] places) {
    this.engine = engine;
    this.ids = ids;
    this.places = Places.of(places);
    this.table = new IdTable(ids);
    this.rows = new StoredRows(engine, ids.length);
  }

  /** Number of items, dead ones included. */
  int size() {
    return ids.length;
  }

  /** Number of items that live. For the one that writes. */
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

  /** Copies an item, its bias first where there is one. */
  void read(int ordinal, float[] to, int at) {
    rows.read(ordinal, to, at);
  }

  /** Bytes of heap. */
  long bytes() {
    return engine.bytes() + table.bytes() + places.bytes() + deaths.bytes() + rows.bytes();
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.select.GroupCounts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Items that come and go, and the views of them that searches see.
 *
 * <pre>
 *   tail       vertical blocks, scanned; takes every write          one
 *     |        when it is full it is frozen
 *   frozen     scanned too, until four of them are merged           a few
 *     |
 *   segments   immutable, each laid out by a strategy               a handful, sizes doubling
 * </pre>
 *
 * <p>An item keeps its place in the order from its first write to its deletion; a write that
 * replaces a row appends the new one and marks the old one dead, with the version at which it died.
 * Nothing that a view shows is ever changed, so a search takes the latest view and neither waits
 * nor makes others wait.
 *
 * <p>Methods that write are called under the lock of {@link LiveWriter}; those that read, by any
 * thread.
 */
final class LiveStore {
  private static final Segment[] NO_SEGMENTS = {};
  private static final Tail[] NO_TAILS = {};

  final int dimensions;
  final boolean biased;
  final int width;
  final int tailCapacity;

  private final Function<Catalog, Engine> builder;
  private final SearchPool pool = new SearchPool();
  private volatile View view;

  // What the next view will be.
  private Segment[] segments = NO_SEGMENTS;
  private Tail[] frozen = NO_TAILS;
  private Tail tail;
  private long size;
  private long version;
  private long nextPlace;

  /** Whether an item with a group was ever written. */
  private boolean grouped;

  LiveStore(int dimensions, boolean biased, int tailCapacity, Function<Catalog, Engine> builder) {
    this.dimensions = dimensions;
    this.biased = biased;
    this.width = dimensions + (biased ? 1 : 0);
    this.builder = builder;
    this.tailCapacity = tailCapacity;
    this.tail = new Tail(tailCapacity, width);
    this.view = new View(0, segments, frozen, tail, 0, 0);
  }

  /** The latest state. */
  View view() {
    return view;
  }

  /** Takes scratch for a search from the pool. */
  LiveSearch take() {
    return pool.take();
  }

  /** Searches the latest state. */
  void search(LiveSearch search) {
    search.run(view);
  }

  /** Gives scratch back to the pool. */
  void give(LiveSearch search) {
    search.request.clear(); // it may hold large arrays of the caller
    if (!search.serves(view)) {
      search.forget();
    }
    pool.give(search);
    View latest = view;
    if (!search.serves(latest)) {
      pool.clear(latest);
    }
  }

  /**
   * Adds the items that the index starts with, in the order of their places.
   *
   * @param groups their groups; null if none belongs to one
   */
  void load(Engine engine, long[] ids, long[] places, int @Nullable [] groups) {
    if (ids.length > 0) {
      boolean some =
          groups != null && Arrays.stream(groups).anyMatch(g -> g != GroupCounts.NO_GROUP);
      segments = with(segments, new Segment(engine, ids, places, some ? groups : null));
      grouped |= some;
      nextPlace = Math.max(nextPlace, places[ids.length - 1] + 1);
      size += ids.length;
    }
    publish();
  }

  /** Begins a write: what follows until {@link #publish} happens at once. */
  void begin() {
    version++;
  }

  /**
   * Writes an item, whose row was checked.
   *
   * @param id its id
   * @param row {@link #width} floats
   * @param group its group, or {@link GroupCounts#NO_GROUP}
   */
  void put(long id, float[] row, int group) {
    long place = kill(id);
    if (place < 0) {
      place = nextPlace++;
      size++;
    }
    if (tail.full()) {
      freeze();
    }
    tail.append(id, place, group, row);
    grouped |= group != GroupCounts.NO_GROUP;
  }

  /** Deletes an item; false if there is none. */
  boolean remove(long id) {
    boolean there = kill(id) >= 0;
    size -= there ? 1 : 0;
    return there;
  }

  /** Shows searches what was written. */
  void publish() {
    publish(next());
  }

  /** What searches will see after {@link #publish(View)}. */
  View next() {
    return new View(version, segments, frozen, tail, tail.size(), size);
  }

  /** Shows searches the {@link #next} view. Needs no memory, so it cannot fail. */
  void publish(View next) {
    view = next;
  }

  /** Freezes the tail, so that it can be merged, and starts another one. */
  void freeze() {
    if (tail.size() > 0) {
      Tail empty = new Tail(tailCapacity, width);
      Tail[] more = Arrays.copyOf(frozen, frozen.length + 1);
      more[frozen.length] = tail;
      frozen = more;
      tail = empty;
    }
  }

  Segment[] segments() {
    return segments;
  }

  Tail[] frozen() {
    return frozen;
  }

  Function<Catalog, Engine> builder() {
    return builder;
  }

  /** The latest version, as long as nothing is being written. */
  long version() {
    return version;
  }

  /** Whether an item may belong to a group. */
  boolean grouped() {
    return grouped;
  }

  /** The place that the next new item gets. */
  long nextPlace() {
    return nextPlace;
  }

  /** Continues from the version and the place that files held. */
  void resume(long version, long nextPlace) {
    this.version = version;
    this.nextPlace = nextPlace;
    publish();
  }

  /** Replaces the parts of a compaction by the segment that it made; null if no item is left. */
  void replace(Compaction compaction, @Nullable Segment merged) {
    Segment[] others =
        Arrays.stream(segments)
            .filter(s -> !compaction.segments.contains(s))
            .toArray(Segment[]::new);
    Segment[] all = merged == null ? others : with(others, merged);
    Tail[] tails =
        Arrays.stream(frozen).filter(t -> !compaction.tails.contains(t)).toArray(Tail[]::new);
    segments = all;
    frozen = tails;
    publish();
    pool.clear(view);
  }

  /** Segments and one more, the largest first. */
  private static Segment[] with(Segment[] segments, Segment more) {
    return Stream.concat(Arrays.stream(segments), Stream.of(more))
        .sorted(Comparator.comparingInt(Segment::size).reversed())
        .toArray(Segment[]::new);
  }

  /** Marks the item of an id as dead, and returns its place; -1 if there is none. */
  private long kill(long id) {
    int slot = tail.find(id, tail.size(), Long.MAX_VALUE - 1);
    if (slot >= 0) {
      tail.die(slot, version);
      return tail.places[slot];
    }
    for (int i = frozen.length - 1; i >= 0; i--) {
      Tail full = frozen[i];
      slot = full.find(id, full.size(), Long.MAX_VALUE - 1);
      if (slot >= 0) {
        full.die(slot, version);
        return full.places[slot];
      }
    }
    for (Segment segment : segments) {
      int ordinal = segment.find(id, Long.MAX_VALUE - 1);
      if (ordinal >= 0) {
        segment.deaths.put(ordinal, version);
        return segment.places.at(ordinal);
      }
    }
    return -1;
  }
}

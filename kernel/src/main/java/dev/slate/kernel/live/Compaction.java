package dev.slate.kernel.live;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.select.GroupCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges parts into one segment, which holds their items that are alive at a version. Later deaths
 * are carried over when the segment replaces the parts.
 */
final class Compaction {
  final List<Segment> segments;
  final List<Tail> tails;

  private final long version;
  private final List<Source> sources = new ArrayList<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private @Nullable Segment merged;

  /**
   * Marks the parts as busy. Under the writer's lock.
   *
   * @param segments some segments
   * @param tails some tails that are frozen
   * @param version at which items must be alive
   */
  Compaction(List<Segment> segments, List<Tail> tails, long version) {
    this.segments = segments;
    this.tails = tails;
    this.version = version;
    occupy(true);
  }

  /** Marks the parts as busy, or as idle again. Under the writer's lock. */
  void occupy(boolean busy) {
    for (Segment segment : segments) {
      segment.busy = busy;
    }
    for (Tail tail : tails) {
      tail.busy = busy;
    }
  }

  /** Makes the calling thread the one that merges; false if another one is already. */
  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  /**
   * Builds the segment. Reads parts while others search and write.
   *
   * @param dimensions number of attributes
   * @param biased whether rows begin with a bias
   * @param builder lays rows out
   * @param stopped whether the result is no longer wanted
   * @throws CancellationException if {@code stopped} says so
   */
  void merge(
      int dimensions, boolean biased, Function<Catalog, Engine> builder, BooleanSupplier stopped) {
    for (Segment segment : segments) {
      sources.add(Source.of(segment, version));
    }
    for (Tail tail : tails) {
      sources.add(Source.of(tail, version));
    }
    long total = 0;
    for (Source source : sources) {
      total += source.live();
    }
    if (total == 0) {
      return;
    }
    long[] ids = new long[Math.toIntExact(total)];
    long[] places = new long[ids.length];
    int[] groups = order(ids, places);
    check(stopped);
    MergedRows rows = new MergedRows(ids.length, dimensions, biased);
    for (Source source : sources) {
      source.copyTo(rows);
      check(stopped);
    }
    merged = new Segment(builder.apply(rows), ids, places, groups);
  }

  /**
   * Carries over the deaths since the version. Under the writer's lock, once.
   *
   * @return the new segment; null if no item was alive at the version
   */
  @Nullable Segment finish() {
    Segment made = merged;
    if (made == null) {
      return null;
    }
    for (Source source : sources) {
      if (source.segment != null) {
        Deaths deaths = source.segment.deaths;
        for (int ordinal : deaths.since(version)) {
          made.deaths.put(source.newOrdinals[ordinal], deaths.of(ordinal));
        }
      } else if (source.tail != null) {
        for (int slot = 0; slot < source.newOrdinals.length; slot++) {
          long died = source.tail.died(slot);
          if (source.newOrdinals[slot] >= 0 && died != Long.MAX_VALUE) {
            made.deaths.put(source.newOrdinals[slot], died);
          }
        }
      }
    }
    return made;
  }

  /**
   * Gives each item its ordinal in the new segment, in the order of places. The parts are few: each
   * step looks at the next item of every part.
   *
   * @return the group of each item by its new ordinal; null if none belongs to one
   */
  private int @Nullable [] order(long[] ids, long[] places) {
    int[] groups = null;
    for (int newOrdinal = 0; newOrdinal < ids.length; newOrdinal++) {
      Source least = null;
      for (Source source : sources) {
        if (source.hasNext() && (least == null || source.place() < least.place())) {
          least = source;
        }
      }
      if (least == null) {
        throw new IllegalStateException("fewer items than were counted");
      }
      ids[newOrdinal] = least.id();
      places[newOrdinal] = least.place();
      int group = least.group();
      if (groups == null && group != GroupCounts.NO_GROUP) {
        groups = new int[ids.length];
        Arrays.fill(groups, GroupCounts.NO_GROUP);
      }
      if (groups != null) {
        groups[newOrdinal] = group;
      }
      least.assign(newOrdinal);
    }
    return groups;
  }

  private static void check(BooleanSupplier stopped) {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("the live index is closed");
    }
  }
}

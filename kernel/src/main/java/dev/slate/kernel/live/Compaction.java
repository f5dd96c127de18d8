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
 * Merges parts into one segment of those of their items that live at a version. What dies meanwhile
 * is carried over when the segment takes the place of the parts.
 */
final class Compaction {
  final List<Segment> segments;
  final List<Tail> tails;

  private final long version;
  private final List<Source> sources = new ArrayList<>();
  private final AtomicBoolean begun = new AtomicBoolean();
  private @Nullable Segment merged;

  /**
   * Chooses what to merge. The parts are busy from now on.
   *
   * @param segments some segments
   * @param tails some tails that are full
   * @param version at which items must live
   */
  Compaction(List<Segment> segments, List<Tail> tails, long version) {
    this.segments = segments;
    this.tails = tails;
    this.version = version;
    occupy(true);
  }

  /** Marks the parts. Under the writer's lock. */
  void occupy(boolean busy) {
    for (Segment segment : segments) {
      segment.busy = busy;
    }
    for (Tail tail : tails) {
      tail.busy = busy;
    }
  }

  /** Makes the calling thread the one that merges; false if another one is. */
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
   * @throws CancellationException if it is not
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
      source.pour(rows);
      check(stopped);
    }
    merged = new Segment(builder.apply(rows), ids, places, groups);
  }

  /**
   * Carries over what has died since. Under the writer's lock, once.
   *
   * @return the new segment; null if no item lived
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
          made.deaths.put(source.goals[ordinal], deaths.of(ordinal));
        }
      } else if (source.tail != null) {
        for (int slot = 0; slot < source.goals.length; slot++) {
          long died = source.tail.died(slot);
          if (source.goals[slot] >= 0 && died != Long.MAX_VALUE) {
            made.deaths.put(source.goals[slot], died);
          }
        }
      }
    }
    return made;
  }

  /**
   * Gives each item its goal, by place: parts are few, so the least is found by looking at all.
   *
   * @return the group of each goal; null if no item belongs to one
   */
  private int @Nullable [] order(long[] ids, long[] places) {
    int[] groups = null;
    for (int goal = 0; goal < ids.length; goal++) {
      Source least = null;
      for (Source source : sources) {
        if (source.left() && (least == null || source.place() < least.place())) {
          least = source;
        }
      }
      if (least == null) {
        throw new IllegalStateException("fewer items than were counted");
      }
      ids[goal] = least.id();
      places[goal] = least.place();
      int group = least.group();
      if (groups == null && group != GroupCounts.NO_GROUP) {
        groups = new int[ids.length];
        Arrays.fill(groups, GroupCounts.NO_GROUP);
      }
      if (groups != null) {
        groups[goal] = group;
      }
      least.send(goal);
    }
    return groups;
  }

  private static void check(BooleanSupplier stopped) {
    if (stopped.getAsBoolean()) {
      throw new CancellationException("the live index is closed");
    }
  }
}

package dev.slate.kernel.live;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.GroupCounts;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.simd.BlockKernel;
import dev.slate.kernel.simd.Simd;
import java.util.Arrays;

/**
 * Scans tails. Their items lie in the order of the writes, not of places, so items of equal keys
 * are ordered by looking up their places. One thread's scratch.
 *
 * <p>Candidates are collected until there are 2 k and a block more. Then the k best are kept; once
 * there are k, only items that come before the k-th count. Where a query limits the items of each
 * group, the k best under that limit are kept; {@link Merged} tells why the k best of each tail
 * give the answer.
 *
 * <p>Copies by one author may all be nearer than the k-th item, since at most m of them are among
 * the k best. So the scan remembers one group that had more than m candidates, and the last of the
 * m items that were kept of it. Items of the group that come after this one are dropped before they
 * become candidates, in this tail and in later ones. They are in no answer, since m items of their
 * group that met all conditions come before them; see {@link Merged}.
 */
final class TailScan {
  /** Floats between two looks at the clock, about: those of the longest tail of narrow rows. */
  private static final int PIECE = 1 << 16;

  private final BlockKernel kernel = Simd.kernel();
  private final float[] keys = new float[Blocks.SIZE];
  private long[] found = new long[Blocks.SIZE];
  private int size;
  private int k;
  private int capacity;
  private int mostOfGroup;
  private final GroupCounts counts = new GroupCounts();

  /** The largest sortable key that counts. */
  private long limit;

  /** Among items of this key only those up to this place count. */
  private long limitPlace;

  /** A group that had more candidates than it may keep; {@code NO_GROUP} before there is one. */
  private int fullGroup;

  /** Key of the last item that was kept of this group. */
  private float fullKey;

  /** Place of the same item. */
  private long fullPlace;

  /** Starts a search of several tails. */
  void reset() {
    fullGroup = GroupCounts.NO_GROUP;
  }

  /** Candidates that it has room for. */
  int room() {
    return found.length;
  }

  /**
   * Searches a tail.
   *
   * @param tail the tail
   * @param count number of its items to look at
   * @param version at which they must live
   * @param request the search
   * @param time tells when the time of the search is up
   * @param filter which items do not count
   * @param best receives those that do, if they are good enough
   * @param counters receives what was looked at
   * @return whether there was time for all of it
   */
  boolean search(
      Tail tail,
      int count,
      long version,
      LiveRequest request,
      CompiledQuery time,
      IdFilter filter,
      Merged best,
      Counters counters) {
    size = 0;
    k = request.k;
    mostOfGroup = request.mostOfGroup;
    capacity = 2 * Math.min(k, count) + Blocks.SIZE;
    limit = request.limit == Candidate.NONE ? Integer.MAX_VALUE : request.limit >> 32;
    limitPlace = Long.MAX_VALUE;
    if (best.full()) { // its last item is within the limit of the request
      limit = best.sortable(best.size() - 1);
      limitPlace = best.place(best.size() - 1);
    }
    Blocks blocks = tail.blocks;
    int end = (count + Blocks.SIZE - 1) / Blocks.SIZE;
    int piece = Math.max(1, PIECE / blocks.stride());
    int from = 0;
    while (from < end && !time.outOfTime()) {
      int to = Math.min(end, from + piece);
      scan(tail, from, to, count, version, request, filter);
      from = to;
    }
    counters.blocksVisited += from;
    counters.itemsScored += Math.min(count, from * Blocks.SIZE);
    counters.bytesRead += (long) from * blocks.stride() * Float.BYTES;
    merge(tail, best);
    return from == end;
  }

  private void scan(
      Tail tail, int from, int to, int count, long version, LiveRequest request, IdFilter filter) {
    Blocks blocks = tail.blocks;
    for (int b = from; b < to; b++) {
      float bound = bound();
      b += kernel.scan(request.operands, blocks.chunk(b), blocks.offset(b), to - b, bound, keys);
      if (b < to) {
        int items = Math.min(Blocks.SIZE, count - b * Blocks.SIZE);
        long lanes = kernel.below(keys, 0, bound) & -1L >>> (Blocks.SIZE - items);
        if (fullGroup != GroupCounts.NO_GROUP) {
          lanes = admitted(tail, b * Blocks.SIZE, lanes);
        }
        take(tail, b, lanes, version, request, filter);
      }
    }
  }

  /** Drops items of the full group that are behind the last one that it kept. */
  @SuppressWarnings("ShortCircuitBoolean") // a jump that cannot be foretold costs more
  private long admitted(Tail tail, int first, long lanes) {
    int[] groups = tail.groups;
    long[] places = tail.places;
    int full = fullGroup;
    float last = fullKey;
    long lastPlace = fullPlace;
    long dropped = 0;
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      float key = keys[lane];
      boolean behind = key > last | (key == last & places[first + lane] > lastPlace);
      dropped |= behind & groups[first + lane] == full ? 1L << lane : 0;
    }
    return lanes & ~dropped;
  }

  /** A strict bound that admits the limit itself; NaN where every key must be looked at. */
  private float bound() {
    if (limit == Integer.MAX_VALUE) {
      return Float.NaN;
    }
    float key = Candidate.bound(limit << 32);
    return key == Float.POSITIVE_INFINITY ? Float.NaN : Math.nextUp(key);
  }

  private void take(
      Tail tail, int block, long lanes, long version, LiveRequest request, IdFilter filter) {
    for (long left = lanes; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      int slot = block * Blocks.SIZE + lane;
      long candidate = Candidate.pack(keys[lane], slot);
      if (withinLimit(candidate >> 32, tail, slot)
          && tail.alive(slot, version)
          && !filter.excludes(tail.ids[slot])
          && behind(request, candidate, tail.places[slot])) {
        keep(tail, candidate);
      }
    }
  }

  private boolean withinLimit(long key, Tail tail, int slot) {
    return key < limit || (key == limit && tail.places[slot] <= limitPlace);
  }

  static boolean behind(LiveRequest request, long candidate, long place) {
    if (!request.paged) {
      return true;
    }
    long key = candidate >> 32;
    long after = Candidate.pack(request.afterKey, 0) >> 32;
    return key != after ? key > after : place > request.afterPlace;
  }

  private void keep(Tail tail, long candidate) {
    if (size == found.length) {
      found = Arrays.copyOf(found, 2 * size);
    }
    found[size++] = candidate;
    if (size >= capacity && size > k) {
      if (mostOfGroup > 0) {
        shrinkGroups(tail);
      } else {
        shrink(tail);
      }
    }
  }

  /** From now on only items up to the k-th candidate count. */
  private void tightenLimit(Tail tail) {
    limit = found[k - 1] >> 32;
    limitPlace = place(tail, k - 1);
  }

  /** Keeps the k best of which no group has too many; see {@link Merged}. */
  private void shrinkGroups(Tail tail) {
    order(tail);
    counts.reset(k, mostOfGroup);
    int kept = 0;
    for (int i = 0; i < size && kept < k; i++) {
      int group = tail.groups[Candidate.ordinal(found[i])];
      if (counts.take(group, found[i])) {
        found[kept++] = found[i];
      } else {
        fullGroup = group;
      }
    }
    size = kept;
    if (kept == k) {
      tightenLimit(tail);
    }
    long last = counts.last(fullGroup);
    if (last != Candidate.NONE) {
      fullKey = Candidate.bound(last);
      fullPlace = tail.places[Candidate.ordinal(last)];
    }
  }

  /** Keeps the k best. */
  private void shrink(Tail tail) {
    Quicksort.select(found, 0, size, k - 1);
    int ties = 0;
    for (int i = 0; i < size; i++) {
      ties += found[i] >> 32 == found[k - 1] >> 32 ? 1 : 0;
    }
    if (ties > 1) { // their places tell which of them is the k-th
      order(tail);
    }
    size = k;
    tightenLimit(tail);
  }

  private void merge(Tail tail, Merged best) {
    if (size == 0) {
      return;
    }
    order(tail);
    best.begin(size);
    for (int i = 0; i < size; i++) {
      int slot = Candidate.ordinal(found[i]);
      best.add(found[i], tail.places[slot], tail.ids[slot], tail.groups[slot]);
    }
    best.end();
  }

  private void order(Tail tail) {
    Quicksort.sort(found, 0, size);
    for (int from = 0, to; from < size; from = to) {
      long key = found[from] >> 32;
      boolean ordered = true; // new items are written in the order of their places
      for (to = from + 1; to < size && found[to] >> 32 == key; to++) {
        ordered &= place(tail, to - 1) < place(tail, to);
      }
      if (!ordered) {
        orderByPlace(tail, from, to);
      }
    }
  }

  /** Shell's sort (1959), with the gaps of Gonnet and Baeza-Yates (1991). */
  private void orderByPlace(Tail tail, int from, int to) {
    for (int gap = (to - from) / 2; gap > 0; gap = gap == 2 ? 1 : gap * 5 / 11) {
      for (int i = from + gap; i < to; i++) {
        long candidate = found[i];
        long place = place(tail, i);
        int at = i;
        for (; at - gap >= from && place(tail, at - gap) > place; at -= gap) {
          found[at] = found[at - gap];
        }
        found[at] = candidate;
      }
    }
  }

  private long place(Tail tail, int i) {
    return tail.places[Candidate.ordinal(found[i])];
  }
}

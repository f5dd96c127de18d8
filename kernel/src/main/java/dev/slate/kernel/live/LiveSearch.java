package dev.slate.kernel.live;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.query.OutOfTime;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Cursor;
import dev.slate.kernel.search.SharedSearch;
import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches the parts of a view one after the other, the largest first: the k-th item found so far
 * bounds the next part. One thread's scratch at a time, pooled by the store.
 *
 * <p>In a segment the order of ordinals is that of places, so the k-th item of other parts, (key,
 * place), is a candidate there too: that of the same key and the number of items placed before it.
 * A bound is thereby passed on exactly, ties included. Where a query limits the items of each
 * group, every part is searched under that limit; {@link Merged} tells why that suffices.
 */
public final class LiveSearch {
  private static final Cursor[] NO_CURSORS = {};
  private static final Segment[] NO_SEGMENTS = {};

  /** The search, to be filled before each. */
  public final LiveRequest request = new LiveRequest();

  /** What the last search looked at. */
  public final Counters counters = new Counters();

  private final CompiledQuery query = new CompiledQuery();
  private final TopK best = new TopK();
  private final SharedSearch alone = new SharedSearch(1);
  private final Merged merged = new Merged();
  private final TailScan scan = new TailScan();
  private final IdFilter filter = new IdFilter();
  private final Location location = new Location();
  private long[] found = {};
  private float[] row = {};
  private float[] vector = {};
  private Segment[] segments = NO_SEGMENTS;
  private Cursor[] cursors = NO_CURSORS;
  private boolean complete = true;

  LiveSearch() {}

  /** An array of at least d floats for the vector of a query. */
  public float[] vector(int d) {
    if (vector.length < d) {
      vector = new float[d];
    }
    return vector;
  }

  /** Number of items found. */
  public int size() {
    return merged.size();
  }

  /** Whether the last search had the time to look at everything. */
  public boolean complete() {
    return complete;
  }

  /** The key of the i-th best item. */
  public float key(int i) {
    return merged.key(i);
  }

  /** The place of the i-th best item. */
  public long place(int i) {
    return merged.place(i);
  }

  /** The id of the i-th best item. */
  public long id(int i) {
    return merged.id(i);
  }

  /** Searches what a view holds. */
  void run(View view) {
    counters.reset();
    complete = true;
    query.timed = false;
    if (request.deadline > 0) {
      query.limitTime(request.deadline);
    }
    merged.reset(request.k, request.mostOfGroup);
    filter.deny(request.deny);
    long[] allow = request.allow;
    if (allow != null) {
      only(allow, view);
      return;
    }
    adopt(view.segments());
    for (int i = 0; complete && i < segments.length; i++) {
      search(i, view.version());
    }
    filter.release();
    query.groupOf = null;
    query.uniform = null;
    best.limitGroups(null, 0);
    if (complete) {
      tails(view);
    }
  }

  private void tails(View view) {
    scan.reset();
    for (Tail full : view.frozen()) {
      tail(full, full.size(), view.version());
    }
    tail(view.tail(), view.tailSize(), view.version());
  }

  private void tail(Tail tail, int size, long version) {
    complete =
        complete && scan.search(tail, size, version, request, query, filter, merged, counters);
  }

  /** Whether its cursors are those of a view's segments, or of none. */
  @SuppressWarnings("ReferenceEquality") // a view's array is not changed
  boolean serves(View view) {
    return segments == view.segments() || segments.length == 0;
  }

  /** Lets go of the segments. */
  void forget() {
    segments = NO_SEGMENTS;
    cursors = NO_CURSORS;
  }

  @SuppressWarnings("ReferenceEquality")
  private void adopt(Segment[] current) {
    if (segments == current) {
      return;
    }
    Cursor[] made = new Cursor[current.length];
    for (int i = 0; i < current.length; i++) {
      Cursor known = cursor(current[i]);
      made[i] = known == null ? current[i].engine.cursor() : known;
    }
    segments = current;
    cursors = made;
  }

  private @Nullable Cursor cursor(Segment segment) {
    for (int i = 0; i < segments.length; i++) {
      if (segments[i] == segment) {
        return cursors[i];
      }
    }
    return null;
  }

  private void search(int i, long version) {
    Segment segment = segments[i];
    query.q = request.operands.q;
    query.w = request.operands.w;
    query.d = request.operands.d;
    query.dot = request.operands.dot;
    query.biased = request.operands.biased;
    query.k = Math.min(request.k, segment.size());
    query.limit = request.limit;
    query.after =
        request.paged
            ? edge(Candidate.pack(request.afterKey, 0), segment.places.upTo(request.afterPlace))
            : Candidate.FIRST;
    if (merged.full()) {
      int last = merged.size() - 1;
      long key = (long) merged.sortable(last) << 32;
      long kth = edge(key, segment.places.before(merged.place(last)));
      query.limit = Math.min(query.limit, kth);
    }
    query.exclusion = filter.of(segment, version);
    query.groupOf = request.mostOfGroup > 0 ? segment.groups : null;
    query.uniform = request.mostOfGroup > 0 ? segment.uniform : null;
    query.mostOfGroup = request.mostOfGroup;
    query.start(best);
    alone.reset();
    try {
      cursors[i].search(query, best, alone, counters);
    } catch (OutOfTime e) {
      complete = false;
    }
    int count = best.finish();
    if (count > 0) {
      take(segment, count);
    }
  }

  /** The last candidate of a key among a segment's first items. */
  private static long edge(long key, int items) {
    long first = Candidate.first((int) (key >> 32), 0);
    return items == 0 ? first - 1 : Candidate.first((int) (key >> 32), items - 1) | 1;
  }

  private void take(Segment segment, int count) {
    if (found.length < count) {
      found = new long[Math.max(count, 2 * found.length)];
    }
    best.copyTo(found);
    merged.begin(count);
    for (int i = 0; i < count; i++) {
      int ordinal = Candidate.ordinal(found[i]);
      merged.add(
          found[i], segment.places.at(ordinal), segment.ids[ordinal], segment.group(ordinal));
    }
    merged.end();
  }

  /** Scores the items of some ids, one by one, until the time is up. */
  private void only(long[] allow, View view) {
    int width = request.operands.d + (request.operands.biased ? 1 : 0);
    if (row.length < width) {
      row = new float[width];
    }
    if (found.length < allow.length) {
      found = new long[allow.length];
    }
    long[] ids = found;
    System.arraycopy(allow, 0, ids, 0, allow.length);
    Arrays.sort(ids, 0, allow.length);
    for (int i = 0; i < allow.length; i++) {
      if (query.outOfTime()) {
        complete = false;
        break;
      }
      long id = ids[i];
      boolean repeated = i > 0 && ids[i - 1] == id;
      if (repeated || filter.excludes(id) || !view.locate(id, location)) {
        continue;
      }
      location.read(row);
      long candidate = Candidate.pack(request.operands.key(row, 0, 1), 0);
      counters.itemsScored++;
      counters.bytesRead += (long) width * Float.BYTES;
      long place = location.place();
      boolean within = request.limit == Candidate.NONE || candidate >> 32 <= request.limit >> 32;
      if (within && TailScan.behind(request, candidate, place)) {
        merged.begin(1);
        merged.add(candidate, place, id, location.group());
        merged.end();
      }
    }
    location.clear();
  }
}

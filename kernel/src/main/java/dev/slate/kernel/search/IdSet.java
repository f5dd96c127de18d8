package dev.slate.kernel.search;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import org.jspecify.annotations.Nullable;

/**
 * A set of ids, filled anew for each search. Its table is reused. Only a search with far fewer ids
 * than the table was filled with gets a new one, since to clear a table takes time in proportion to
 * its size. One thread's scratch.
 */
public final class IdSet {
  /** Chosen: a table of fewer ids is cleared in some microseconds. */
  private static final int LARGE = 1 << 14;

  /**
   * Chosen: to fill a table that is less than this many times too large costs more than to clear
   * it.
   */
  private static final int TIMES = 16;

  /** Null until there are ids: most searches deny none. */
  private @Nullable LongOpenHashSet set;

  /** The largest number of ids that the table was filled with. */
  private int most;

  /** Makes some ids the only members. O(ids) amortised. */
  public void fill(long[] ids) {
    LongOpenHashSet filled = set;
    if (filled == null || (most > LARGE && ids.length < most / TIMES)) {
      filled = new LongOpenHashSet();
      set = filled;
      most = 0;
    }
    filled.clear();
    for (long id : ids) {
      filled.add(id);
    }
    most = Math.max(most, ids.length);
  }

  /** Whether an id is a member. */
  public boolean contains(long id) {
    return set != null && set.contains(id);
  }

  /** The largest number of ids that the table was filled with. */
  int most() {
    return most;
  }
}

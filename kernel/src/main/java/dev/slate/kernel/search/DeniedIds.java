package dev.slate.kernel.search;

import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.select.Exclusion;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items out by their ids. Filling it costs O(ids); after that only the items that bounds have
 * not excluded are looked up. Reused, so that it allocates nothing once it has grown.
 */
public final class DeniedIds implements Exclusion {
  /** Null until ids are denied: most searches deny none. */
  private @Nullable LongOpenHashSet set;

  private @Nullable Ids ids;

  /**
   * Denies some ids, and those only.
   *
   * @param denied the ids
   * @param ids the id of each ordinal; null if it is the ordinal
   */
  public DeniedIds of(long[] denied, @Nullable Ids ids) {
    if (set == null) {
      set = new LongOpenHashSet();
    }
    set.clear();
    for (long id : denied) {
      set.add(id);
    }
    this.ids = ids;
    return this;
  }

  @Override
  public boolean excludes(int ordinal) {
    return set != null && set.contains(ids == null ? ordinal : ids.get(ordinal));
  }
}

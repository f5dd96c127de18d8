package dev.slate.kernel.search;

import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.select.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * Keeps items out by their ids. Filling it costs O(ids); after that only the items that bounds have
 * not excluded are looked up. Reused.
 */
public final class DeniedIds implements Exclusion {
  private final IdSet set = new IdSet();

  private @Nullable Ids ids;

  /**
   * Denies some ids, and those only.
   *
   * @param denied the ids
   * @param ids the id of each ordinal; null if it is the ordinal
   */
  public DeniedIds of(long[] denied, @Nullable Ids ids) {
    set.fill(denied);
    this.ids = ids;
    return this;
  }

  @Override
  public boolean excludes(int ordinal) {
    return set.contains(ids == null ? ordinal : ids.get(ordinal));
  }
}

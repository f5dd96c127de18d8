package dev.slate.kernel.live;

import dev.slate.kernel.search.IdSet;
import dev.slate.kernel.select.Exclusion;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a segment do not count: those that have died, and those whose ids are denied. One
 * thread's scratch.
 */
final class IdFilter implements Exclusion {
  private final IdSet denied = new IdSet();
  private boolean denies;
  private @Nullable Segment segment;
  private long version;

  /** Starts a search that denies some ids. */
  void deny(long @Nullable [] ids) {
    denies = ids != null && ids.length > 0;
    if (ids != null && ids.length > 0) {
      denied.fill(ids);
    }
  }

  /** Filters a segment at a version from now on; null if each of its items counts. */
  @Nullable Exclusion of(Segment segment, long version) {
    this.segment = segment;
    this.version = version;
    return denies || segment.deaths.size() > 0 ? this : null;
  }

  /** Whether an id is denied. */
  boolean excludes(long id) {
    return denies && denied.contains(id);
  }

  @Override
  public boolean excludes(int ordinal) {
    Segment searched = segment;
    return searched != null
        && (!searched.alive(ordinal, version) || excludes(searched.ids[ordinal]));
  }

  /** Forgets the segment, so that it can be collected. */
  void release() {
    segment = null;
  }
}

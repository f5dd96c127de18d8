package dev.slate.kernel.search;

import dev.slate.kernel.select.Candidate;
import dev.slate.kernel.select.TopK;
import org.jspecify.annotations.Nullable;

/**
 * One search, checked and compiled: what to compute, which items count, and how many are wanted.
 */
public final class Request {
  /** The query. */
  public final Probe probe = new Probe();

  /** How many items are wanted, at most n. */
  public int k;

  /** Only candidates behind this one count. */
  public long after = Candidate.FIRST;

  /** Only candidates up to this one count. */
  public long limit = Candidate.NONE;

  /** A bit for each ordinal that may be returned; null allows all. */
  public long @Nullable [] allow;

  /** A bit for each ordinal that may not be returned; null denies none. */
  public long @Nullable [] deny;

  /** Whether some items are filtered out. */
  public boolean filtered() {
    return allow != null || deny != null;
  }

  /** Whether every item counts: the k smallest of some items are all that can enter from them. */
  public boolean open() {
    return !filtered() && after == Candidate.FIRST;
  }

  /** The items of 64 consecutive ordinals, starting at 64 x word, that pass the filter. */
  public long live(int word) {
    long live = -1L;
    if (allow != null) {
      live = allow[word];
    }
    if (deny != null) {
      live &= ~deny[word];
    }
    return live;
  }

  /** Whether one item passes the filter. */
  public boolean passes(int ordinal) {
    return (live(ordinal >> 6) & 1L << ordinal) != 0;
  }

  /** Starts a selection for this search. */
  public void start(TopK best) {
    best.reset(k, after, limit);
  }
}

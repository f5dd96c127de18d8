package dev.slate.kernel.live;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;
import org.jspecify.annotations.Nullable;

/** One search of a live index, checked: what to compute, which items count, how many are wanted. */
public final class LiveRequest {
  /** The query's operands; its conditions are those of this class. */
  public final CompiledQuery operands = new CompiledQuery();

  /** How many items are wanted. */
  public int k;

  /** Only candidates up to this one count, whatever their place. */
  public long limit = Candidate.NONE;

  /** Whether only items behind a place in the order count. */
  public boolean paged;

  /** The key of that place. */
  public float afterKey;

  /** That place. */
  public long afterPlace;

  /** Only these ids count; null allows all. */
  public long @Nullable [] allow;

  /** These ids do not count; null denies none. */
  public long @Nullable [] deny;

  /** How many items of a group are wanted, at most; 0 for any number. */
  public int mostOfGroup;

  /** Nanoseconds that the search may take; 0 where there is no limit. */
  public long deadline;

  /** Lifts every condition. */
  public void clear() {
    operands.w = null;
    limit = Candidate.NONE;
    paged = false;
    allow = null;
    deny = null;
    mostOfGroup = 0;
    deadline = 0;
  }
}

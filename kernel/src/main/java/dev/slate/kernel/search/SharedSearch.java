package dev.slate.kernel.search;

import dev.slate.kernel.select.Candidate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One search shared by several threads: they claim its parts one after the other, and the best k-th
 * candidate of any thread bounds all of them.
 */
public final class SharedSearch {
  private final int threads;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong bound = new AtomicLong();

  /** Creates the share of a number of threads. */
  public SharedSearch(int threads) {
    this.threads = threads;
  }

  /** Starts a new search. The hand-over to other threads publishes the plain writes. */
  public void reset() {
    next.setPlain(0);
    bound.setPlain(Candidate.NONE);
  }

  /** Number of threads that may take part. */
  public int threads() {
    return threads;
  }

  /** Claims the next part, counted from 0; the caller knows how many there are. */
  public int claim() {
    return next.getAndIncrement();
  }

  /** The best k-th candidate of any thread; candidates behind it are not in the answer. */
  public long bound() {
    return bound.getOpaque();
  }

  /** Publishes a thread's k-th candidate. */
  public void offer(long kth) {
    long seen = bound.getOpaque();
    while (kth < seen && !bound.weakCompareAndSetVolatile(seen, kth)) {
      seen = bound.getOpaque();
    }
  }
}

package dev.slate.kernel.search;

/** Counts of one thread's work during a search. */
public final class Counters {
  /** Items whose canonical score was computed. */
  public long itemsScored;

  /** Blocks or nodes looked at. */
  public long blocksVisited;

  /** Blocks or nodes excluded by a bound or a filter. */
  public long blocksPruned;

  /** Bytes of the index read. */
  public long bytesRead;

  /** Sets all counters to zero. */
  public void reset() {
    itemsScored = 0;
    blocksVisited = 0;
    blocksPruned = 0;
    bytesRead = 0;
  }

  /** Adds another thread's counters. */
  public void add(Counters other) {
    itemsScored += other.itemsScored;
    blocksVisited += other.blocksVisited;
    blocksPruned += other.blocksPruned;
    bytesRead += other.bytesRead;
  }

  /** Turns sums into means, rounded down. */
  public void divide(int searches) {
    itemsScored /= searches;
    blocksVisited /= searches;
    blocksPruned /= searches;
    bytesRead /= searches;
  }
}

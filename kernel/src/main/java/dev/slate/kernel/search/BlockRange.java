package dev.slate.kernel.search;

/**
 * A thread's walk over the parts of a search: each claim sets the next range of blocks that no
 * other thread has. One thread's scratch.
 */
public final class BlockRange {
  private int count;
  private int size = 1;
  private int from;
  private int to;

  /**
   * Divides the blocks into parts, so that no thread waits long for the last one. A single thread
   * takes all of them at once.
   *
   * @param count number of blocks
   * @param threads number of threads that share them
   * @param parts parts for each thread, at least, if there are that many blocks
   * @param most blocks of a part, at most
   */
  public void divide(int count, int threads, int parts, int most) {
    this.count = count;
    this.size =
        threads == 1
            ? Math.max(1, count)
            : Math.clamp(count / ((long) threads * parts), 1, Math.max(1, most));
    from = 0;
    to = 0;
  }

  /** Claims the next part; false if none is left. */
  public boolean claim(SharedSearch share) {
    return take(share.claim());
  }

  /** Takes a part by its number; false if there is none. */
  public boolean take(int part) {
    long first = (long) part * size;
    if (first >= count) {
      return false;
    }
    from = (int) first;
    to = (int) Math.min(count, first + size);
    return true;
  }

  /** The first block of the part. */
  public int from() {
    return from;
  }

  /** The block behind the part. */
  public int to() {
    return to;
  }
}

package dev.slate.kernel;

import dev.slate.kernel.search.Counters;

/**
 * Counts of a search's work. They are deterministic for one thread, so that a gate can hold them.
 * For a batch they are sums over its queries; where queries are scored together, a block that is
 * read once for several counts once.
 *
 * @param itemsScored items whose canonical score was computed
 * @param blocksVisited blocks of items (or nodes of a tree) that were looked at
 * @param blocksPruned blocks of items (or nodes of a tree) that a bound or a filter excluded
 * @param bytesRead bytes of the index that were read
 */
public record SearchStats(long itemsScored, long blocksVisited, long blocksPruned, long bytesRead) {
  static SearchStats of(Counters counters) {
    return new SearchStats(
        counters.itemsScored, counters.blocksVisited, counters.blocksPruned, counters.bytesRead);
  }

  /**
   * Adds the counts of another search.
   *
   * @param other the other search's counters
   * @return the sums
   */
  public SearchStats plus(SearchStats other) {
    return new SearchStats(
        itemsScored + other.itemsScored,
        blocksVisited + other.blocksVisited,
        blocksPruned + other.blocksPruned,
        bytesRead + other.bytesRead);
  }
}

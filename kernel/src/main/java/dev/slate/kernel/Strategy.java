package dev.slate.kernel;

/**
 * How the exact answer is found. Every strategy returns the same bits; they differ in cost only.
 */
public enum Strategy {
  /**
   * Let the planner choose from n, d, the metric and a sample of the data, searched for the 1, 10,
   * 100 and 1,000 best of queries that are like the items. The strategy is taken that is never far
   * behind the best one for any of these, and planes answer a query for more items than they are
   * good for by a scan; where one number matters, or queries are unlike the items, another strategy
   * may cost less. {@link Index#plan} says what was chosen, and why.
   */
  AUTO,
  /** Stream every row: cost O(n d), limited by memory bandwidth. */
  SCAN,
  /** Prune boxes of nearby items: for low d. */
  TREE,
  /** Prune with quantised bounds and rescore the survivors: for high d. */
  PLANES,
  /**
   * Score many queries at once from registers: for batches ({@link Searcher#searchAll}). A query on
   * its own is a scan.
   */
  TILE
}

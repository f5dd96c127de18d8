package dev.slate.kernel;

/**
 * How the exact answer is found. Every strategy returns the same bits; they differ in cost only.
 */
public enum Strategy {
  /**
   * Let the planner choose from n, d, the metric and a sample of the data, searched for the 1, 10,
   * 100 and 1,000 best of queries that are like the items; where the estimates are near each other,
   * the strategies in question are built and a clock decides. The strategy is taken that is never
   * far behind the best one for any of these, and planes answer a query for more items than they
   * are good for by a scan. It can be told otherwise: {@link IndexBuilder#expectedK}, {@link
   * IndexBuilder#expectedQueries}. {@link Index#plan} says what was chosen, and why.
   *
   * <p>The clock takes about as long as all these builds did, some tenths of a second at least and
   * a few seconds at most, and they take memory until the build ends; where that is short,
   * estimates decide alone. Which strategy comes out depends on the machine and, between strategies
   * of like speed, on chance; answers do not.
   */
  AUTO,
  /**
   * As {@link #AUTO}, but estimates decide alone: for an index that is built often or searched a
   * few times. The same items get the same plan on every run, and on machines with caches alike.
   */
  ESTIMATED,
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

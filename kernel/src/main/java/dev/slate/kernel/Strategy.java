package dev.slate.kernel;

/**
 * How the exact answer is found. Every strategy returns the same bits; they differ in cost only.
 */
public enum Strategy {
  /**
   * Let the planner choose from n, d, the metric and a sample of the data, searched for the 1, 10,
   * 100 and 1,000 best of queries that are like the items. The strategy is taken that is never far
   * behind the best one for any of these, and planes answer a query for more items than they are
   * good for by a scan. It can be told otherwise: {@link IndexBuilder#expectedK}, {@link
   * IndexBuilder#expectedQueries}. {@link Index#plan} says what was chosen, and why. The same items
   * get the same plan on every run, and on machines with caches alike.
   */
  AUTO,
  /**
   * Let a clock choose between the strategies that {@link #AUTO} takes for near the fastest: each
   * is built and timed. The build takes a second for each of these and each number of items longer
   * than all their builds, and memory for all of them until it ends. Which strategy comes out
   * depends on the machine and, between strategies of like speed, on chance; answers do not.
   */
  MEASURED,
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

package dev.slate.kernel;

/**
 * How the exact answer is found. Every strategy accepts every number of items, of attributes, and
 * every metric, and returns the same bits; they differ in time and memory only. Unless {@link
 * IndexBuilder#strategy} names one, it is planned, see {@link Planning}.
 */
public enum Strategy {
  /**
   * Stream every row. Time O(n d) a query, limited by the memory's bandwidth. Batches of queries
   * ({@link Searcher#searchAll}) use each item for many queries while it is in registers, and are
   * limited by arithmetic. Memory: the rows.
   */
  SCAN,
  /**
   * Prune bounding boxes of nearby items: for d up to about 16. Time O(log n) a query at best, O(n
   * d) at worst. Memory from 100,000 items on: the rows, 4 bytes an item, and at most a tenth of
   * the rows more.
   */
  TREE,
  /**
   * Prune with certified bounds from codes of three, four and eight bits an attribute, and score
   * the items that are left: for d from 8 on. Time O(n d) a query at worst; a query that reads the
   * codes of all items reads a quarter of the scan's bytes or fewer. Memory from 100,000 items on,
   * for d from 3: the rows, 4 bytes an item, and at most 0.45 of the rows more.
   */
  QUANTIZED
}

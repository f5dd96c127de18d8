package dev.slate.kernel.search;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.TopK;

/** One thread's search of an {@link Engine}: owns all scratch, allocates nothing once warm. */
public interface Cursor {
  /**
   * Offers every item that may be among the best, from the parts of the work that this thread
   * claims. Threads that share one search have the same query and share, each its own selection.
   *
   * @param query the search
   * @param best the selection, already started
   * @param share the parts that were claimed so far, and the best bound of any thread
   * @param counters receives the counts of the work
   */
  void search(CompiledQuery query, TopK best, SharedSearch share, Counters counters);

  /**
   * Chooses the order in which the queries of a batch are claimed, so that neighbours find what
   * they need in the caches. Leaves the order as it is unless overridden.
   *
   * @param queries count x d, row-major, as the caller gave them
   * @param count number of queries
   * @param normalise whether queries are searched brought to length 1
   * @param order holds 0..count-1, to be permuted; may be longer
   */
  default void arrange(float[] queries, int count, boolean normalise, int[] order) {}

  /**
   * Searches a range of queries: one by one, unless overridden.
   *
   * @param range receives an answer to each of its queries
   * @param counters receives the counts of the work
   */
  default void searchAll(QueryRange range, Counters counters) {
    for (int i = 0; i < range.size(); i++) {
      range.start(i);
      search(range.query(), range.best(), range.share(), counters);
      range.finish(i);
    }
  }
}

package dev.slate.kernel.search;

import dev.slate.kernel.select.TopK;

/** One thread's way through an {@link Engine}: owns all scratch, allocates nothing once warm. */
public interface Cursor {
  /**
   * Offers every item that may be among the best, from the parts of the work that this thread
   * claims. Threads that share one search have the same request and share, each its own selection.
   *
   * @param request the search
   * @param best the selection, already started
   * @param share the division of the work; the first to arrive sets the number of parts
   * @param counters receives what was looked at
   */
  void search(Request request, TopK best, Share share, Counters counters);

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
   * Searches the queries of a claim: one by one, unless overridden.
   *
   * @param claim receives an answer to each of its queries
   * @param counters receives what was looked at
   */
  default void searchAll(Claim claim, Counters counters) {
    for (int i = 0; i < claim.size(); i++) {
      claim.start(i);
      search(claim.request(), claim.best(), claim.share(), counters);
      claim.finish(i);
    }
  }
}

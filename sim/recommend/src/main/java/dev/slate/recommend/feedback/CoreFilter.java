package dev.slate.recommend.feedback;

import dev.slate.recommend.Feedback;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/** Keeps the k-core: the largest part of a log where users and items have k rows each, at least. */
public final class CoreFilter {
  private CoreFilter() {}

  /**
   * Filters until nothing more goes.
   *
   * @param log the rows
   * @param k the least number of rows of a user and of an item
   * @return the rows that are left, perhaps none
   */
  public static Feedback core(Feedback log, int k) {
    Feedback left = log;
    while (true) {
      int[] users = new int[log.users().size()];
      int[] items = new int[log.items().size()];
      for (int row = 0; row < left.size(); row++) {
        users[left.user(row)]++;
        items[left.item(row)]++;
      }
      IntArrayList kept = new IntArrayList();
      for (int row = 0; row < left.size(); row++) {
        if (users[left.user(row)] >= k && items[left.item(row)] >= k) {
          kept.add(row);
        }
      }
      if (kept.size() == left.size()) {
        return left;
      }
      left = left.select(kept.toIntArray());
    }
  }
}

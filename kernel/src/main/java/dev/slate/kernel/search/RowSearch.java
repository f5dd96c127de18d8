package dev.slate.kernel.search;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;

/** Scores single items, whatever the layout. One thread's scratch. */
public final class RowSearch {
  /** Bits of a word of a filter. */
  private static final int WORD = 64;

  /**
   * Least ratio of all items to the admitted ones; chosen, so that a large k does not score half of
   * the items one by one.
   */
  private static final int LEAST_RATIO = 16;

  private final StoredRows rows;
  private final Counters counters;
  private float[] row = {};

  /**
   * Serves one thread.
   *
   * @param rows the items
   * @param counters receives the counts of the work
   */
  public RowSearch(StoredRows rows, Counters counters) {
    this.rows = rows;
    this.counters = counters;
  }

  /**
   * Whether scoring each admitted item costs less than a search of the layout. A search that prunes
   * looks at about {@code n k / m} items, which lie together, before it has met k of the m admitted
   * ones. This one reads m rows, each at its own address. A row costs about four times such an
   * item, as measured for 5 to 64 attributes and 1 million items; hence {@code 4 m <= n k / m}.
   *
   * @param admitted upper bound of m
   * @param k number of items wanted
   */
  public boolean suits(int admitted, int k) {
    long n = rows.size();
    return admitted <= n / LEAST_RATIO
        && 4L * admitted * admitted <= n * k
        && rows.engine().scattered();
  }

  /**
   * Offers an item to the selection.
   *
   * @param ordinal an item that passes the filter
   * @param context a started search
   */
  public void score(int ordinal, SearchContext context) {
    CompiledQuery query = context.query;
    int width = query.d + (query.biased ? 1 : 0);
    if (row.length < width) {
      row = new float[width];
    }
    rows.read(ordinal, row, 0);
    context.best.offer(Candidate.pack(query.key(row, 0, 1), ordinal));
    counters.itemsScored++;
    counters.bytesRead += (long) width * Float.BYTES;
  }

  /**
   * Offers all items that pass the filter to the selection.
   *
   * @param context a started search
   * @return false if the time was up before the last of them
   */
  public boolean searchAdmitted(SearchContext context) {
    CompiledQuery query = context.query;
    int n = rows.size();
    for (int word = 0; (long) word * WORD < n; word++) {
      int first = word * WORD;
      long left = query.passing(word) & -1L >>> Math.max(0, WORD - (n - first));
      for (; left != 0; left &= left - 1) {
        if (query.outOfTime()) {
          return false;
        }
        score(first + Long.numberOfTrailingZeros(left), context);
      }
    }
    return true;
  }
}

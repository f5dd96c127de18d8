package dev.slate.recommend;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/**
 * A sparse matrix of users and items, by rows: for each row its columns, ascending, and their
 * weights. Eight bytes an entry. Immutable; safe from many threads.
 */
public final class Interactions {
  private final int columns;
  private final int[] start;
  private final int[] column;
  private final float[] weight;

  private Interactions(int columns, int[] start, int[] column, float[] weight) {
    this.columns = columns;
    this.start = start;
    this.column = column;
    this.weight = weight;
  }

  /**
   * Adds up a log: one entry for each pair of a user and an item with evidence. Weights of several
   * rows of a pair add up; of several ratings the last one counts, in order of time and then of
   * rows. Pairs whose weights add up to 0 are left out.
   *
   * @param log the rows
   * @param weighting the weight of each kind
   * @return users as rows, items as columns, as many as the log has names
   */
  public static Interactions of(Feedback log, Weighting weighting) {
    int users = log.users().size();
    int[] start = new int[users + 1];
    for (int row = 0; row < log.size(); row++) {
      start[log.user(row) + 1]++;
    }
    Arrays.parallelPrefix(start, Integer::sum);
    int[] rows = new int[log.size()];
    int[] next = Arrays.copyOf(start, users);
    for (int row = 0; row < log.size(); row++) {
      rows[next[log.user(row)]++] = row;
    }
    int[] column = new int[log.size()];
    float[] weight = new float[log.size()];
    int[] ends = new int[users + 1];
    int size = 0;
    for (int user = 0; user < users; user++) {
      int first = start[user];
      long[] keys = new long[start[user + 1] - first];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = (long) log.item(rows[first + i]) << 32 | i;
      }
      Arrays.sort(keys);
      int[] order = new int[keys.length];
      for (int i = 0; i < keys.length; i++) {
        order[i] = rows[first + (int) keys[i]];
      }
      byTime(log, order);
      for (int i = 0; i < order.length; ) {
        int item = log.item(order[i]);
        double sum = 0;
        double rating = 0;
        for (; i < order.length && log.item(order[i]) == item; i++) {
          double each = weighting.of(log.kind(order[i]), log.value(order[i]));
          if (log.kind(order[i]) == Kind.RATING) {
            rating = each;
          } else {
            sum += each;
          }
        }
        float total = (float) (sum + rating);
        if (total != 0) {
          column[size] = item;
          weight[size++] = total;
        }
      }
      ends[user + 1] = size;
    }
    return new Interactions(
        log.items().size(), ends, Arrays.copyOf(column, size), Arrays.copyOf(weight, size));
  }

  /** Orders the rows of each item by time; rows of one time stay in order. */
  private static void byTime(Feedback log, int[] order) {
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      boolean ordered = true;
      while (to < order.length && log.item(order[to]) == log.item(order[from])) {
        ordered &= log.time(order[to]) >= log.time(order[to - 1]);
        to++;
      }
      if (!ordered) {
        IntArrays.mergeSort(
            order, from, to, (a, b) -> Long.compare(log.time(a), log.time(b))); // Stable.
      }
      from = to;
    }
  }

  /**
   * Number of rows.
   *
   * @return users, or items after {@link #transpose}
   */
  public int rows() {
    return start.length - 1;
  }

  /**
   * Number of columns.
   *
   * @return items, or users after {@link #transpose}
   */
  public int columns() {
    return columns;
  }

  /**
   * Number of entries.
   *
   * @return at least 0
   */
  public int size() {
    return column.length;
  }

  /**
   * Where the entries of a row start.
   *
   * @param row 0..rows; the entries of a row end where those of the next start
   * @return an index for {@link #column} and {@link #weight}
   */
  public int start(int row) {
    return start[row];
  }

  /**
   * Number of entries in a row.
   *
   * @param row 0..rows-1
   * @return at least 0
   */
  public int count(int row) {
    return start[row + 1] - start[row];
  }

  /**
   * The column of an entry.
   *
   * @param entry 0..size-1
   * @return 0..columns-1, ascending within a row
   */
  public int column(int entry) {
    return column[entry];
  }

  /**
   * The weight of an entry.
   *
   * @param entry 0..size-1
   * @return finite, not 0
   */
  public float weight(int entry) {
    return weight[entry];
  }

  /**
   * Tells whether a row has a column. O(log of the row's entries).
   *
   * @param row 0..rows-1
   * @param col any column
   * @return whether there is an entry
   */
  public boolean contains(int row, int col) {
    return Arrays.binarySearch(column, start[row], start[row + 1], col) >= 0;
  }

  /**
   * The columns of a row.
   *
   * @param row 0..rows-1
   * @return a copy, ascending
   */
  public int[] columnsOf(int row) {
    return Arrays.copyOfRange(column, start[row], start[row + 1]);
  }

  /**
   * Exchanges rows and columns.
   *
   * @return a new matrix
   */
  public Interactions transpose() {
    int[] starts = new int[columns + 1];
    for (int each : column) {
      starts[each + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = Arrays.copyOf(starts, columns);
    int[] users = new int[column.length];
    float[] weights = new float[column.length];
    for (int row = 0; row < rows(); row++) {
      for (int at = start[row]; at < start[row + 1]; at++) {
        int to = next[column[at]]++;
        users[to] = row;
        weights[to] = weight[at];
      }
    }
    return new Interactions(rows(), starts, users, weights);
  }

  /**
   * Keeps the entries with a positive weight.
   *
   * @return a new matrix of the same shape
   */
  public Interactions positive() {
    int[] starts = new int[start.length];
    int[] kept = new int[column.length];
    float[] weights = new float[column.length];
    int size = 0;
    for (int row = 0; row < rows(); row++) {
      for (int at = start[row]; at < start[row + 1]; at++) {
        if (weight[at] > 0) {
          kept[size] = column[at];
          weights[size++] = weight[at];
        }
      }
      starts[row + 1] = size;
    }
    return new Interactions(
        columns, starts, Arrays.copyOf(kept, size), Arrays.copyOf(weights, size));
  }
}

package dev.slate.bench.history;

import dev.slate.bench.results.Metric;
import dev.slate.bench.results.RowKey;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The results of one commit.
 *
 * @param commit its hash, or whatever names it
 * @param time of the commit
 * @param branch it was on; may be empty
 * @param values by row; immutable
 */
record Entry(String commit, Instant time, String branch, SortedMap<RowKey, Value> values) {

  /** Copies the values. */
  Entry {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * What was measured of one row.
   *
   * @param metric what it is
   * @param median of the forks
   * @param forks how many
   */
  record Value(Metric metric, double median, int forks) {}

  /**
   * The commit as people write it.
   *
   * @return at most eight characters
   */
  String shortCommit() {
    return commit.length() <= 8 ? commit : commit.substring(0, 8);
  }
}

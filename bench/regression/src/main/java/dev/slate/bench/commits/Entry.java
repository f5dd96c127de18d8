package dev.slate.bench.commits;

import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.RowKey;
import dev.slate.bench.results.Units;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
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
public record Entry(String commit, Instant time, String branch, SortedMap<RowKey, Value> values) {

  /** Copies the values. */
  public Entry {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /**
   * What was measured of one row.
   *
   * @param metric the metric
   * @param median of the forks
   * @param forks how many
   */
  public record Value(BenchmarkMetric metric, double median, int forks) {}

  /**
   * The same results in other units of time.
   *
   * @param keys the key that each row shall have, by the key without unit
   * @return an entry with the values converted whose units are of the same quantity
   */
  public Entry inUnitsOf(Map<RowKey, RowKey> keys) {
    SortedMap<RowKey, Value> converted = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          RowKey wanted = keys.getOrDefault(key.withoutUnit(), key);
          double factor = Units.factor(key.unit(), wanted.unit());
          if (Double.isNaN(factor)) {
            converted.put(key, value);
          } else {
            BenchmarkMetric metric = value.metric().in(wanted.unit());
            converted.put(wanted, new Value(metric, value.median() * factor, value.forks()));
          }
        });
    return new Entry(commit, time, branch, converted);
  }

  /**
   * The commit as people write it.
   *
   * @return at most eight characters
   */
  public String shortCommit() {
    return commit.length() <= 8 ? commit : commit.substring(0, 8);
  }
}

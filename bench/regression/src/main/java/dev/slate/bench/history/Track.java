package dev.slate.bench.history;

import dev.slate.bench.commits.Entry;
import dev.slate.bench.results.BenchmarkMetric;
import dev.slate.bench.results.Direction;
import dev.slate.bench.results.RowKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One row over time.
 *
 * @param key which row
 * @param metric the metric
 * @param entries those that have the row, by time
 * @param changes where it changes; an index counts the entries of this track
 */
record Track(RowKey key, BenchmarkMetric metric, List<Entry> entries, List<ChangePoint> changes) {

  /**
   * Follows each row through the history, in the unit of time that it has at the end.
   *
   * @param entries by time
   * @param rule that finds change points
   * @return by key
   */
  static List<Track> of(List<Entry> entries, ChangePoints rule) {
    Map<RowKey, RowKey> latest = new HashMap<>();
    for (Entry entry : entries) {
      entry.values().keySet().forEach(key -> latest.put(key.withoutUnit(), key));
    }
    Map<RowKey, List<Entry>> byKey = new TreeMap<>();
    for (Entry entry : entries) {
      Entry converted = entry.inUnitsOf(latest);
      converted
          .values()
          .keySet()
          .forEach(key -> byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(converted));
    }
    List<Track> tracks = new ArrayList<>();
    byKey.forEach(
        (key, having) ->
            tracks.add(
                new Track(
                    key,
                    value(having.get(having.size() - 1), key).metric(),
                    List.copyOf(having),
                    rule.of(values(having, key)))));
    return tracks;
  }

  /**
   * The medians.
   *
   * @return one for each entry
   */
  double[] values() {
    return values(entries, key);
  }

  /**
   * Says in a word which way a change went.
   *
   * @param change of this track
   * @return {@code worse} or {@code better}; {@code more} or {@code less} where the direction of
   *     the metric is not known
   */
  String word(ChangePoint change) {
    if (metric.direction() == Direction.UNKNOWN) {
      return change.after() > change.before() ? "more" : "less";
    }
    return isWorse(change) ? "worse" : "better";
  }

  /**
   * Tells whether a change is for the worse.
   *
   * @param change of this track
   * @return whether it is
   */
  boolean isWorse(ChangePoint change) {
    return metric.direction().worsening(change.after() - change.before()) > 0;
  }

  private static double[] values(List<Entry> entries, RowKey key) {
    return entries.stream().mapToDouble(entry -> value(entry, key).median()).toArray();
  }

  private static Entry.Value value(Entry entry, RowKey key) {
    Entry.Value value = entry.values().get(key);
    if (value == null) {
      throw new IllegalStateException(entry.commit() + " has no " + key);
    }
    return value;
  }
}

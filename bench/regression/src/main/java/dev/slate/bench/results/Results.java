package dev.slate.bench.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All rows of one side of a comparison, by key. Immutable. */
public final class Results {
  private final String source;
  private final SortedMap<RowKey, Series> rows;
  private final Map<RowKey, String> conflicts;

  private Results(String source, SortedMap<RowKey, Series> rows, Map<RowKey, String> conflicts) {
    this.source = source;
    this.rows = Collections.unmodifiableSortedMap(rows);
    this.conflicts = Map.copyOf(conflicts);
  }

  /**
   * Gathers rows; those with the same key add up their forks, in order. A row that comes in two
   * units of time is converted to the first. Forks that ran under two JVMs are a {@link #conflict}.
   *
   * @param source the file, for messages
   * @param series in any order
   * @return the rows by key
   */
  public static Results of(String source, List<Series> series) {
    SortedMap<RowKey, Series> rows = new TreeMap<>();
    Map<RowKey, String> units = new HashMap<>();
    Map<RowKey, String> conflicts = new HashMap<>();
    for (Series any : series) {
      Series next = inUnit(any, units.putIfAbsent(any.key().withoutUnit(), any.key().unit()));
      RowKey key = next.key();
      Series before = rows.get(key);
      if (before != null) {
        List<String> differences = before.environment().differences(next.environment());
        if (!differences.isEmpty()) {
          conflicts.put(key, source + " holds it twice, " + String.join("; ", differences));
        }
      }
      rows.put(key, before == null ? next : before.plus(next));
    }
    return new Results(source, rows, conflicts);
  }

  private static Series inUnit(Series series, @Nullable String unit) {
    return unit == null
            || unit.equals(series.key().unit())
            || Double.isNaN(Units.factor(series.key().unit(), unit))
        ? series
        : Units.convert(series, unit);
  }

  /**
   * Converts to the units of another side.
   *
   * @param other whose units are taken, where they are of the same quantity
   * @return the same rows, comparable with those of the other side
   */
  public Results inUnitsOf(Results other) {
    Map<RowKey, String> units = new HashMap<>();
    other.rows.keySet().forEach(key -> units.put(key.withoutUnit(), key.unit()));
    return map(series -> inUnit(series, units.get(series.key().withoutUnit())));
  }

  /**
   * Changes rows.
   *
   * @param change of each
   * @return the changed rows, from the same source
   */
  public Results map(UnaryOperator<Series> change) {
    SortedMap<RowKey, Series> changed = new TreeMap<>();
    Map<RowKey, String> left = new HashMap<>();
    rows.forEach(
        (key, series) -> {
          Series next = change.apply(series);
          changed.put(next.key(), next);
          if (conflicts.containsKey(key)) {
            left.put(next.key(), conflict(key));
          }
        });
    return new Results(source, changed, left);
  }

  /**
   * Says why the forks of a row do not belong together.
   *
   * @param key which row
   * @return a phrase; empty where they do
   */
  public String conflict(RowKey key) {
    return conflicts.getOrDefault(key, "");
  }

  /**
   * Names the file these came from.
   *
   * @return as given
   */
  public String source() {
    return source;
  }

  /**
   * Returns all rows.
   *
   * @return by key, unmodifiable
   */
  public SortedMap<RowKey, Series> rows() {
    return rows;
  }

  /**
   * Finds one row.
   *
   * @param key which
   * @return its scores, or null
   */
  public @Nullable Series get(RowKey key) {
    return rows.get(key);
  }

  /**
   * Keeps some rows.
   *
   * @param wanted which
   * @return the rows that are wanted, from the same source
   */
  public Results where(Predicate<Series> wanted) {
    SortedMap<RowKey, Series> kept = new TreeMap<>();
    rows.forEach(
        (key, series) -> {
          if (wanted.test(series)) {
            kept.put(key, series);
          }
        });
    return new Results(source, kept, conflicts);
  }

  /**
   * Adds the forks of another run.
   *
   * @param more of the same side
   * @return the rows of both, as {@link #of} gathers them
   */
  public Results plus(Results more) {
    List<Series> all = new ArrayList<>(rows.values());
    all.addAll(more.rows.values());
    return of(source, all);
  }
}

package dev.slate.bench.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All rows of one side of a comparison, by key. Immutable. */
public final class Results {
  private final String source;
  private final SortedMap<RowKey, Series> rows;

  private Results(String source, SortedMap<RowKey, Series> rows) {
    this.source = source;
    this.rows = Collections.unmodifiableSortedMap(rows);
  }

  /**
   * Gathers rows; those with the same key add up their forks, in order.
   *
   * @param source the file, for messages
   * @param series in any order
   * @return the rows by key
   * @throws BadInputException if one row comes in two units, or its forks ran under two JVMs
   */
  public static Results of(String source, List<Series> series) {
    SortedMap<RowKey, Series> rows = new TreeMap<>();
    Map<RowKey, RowKey> units = new HashMap<>();
    for (Series next : series) {
      RowKey key = next.key();
      RowKey seen = units.putIfAbsent(key.withoutUnit(), key);
      if (seen != null && !seen.equals(key)) {
        throw new BadInputException(
            source, "mixed units: " + seen + " and elsewhere " + key.unit());
      }
      Series before = rows.get(key);
      if (before != null) {
        List<String> differences = before.environment().differences(next.environment());
        if (!differences.isEmpty()) {
          throw new BadInputException(
              source, "holds " + key + " twice, under another " + String.join(", ", differences));
        }
      }
      rows.put(key, before == null ? next : before.plus(next));
    }
    return new Results(source, rows);
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
    return new Results(source, kept);
  }

  /**
   * Adds the forks of another run.
   *
   * @param more of the same side
   * @return the rows of both
   * @throws BadInputException if one row comes in two units, or its forks ran under two JVMs
   */
  public Results plus(Results more) {
    List<Series> all = new ArrayList<>(rows.values());
    all.addAll(more.rows.values());
    return of(source, all);
  }
}

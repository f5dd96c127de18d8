package dev.slate.recommend;

import java.util.List;
import java.util.Objects;

/**
 * Known numbers of users or items besides feedback: genres, age, price. One row for each ordinal,
 * row-major; an unknown row is all 0. Immutable; safe from many threads.
 *
 * @param names of the columns, at least one
 * @param values rows x columns, finite, row-major; not copied
 * @param known for each row, whether anything is known; not copied
 */
public record Features(List<String> names, float[] values, boolean[] known) {
  /**
   * Checks the shape.
   *
   * @param names of the columns
   * @param values rows x columns
   * @param known one for each row
   * @throws IllegalArgumentException if the shapes contradict each other, there is no column, or a
   *     value is not finite
   */
  public Features {
    names = List.copyOf(names);
    Objects.requireNonNull(known, "known");
    if (names.isEmpty() || values.length != (long) names.size() * known.length) {
      throw new IllegalArgumentException(
          values.length + " values are not " + known.length + " rows of " + names.size());
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a feature is " + value);
      }
    }
  }

  /**
   * Number of columns.
   *
   * @return at least 1
   */
  public int width() {
    return names.size();
  }

  /**
   * Number of rows.
   *
   * @return users or items
   */
  public int rows() {
    return known.length;
  }

  /**
   * A feature.
   *
   * @param row 0..rows-1
   * @param column 0..width-1
   * @return finite
   */
  public float get(int row, int column) {
    return values[row * names.size() + column];
  }
}

package dev.slate.data;

import java.util.List;

/**
 * How vectors are read.
 *
 * @param columns the columns to take, in this order: names from the header, numbers from 0, or
 *     ranges of numbers such as {@code 0-127}; empty for all
 * @param nonFinite whether NaN and infinities pass; else they are bad input
 */
public record ReadOptions(List<String> columns, boolean nonFinite) {
  /** All columns, finite values only. */
  public static final ReadOptions DEFAULT = new ReadOptions(List.of(), false);

  /**
   * Creates options.
   *
   * @param columns copied
   * @param nonFinite whether NaN and infinities pass
   */
  public ReadOptions {
    columns = List.copyOf(columns);
  }

  /**
   * The same options with other columns.
   *
   * @param columns names, numbers or ranges; empty for all
   * @return new options
   */
  public ReadOptions withColumns(List<String> columns) {
    return new ReadOptions(columns, nonFinite);
  }

  /**
   * The same options, letting NaN and infinities pass.
   *
   * @return new options
   */
  public ReadOptions withNonFinite() {
    return new ReadOptions(columns, true);
  }
}

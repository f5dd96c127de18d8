package dev.slate.data;

import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * How vectors are read.
 *
 * @param columns the columns to take, in this order: names from the header, numbers from 0, or
 *     ranges of numbers such as {@code 0-127}; empty for all
 * @param header whether the first line of text is a header; other formats have none
 * @param nonFinite whether NaN and infinities pass; else they are bad input
 * @param progress told now and then how many rows of a text are in memory, by the thread that reads
 */
public record ReadOptions(
    List<String> columns, Header header, boolean nonFinite, LongConsumer progress) {
  /** All columns, a header where it looks like one, finite values only. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(List.of(), Header.AUTO, false, rows -> {});

  /**
   * Creates options.
   *
   * @param columns copied
   * @param header whether the first line of text is a header
   * @param nonFinite whether NaN and infinities pass
   * @param progress told how many rows of a text are in memory
   */
  public ReadOptions {
    columns = List.copyOf(columns);
    Objects.requireNonNull(header, "header");
    Objects.requireNonNull(progress, "progress");
  }

  /**
   * The same options with other columns.
   *
   * @param columns names, numbers or ranges; empty for all
   * @return new options
   */
  public ReadOptions withColumns(List<String> columns) {
    return new ReadOptions(columns, header, nonFinite, progress);
  }

  /**
   * The same options with another header.
   *
   * @param header whether the first line of text is a header
   * @return new options
   */
  public ReadOptions withHeader(Header header) {
    return new ReadOptions(columns, header, nonFinite, progress);
  }

  /**
   * The same options, letting NaN and infinities pass.
   *
   * @return new options
   */
  public ReadOptions withNonFinite() {
    return new ReadOptions(columns, header, true, progress);
  }

  /**
   * The same options, telling how far the reading of a text into memory is.
   *
   * @param progress told how many rows there are so far, now and then, by the thread that reads
   * @return new options
   */
  public ReadOptions withProgress(LongConsumer progress) {
    return new ReadOptions(columns, header, nonFinite, progress);
  }
}

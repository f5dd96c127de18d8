package dev.slate.data.format;

import java.util.List;

/** Rows of numbers in the order of the file, once. For one thread. */
public interface RowStream extends AutoCloseable {
  /**
   * Numbers in a row.
   *
   * @return at least 1
   */
  int dimensions();

  /**
   * What the source holds, for people.
   *
   * @return a word or two
   */
  String type();

  /**
   * Names of the columns.
   *
   * @return one for each column, or none at all
   */
  List<String> names();

  /**
   * Reads the next rows.
   *
   * @param dst receives them, row-major, from index 0
   * @param rows the most to read; {@code dst} has room for them
   * @return how many were read; 0 at the end
   */
  int next(float[] dst, int rows);

  /**
   * Reads the next rows before they are rounded to float32.
   *
   * @param dst receives them, row-major, from index 0
   * @param rows the most to read; {@code dst} has room for them
   * @return how many were read; 0 at the end
   */
  int nextDoubles(double[] dst, int rows);

  /**
   * Names of the rows that were read so far.
   *
   * @return one for each row, or none at all
   */
  default List<String> ids() {
    return List.of();
  }

  /**
   * Number of rows, where it is known beforehand.
   *
   * @return n, or -1
   */
  default long size() {
    return -1;
  }

  /**
   * One number as the source spells it, before rounding. Only asked where {@link #next} lets values
   * pass that are not finite.
   *
   * @param row from 0
   * @param column from 0
   * @return its text
   */
  default String cell(long row, int column) {
    throw new UnsupportedOperationException(type());
  }

  /**
   * Where a column stands in the file.
   *
   * @param column from 0
   * @return its number there
   */
  default int fileColumn(int column) {
    return column;
  }

  @Override
  void close();
}

package dev.slate.data.format;

import java.util.List;

/**
 * Rows of numbers that can be read in any order, by any number of threads at once.
 *
 * <p>Values are converted to float32 and not judged: NaN and infinities pass through, the caller
 * refuses or counts them.
 */
public interface RowSource extends AutoCloseable {
  /**
   * Number of rows.
   *
   * @return at least 1
   */
  int size();

  /**
   * Numbers in a row.
   *
   * @return at least 1
   */
  int dimensions();

  /**
   * What the source holds, for people: {@code float32}, {@code text}.
   *
   * @return a word or two
   */
  String type();

  /**
   * Names of the columns.
   *
   * @return one for each column, or none at all
   */
  default List<String> names() {
    return List.of();
  }

  /**
   * Reads rows, row-major.
   *
   * @param first row number, from 0
   * @param count number of rows
   * @param dst receives {@code count x dimensions} floats
   * @param offset where the first float goes
   * @throws IndexOutOfBoundsException if the rows or the destination do not exist
   * @throws dev.slate.data.InputException if the file does not hold what its header promised
   */
  void read(int first, int count, float[] dst, int offset);

  /**
   * Reads rows before they are rounded to float32.
   *
   * @param first row number, from 0
   * @param count number of rows
   * @param dst receives {@code count x dimensions} numbers
   * @param offset where the first goes
   */
  default void readDoubles(int first, int count, double[] dst, int offset) {
    float[] values = new float[count * dimensions()];
    read(first, count, values, 0);
    for (int i = 0; i < values.length; i++) {
      dst[offset + i] = values[i];
    }
  }

  /**
   * Names of the rows.
   *
   * @return one for each row, or none at all
   */
  default List<String> ids() {
    return List.of();
  }

  /**
   * Tells whether values may be rounded when they become float32.
   *
   * @return true for wider types
   */
  default boolean rounds() {
    return false;
  }

  /**
   * One number as the source spells it, before rounding.
   *
   * @param row from 0
   * @param column from 0
   * @return its text
   */
  default String cell(int row, int column) {
    float[] values = new float[dimensions()];
    read(row, 1, values, 0);
    return Float.toString(values[column]);
  }

  /**
   * Where a column stands in the file.
   *
   * @param column from 0
   * @return its number there, different where only some columns were chosen
   */
  default int fileColumn(int column) {
    return column;
  }

  /**
   * Reads rows of integers, exactly.
   *
   * @param first row number, from 0
   * @param count number of rows
   * @param dst receives {@code count x dimensions} integers
   * @param offset where the first goes
   * @throws UnsupportedOperationException if the source does not hold integers
   */
  default void readIntegers(int first, int count, long[] dst, int offset) {
    throw new UnsupportedOperationException("a source of " + type() + " does not hold integers");
  }

  @Override
  default void close() {}
}

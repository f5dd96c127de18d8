package dev.slate.data.format;

import dev.slate.data.InputException;
import java.math.BigInteger;

/**
 * The shape that a header claims, checked against the bytes that are there before anything is
 * allocated.
 *
 * @param rows n, 1..2^31-1
 * @param columns d, 1..{@value #MAX_COLUMNS}
 */
record RowShape(int rows, int columns) {
  static final int MAX_COLUMNS = 1 << 20;

  /**
   * Believes a claim, or refuses it.
   *
   * @param spec the file
   * @param rows claimed
   * @param columns claimed
   * @param bytesPerNumber size of a stored number
   * @param available bytes that are in the file after the header
   */
  static RowShape of(String spec, long rows, long columns, int bytesPerNumber, long available) {
    if (rows < 0 || columns < 0) {
      throw new InputException(spec, "the header promises " + rows + " x " + columns + " values");
    }
    BigInteger promised =
        BigInteger.valueOf(rows)
            .multiply(BigInteger.valueOf(columns))
            .multiply(BigInteger.valueOf(bytesPerNumber));
    if (promised.compareTo(BigInteger.valueOf(available)) > 0) {
      throw new InputException(
          spec,
          "the header promises %d x %d values in %d bytes, but %d are there"
              .formatted(rows, columns, promised, available));
    }
    return limited(spec, rows, columns);
  }

  /** Refuses what no catalogue can be. */
  static RowShape limited(String spec, long rows, long columns) {
    if (rows == 0 || columns == 0) {
      throw new InputException(
          spec, "holds no values (its shape is " + rows + " x " + columns + ")");
    }
    if (rows > Integer.MAX_VALUE) {
      throw new InputException(spec, "holds " + rows + " rows; the most is " + Integer.MAX_VALUE);
    }
    if (columns > MAX_COLUMNS) {
      throw new InputException(
          spec, "holds rows of " + columns + " values; the most is " + MAX_COLUMNS);
    }
    return new RowShape((int) rows, (int) columns);
  }
}

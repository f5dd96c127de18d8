package dev.slate.data;

import dev.slate.data.format.Finite;
import dev.slate.data.format.NonFinite;
import dev.slate.data.format.RowStream;
import java.util.Arrays;
import java.util.List;

/** Vectors of a file in their order, once, in constant memory. For one thread. */
public final class VectorStream implements AutoCloseable {
  private static final int PIECE_NUMBERS = 1 << 16;

  private final String spec;
  private final RowStream rows;
  private final boolean nonFinite;
  private long read;

  VectorStream(String spec, RowStream rows, boolean nonFinite) {
    this.spec = spec;
    this.rows = rows;
    this.nonFinite = nonFinite;
  }

  /**
   * Numbers in a row.
   *
   * @return d, at least 1
   */
  public int dimensions() {
    return rows.dimensions();
  }

  /**
   * Number of rows, where it is known beforehand.
   *
   * @return n, or -1 for text and for a folder of files
   */
  public long size() {
    return rows.size();
  }

  /**
   * Names of the columns, from a header.
   *
   * @return one for each dimension, or none at all
   */
  public List<String> names() {
    return rows.names();
  }

  /**
   * Names of the rows that were read so far, as {@link VectorFile#ids}.
   *
   * @return one for each row, or none at all; grows with what is read
   */
  public List<String> ids() {
    return rows.ids();
  }

  /**
   * Reads the next rows.
   *
   * @param dst receives them, row-major, from index 0
   * @param most largest number of rows to read, at least 1
   * @return how many were read: {@code most}, fewer only at the end, 0 after it
   * @throws IllegalArgumentException if most is below 1, or {@code dst} has no room for the rows
   * @throws InputException if there are no rows at all, if a value is not a number, or not finite
   *     and that was not allowed, if a row contradicts the header, or if the file cannot be read
   */
  public int next(float[] dst, int most) {
    int d = rows.dimensions();
    checkMost(most);
    if ((long) most * d > dst.length) {
      throw new IllegalArgumentException(
          "an array of " + dst.length + " floats has no room for " + most + " rows of " + d);
    }
    int count = rows.next(dst, most);
    if (count == 0 && read == 0) {
      throw new InputException(spec, "holds no rows");
    }
    int bad = nonFinite ? -1 : Finite.firstBad(dst, 0, count * d);
    if (bad >= 0) {
      long row = read + bad / d;
      throw new InputException(spec, NonFinite.problem(rows.cell(row, bad % d)))
          .atRow(row)
          .atColumn(rows.fileColumn(bad % d));
    }
    read += count;
    return count;
  }

  /**
   * Reads the next rows before they are rounded to float32. NaN and infinities pass.
   *
   * @param most largest number of rows to read, at least 1
   * @return their values, row-major: of {@code most} rows, fewer only at the end, none after it
   * @throws IllegalArgumentException if most is below 1
   * @throws InputException if a value is not a number, if a row contradicts the header, or if the
   *     file cannot be read
   */
  public double[] nextDoubles(int most) {
    checkMost(most);
    double[] values = new double[Math.multiplyExact(most, rows.dimensions())];
    int count = rows.nextDoubles(values, most);
    read += count;
    return Arrays.copyOf(values, count * rows.dimensions());
  }

  private static void checkMost(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1, but it is " + most);
    }
  }

  /** Halfway between the extremes of each column; reads all rows. */
  double[] midpoints() {
    int d = rows.dimensions();
    double[] least = new double[d];
    double[] most = new double[d];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    Arrays.fill(most, Double.NEGATIVE_INFINITY);
    int pieceRows = Math.max(1, PIECE_NUMBERS / d);
    double[] piece = new double[pieceRows * d];
    for (int count = rows.nextDoubles(piece, pieceRows);
        count > 0;
        count = rows.nextDoubles(piece, pieceRows)) {
      for (int i = 0; i < count * d; i++) {
        if (!Double.isFinite(piece[i])) {
          throw new InputException(spec, NonFinite.problem(Double.toString(piece[i])))
              .atRow(read + i / d)
              .atColumn(rows.fileColumn(i % d));
        }
        least[i % d] = Math.min(least[i % d], piece[i]);
        most[i % d] = Math.max(most[i % d], piece[i]);
      }
      read += count;
    }
    if (read == 0) {
      throw new InputException(spec, "holds no rows");
    }
    for (int j = 0; j < d; j++) {
      least[j] = least[j] / 2 + most[j] / 2;
    }
    return least;
  }

  @Override
  public void close() {
    rows.close();
  }
}

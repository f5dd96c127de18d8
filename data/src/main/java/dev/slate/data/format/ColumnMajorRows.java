package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Rows of a file that stores column after column, the order of Fortran's arrays of two dimensions.
 *
 * <pre>
 *   offset      | column 0           | column 1           | ...
 *   ------------+--------------------+--------------------+
 *   file header | n x Element        | n x Element        |
 * </pre>
 *
 * <p>A read takes a piece of each column: cheap for many rows, one seek a value for a single row.
 */
final class ColumnMajorRows implements RowSource {
  private static final int PIECE_ROWS = 1 << 12;

  private final FileSpec location;
  private final FileBytes file;
  private final long offset;
  private final Element element;
  private final RowShape shape;

  ColumnMajorRows(FileSpec location, FileBytes file, long offset, Element element, RowShape shape) {
    this.location = location;
    this.file = file;
    this.offset = offset;
    this.element = element;
    this.shape = shape;
  }

  @Override
  public int size() {
    return shape.rows();
  }

  @Override
  public int dimensions() {
    return shape.columns();
  }

  @Override
  public String type() {
    return element + " in Fortran order";
  }

  @Override
  public void read(int first, int count, float[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    float[] values = new float[Math.min(count, PIECE_ROWS)];
    forEachPiece(
        first,
        count,
        (bytes, row, column, rows) -> {
          element.decode(bytes, rows, values, 0);
          for (int r = 0, to = at + (row - first) * d + column; r < rows; r++, to += d) {
            dst[to] = values[r];
          }
        });
  }

  @Override
  public void readDoubles(int first, int count, double[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    double[] values = new double[Math.min(count, PIECE_ROWS)];
    forEachPiece(
        first,
        count,
        (bytes, row, column, rows) -> {
          element.decode(bytes, rows, values, 0);
          for (int r = 0, to = at + (row - first) * d + column; r < rows; r++, to += d) {
            dst[to] = values[r];
          }
        });
  }

  @Override
  public void readIntegers(int first, int count, long[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    long[] values = new long[Math.min(count, PIECE_ROWS)];
    forEachPiece(
        first,
        count,
        (bytes, row, column, rows) -> {
          element.decode(bytes, rows, values, 0);
          for (int r = 0, to = at + (row - first) * d + column; r < rows; r++, to += d) {
            dst[to] = values[r];
          }
        });
  }

  @Override
  public boolean rounds() {
    return element.rounds();
  }

  @Override
  public String cell(int row, int column) {
    StringBuilder text = new StringBuilder();
    take(row, column, 1, bytes -> text.append(element.text(bytes, 0)));
    return text.toString();
  }

  /** Takes the bytes of some rows of one column. */
  private interface Piece {
    void take(ByteBuffer bytes, int row, int column, int rows);
  }

  private void forEachPiece(int first, int count, Piece piece) {
    Objects.checkFromIndexSize(first, count, shape.rows());
    for (int done = 0; done < count; done += PIECE_ROWS) {
      int row = first + done;
      int rows = Math.min(PIECE_ROWS, count - done);
      for (int j = 0; j < shape.columns(); j++) {
        int column = j;
        take(row, column, rows, bytes -> piece.take(bytes, row, column, rows));
      }
    }
  }

  private void take(int row, int column, int rows, java.util.function.Consumer<ByteBuffer> taker) {
    long start = offset + ((long) column * shape.rows() + row) * element.bytes();
    try {
      if (!file.take(start, rows * element.bytes(), taker)) {
        throw new InputException(
                location.spec(), "ends at byte " + file.size() + " while it is read")
            .atRow(row)
            .atColumn(column);
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }
}

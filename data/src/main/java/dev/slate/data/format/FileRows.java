package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Rows of equal length in a binary file.
 *
 * <pre>
 *   offset      | row 0                  | row 1                  | ...
 *   ------------+--------+---------------+--------+---------------+
 *   file header | prefix | d x Element   | prefix | d x Element   |
 * </pre>
 *
 * <p>Reads go by position, so that threads share no cursor. A file that shrinks under the reader is
 * an error.
 */
final class FileRows implements RowSource {
  private static final int PIECE_BYTES = 1 << 18;

  /** What stands before the numbers of a row. */
  enum Prefix {
    NONE,
    /** Their count, an int32. */
    COUNT;

    int bytes() {
      return this == COUNT ? Integer.BYTES : 0;
    }
  }

  private final FileSpec location;
  private final FileBytes file;
  private final long offset;
  private final Prefix prefix;
  private final Element element;
  private final RowShape shape;
  private final int rowBytes;
  private final int pieceRows;

  FileRows(
      FileSpec location,
      FileBytes file,
      long offset,
      Prefix prefix,
      Element element,
      RowShape shape) {
    this.location = location;
    this.file = file;
    this.offset = offset;
    this.prefix = prefix;
    this.element = element;
    this.shape = shape;
    this.rowBytes = prefix.bytes() + shape.columns() * element.bytes();
    this.pieceRows = Math.max(1, PIECE_BYTES / rowBytes);
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
    return element.toString();
  }

  @Override
  public void read(int first, int count, float[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    forEachPiece(
        first,
        count,
        (bytes, row, rows) -> {
          int to = at + (row - first) * d;
          if (prefix == Prefix.NONE) {
            element.decode(bytes, rows * d, dst, to);
          } else {
            for (int r = 0; r < rows; r++, to += d) {
              bytes.position(r * rowBytes + prefix.bytes());
              element.decode(bytes, d, dst, to);
            }
          }
        });
  }

  @Override
  public void readIntegers(int first, int count, long[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    forEachPiece(
        first,
        count,
        (bytes, row, rows) -> {
          for (int r = 0; r < rows; r++) {
            bytes.position(r * rowBytes + prefix.bytes());
            element.decode(bytes, d, dst, at + (row - first + r) * d);
          }
        });
  }

  @Override
  public void readDoubles(int first, int count, double[] dst, int at) {
    int d = shape.columns();
    Objects.checkFromIndexSize(at, (long) count * d, dst.length);
    forEachPiece(
        first,
        count,
        (bytes, row, rows) -> {
          for (int r = 0; r < rows; r++) {
            bytes.position(r * rowBytes + prefix.bytes());
            element.decode(bytes, d, dst, at + (row - first + r) * d);
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
    forEachPiece(
        row,
        1,
        (bytes, at, rows) ->
            text.append(element.text(bytes, prefix.bytes() + column * element.bytes())));
    return text.toString();
  }

  /** Takes the bytes of some rows. */
  private interface Piece {
    void take(ByteBuffer bytes, int row, int rows);
  }

  private void forEachPiece(int first, int count, Piece piece) {
    Objects.checkFromIndexSize(first, count, shape.rows());
    for (int done = 0; done < count; ) {
      int row = first + done;
      int rows = Math.min(pieceRows, count - done);
      long start = offset + (long) row * rowBytes;
      try {
        boolean whole = file.take(start, rows * rowBytes, bytes -> take(bytes, row, rows, piece));
        if (!whole) {
          throw cut(start);
        }
      } catch (IOException e) {
        throw location.unreadable(e);
      }
      done += rows;
    }
  }

  private void take(ByteBuffer bytes, int row, int rows, Piece piece) {
    if (prefix == Prefix.COUNT) {
      checkCounts(bytes, row, rows);
    }
    piece.take(bytes, row, rows);
  }

  private InputException cut(long start) throws IOException {
    long end = file.size();
    return new InputException(location.spec(), "ends at byte " + end + " while it is read")
        .atRow((Math.max(start, end) - offset) / rowBytes);
  }

  private void checkCounts(ByteBuffer bytes, int row, int rows) {
    for (int r = 0; r < rows; r++) {
      int claimed = bytes.getInt(r * rowBytes);
      if (claimed != shape.columns()) {
        throw new InputException(
                location.spec(),
                "the row says that it holds "
                    + claimed
                    + " values, the first row "
                    + shape.columns())
            .atRow(row + r);
      }
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

package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rows of equal length in a binary file.
 *
 * <pre>
 *   offset      | row 0                  | row 1                  | ...
 *   ------------+--------+---------------+--------+---------------+
 *   file header | prefix | d x Element   | prefix | d x Element   |
 * </pre>
 *
 * <p>Reads go by position into direct buffers that are pooled, so that threads neither share a
 * cursor nor allocate, and a file that shrinks under the reader is an error and not a fault of the
 * machine.
 */
final class FileRows implements RowSource {
  private static final int BUFFER_BYTES = 1 << 18;

  /** What stands before the numbers of a row. */
  enum Prefix {
    NONE,
    /** Their count, an int32. */
    COUNT;

    int bytes() {
      return this == COUNT ? Integer.BYTES : 0;
    }
  }

  private final Location location;
  private final FileChannel channel;
  private final long offset;
  private final Prefix prefix;
  private final Element element;
  private final Shape shape;
  private final int rowBytes;
  private final int bufferRows;
  private final ConcurrentLinkedQueue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  FileRows(
      Location location,
      FileChannel channel,
      long offset,
      Prefix prefix,
      Element element,
      Shape shape) {
    this.location = location;
    this.channel = channel;
    this.offset = offset;
    this.prefix = prefix;
    this.element = element;
    this.shape = shape;
    this.rowBytes = prefix.bytes() + shape.columns() * element.bytes();
    this.bufferRows = Math.max(1, BUFFER_BYTES / rowBytes);
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
    ByteBuffer pooled = buffers.poll();
    ByteBuffer buffer =
        pooled == null
            ? ByteBuffer.allocateDirect(bufferRows * rowBytes).order(ByteOrder.LITTLE_ENDIAN)
            : pooled;
    try {
      for (int done = 0; done < count; ) {
        int rows = Math.min(bufferRows, count - done);
        fill(buffer.clear().limit(rows * rowBytes), first + done);
        if (prefix == Prefix.COUNT) {
          checkCounts(buffer, first + done, rows);
        }
        piece.take(buffer.position(0), first + done, rows);
        done += rows;
      }
    } finally {
      buffers.offer(buffer);
    }
  }

  private void fill(ByteBuffer buffer, int row) {
    long start = offset + (long) row * rowBytes;
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + buffer.position()) < 0) {
          throw new InputException(
                  location.spec(),
                  "ends at byte " + (start + buffer.position()) + " while it is read")
              .atRow(row + buffer.position() / rowBytes);
        }
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
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
    buffers.clear();
    try {
      channel.close();
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }
}

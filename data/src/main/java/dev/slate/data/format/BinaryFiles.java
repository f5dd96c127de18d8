package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Opens npy, members of npz, fvecs and the like, fbin and the like: reads the header, checks it
 * against the length of the file, and stops there.
 */
final class BinaryFiles {
  private static final int PIECE_BYTES = 1 << 16;

  private BinaryFiles() {}

  static RowSource open(FileSpec location) {
    try {
      FileChannel channel = channel(location);
      try {
        return switch (location.ending()) {
          case NPY, NPZ -> npy(location, channel);
          case FVECS -> vecs(location, channel, Element.FLOAT32);
          case BVECS -> vecs(location, channel, Element.UINT8);
          case IVECS -> vecs(location, channel, Element.INT32);
          case FBIN -> counted(location, channel, Element.FLOAT32);
          case U8BIN -> counted(location, channel, Element.UINT8);
          case I8BIN -> counted(location, channel, Element.INT8);
          case IBIN -> counted(location, channel, Element.INT32);
          case CSV, TSV, WORDS, HDF5, PARQUET ->
              throw new IllegalArgumentException(location.spec());
        };
      } catch (RuntimeException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static FileChannel channel(FileSpec location) throws IOException {
    if (location.ending() == Ending.NPZ) {
      return NpzMembers.unpack(location);
    }
    return location.gzip()
        ? unpack(location, Formats.bytes(location))
        : FileChannel.open(location.path());
  }

  private static RowSource npy(FileSpec location, FileChannel channel) throws IOException {
    String spec = location.spec();
    Npy npy = Npy.of(spec, channel);
    long available = channel.size() - npy.start;
    RowShape shape = RowShape.of(spec, npy.rows, npy.columns, npy.element.bytes(), available);
    if (available > (long) shape.rows() * shape.columns() * npy.element.bytes()) {
      throw new InputException(
          spec,
          "has bytes after the %d x %d values that its header promises"
              .formatted(npy.rows, npy.columns));
    }
    FileBytes bytes = FileBytes.of(channel);
    return npy.columnMajor
        ? new ColumnMajorRows(location, bytes, npy.start, npy.element, shape)
        : new FileRows(location, bytes, npy.start, FileRows.Prefix.NONE, npy.element, shape);
  }

  /** Two counts, then the values: rows and columns. */
  private static RowSource counted(FileSpec location, FileChannel channel, Element element)
      throws IOException {
    String spec = location.spec();
    byte[] head = bytes(channel, 0, 2 * Integer.BYTES);
    if (head.length < 2 * Integer.BYTES) {
      throw new InputException(spec, "ends within its two counts");
    }
    ByteBuffer counts = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long rows = Integer.toUnsignedLong(counts.getInt(0));
    long columns = Integer.toUnsignedLong(counts.getInt(Integer.BYTES));
    long available = channel.size() - head.length;
    RowShape shape = RowShape.of(spec, rows, columns, element.bytes(), available);
    long promised = rows * columns * element.bytes();
    // True neighbours are followed by as many distances.
    boolean distances = element == Element.INT32 && available == 2 * promised;
    if (available > promised && !distances) {
      throw new InputException(
          spec,
          "has bytes after the %d x %d values that its header promises".formatted(rows, columns));
    }
    return new FileRows(
        location, FileBytes.of(channel), head.length, FileRows.Prefix.NONE, element, shape);
  }

  /** What the header of an npy file says. */
  private record Npy(long start, Element element, long rows, long columns, boolean columnMajor) {
    static Npy of(String spec, FileChannel channel) throws IOException {
      NpyHeader.Extent extent =
          NpyHeader.Extent.of(spec, bytes(channel, 0, NpyHeader.PREFIX_BYTES));
      byte[] dictionary = bytes(channel, extent.start(), (int) extent.length());
      if (dictionary.length < extent.length()) {
        throw new InputException(spec, "ends within the npy header");
      }
      NpyHeader header = NpyHeader.parse(spec, new String(dictionary, StandardCharsets.ISO_8859_1));
      return new Npy(
          extent.start() + extent.length(),
          header.element(),
          header.lengths().getFirst(),
          header.lengths().size() == 1 ? 1 : header.lengths().get(1),
          header.columnMajor());
    }

    /** Length of the file that the header describes, or 2^63 - 1 where that is more. */
    long end() {
      BigInteger end =
          BigInteger.valueOf(rows)
              .multiply(BigInteger.valueOf(columns))
              .multiply(BigInteger.valueOf(element.bytes()))
              .add(BigInteger.valueOf(start));
      return end.bitLength() < Long.SIZE ? end.longValue() : Long.MAX_VALUE;
    }
  }

  private static RowSource vecs(FileSpec location, FileChannel channel, Element element)
      throws IOException {
    String spec = location.spec();
    long size = channel.size();
    byte[] head = bytes(channel, 0, Magic.HEAD);
    if (head.length < Integer.BYTES) {
      throw new InputException(spec, "ends within the length of row 0");
    }
    long columns = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    long rowBytes = Integer.BYTES + columns * element.bytes();
    if (columns < 1 || columns > RowShape.MAX_COLUMNS || rowBytes > size) {
      String looks = Magic.describe(head);
      throw new InputException(
              spec,
              "the first row claims "
                  + columns
                  + " values in a file of "
                  + size
                  + " bytes"
                  + (looks == null ? "" : "; it looks like " + looks))
          .atRow(0);
    }
    if (size % rowBytes != 0) {
      throw new InputException(
              spec,
              "ends within a row: rows of " + rowBytes + " bytes do not divide " + size + " bytes")
          .atRow(size / rowBytes);
    }
    RowShape shape = RowShape.limited(spec, size / rowBytes, columns);
    return new FileRows(location, FileBytes.of(channel), 0, FileRows.Prefix.COUNT, element, shape);
  }

  private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
    byte[] bytes = new byte[(int) Math.min(length, Math.max(0, channel.size() - position))];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, position + buffer.position());
    }
    return buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes;
  }

  /**
   * Unpacks into a file that has no name any more, so that nothing is left behind however the
   * process ends. Of npy no more is unpacked than the header promises, and a byte that shows that
   * there is more.
   */
  static FileChannel unpack(FileSpec location, InputStream packed) throws IOException {
    FileChannel channel = Target.nameless();
    try (InputStream in = packed) {
      OutputStream out = Channels.newOutputStream(channel);
      if (location.ending() == Ending.NPY || location.ending() == Ending.NPZ) {
        out.write(in.readNBytes(NpyHeader.PREFIX_BYTES + NpyHeader.MAX_DICTIONARY));
        long missing = Npy.of(location.spec(), channel).end() + 1 - channel.size();
        copy(in, out, missing);
      } else {
        in.transferTo(out);
      }
      return channel;
    } catch (RuntimeException | IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    for (long left = most; left > 0; ) {
      int count = in.read(piece, 0, (int) Math.min(left, piece.length));
      if (count < 0) {
        return;
      }
      out.write(piece, 0, count);
      left -= count;
    }
  }
}

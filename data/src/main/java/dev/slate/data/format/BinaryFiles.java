package dev.slate.data.format;

import dev.slate.data.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * Opens npy and fvecs, bvecs, ivecs: reads the header, checks it against the length of the file,
 * and stops there.
 */
final class BinaryFiles {
  private BinaryFiles() {}

  static RowSource open(Location location) {
    try {
      FileChannel channel = location.gzip() ? gunzip(location) : FileChannel.open(location.path());
      try {
        return switch (location.ending()) {
          case NPY -> npy(location, channel);
          case FVECS -> vecs(location, channel, Element.FLOAT32);
          case BVECS -> vecs(location, channel, Element.UINT8);
          case IVECS -> vecs(location, channel, Element.INT32);
          case CSV, TSV, HDF5 -> throw new IllegalArgumentException(location.spec());
        };
      } catch (RuntimeException | IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw location.unreadable(e);
    }
  }

  private static RowSource npy(Location location, FileChannel channel) throws IOException {
    String spec = location.spec();
    NpyHeader.Extent extent = NpyHeader.Extent.of(spec, bytes(channel, 0, NpyHeader.PREFIX_BYTES));
    byte[] dictionary = bytes(channel, extent.start(), (int) extent.length());
    if (dictionary.length < extent.length()) {
      throw new InputException(spec, "ends within the npy header");
    }
    NpyHeader header = NpyHeader.parse(spec, new String(dictionary, StandardCharsets.ISO_8859_1));
    long start = extent.start() + extent.length();
    long rows = header.lengths().getFirst();
    long columns = header.lengths().size() == 1 ? 1 : header.lengths().get(1);
    long available = channel.size() - start;
    Shape shape = Shape.of(spec, rows, columns, header.element().bytes(), available);
    long surplus = available - (long) shape.rows() * shape.columns() * header.element().bytes();
    if (surplus > 0) {
      throw new InputException(
          spec,
          "has "
              + surplus
              + " bytes after the "
              + rows
              + " x "
              + columns
              + " values that its header promises");
    }
    return new FileRows(location, channel, start, FileRows.Prefix.NONE, header.element(), shape);
  }

  private static RowSource vecs(Location location, FileChannel channel, Element element)
      throws IOException {
    String spec = location.spec();
    long size = channel.size();
    byte[] head = bytes(channel, 0, Magic.HEAD);
    if (head.length < Integer.BYTES) {
      throw new InputException(spec, "ends within the length of row 0");
    }
    long columns = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    long rowBytes = Integer.BYTES + columns * element.bytes();
    if (columns < 1 || columns > Shape.MAX_COLUMNS || rowBytes > size) {
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
    Shape shape = Shape.limited(spec, size / rowBytes, columns);
    return new FileRows(location, channel, 0, FileRows.Prefix.COUNT, element, shape);
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
   * process ends.
   */
  private static FileChannel gunzip(Location location) throws IOException {
    FileChannel channel = Target.nameless();
    try (InputStream in = new GZIPInputStream(Files.newInputStream(location.path()), 1 << 16)) {
      in.transferTo(Channels.newOutputStream(channel));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}

package dev.slate.data.format;

import dev.slate.data.InputException;
import dev.slate.data.OutputFile;
import dev.slate.data.VectorWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * Writes npy, fvecs, bvecs and ivecs. The number of rows is not known beforehand; npy's header is
 * completed at the end.
 */
public final class BinaryWriter implements VectorWriter {
  private static final int BUFFER_BYTES = 1 << 18;

  private final String spec;
  private final Target target;
  private final boolean npy;
  private final Element element;
  private final int d;
  private final ByteBuffer buffer;
  private long rows;

  private BinaryWriter(Location location, Element element, int d) {
    this.spec = location.spec();
    this.npy = location.ending() == Ending.NPY;
    this.element = element;
    this.d = d;
    this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    this.target = Target.create(location);
    if (npy) {
      buffer.put(NpyHeader.bytes(element, 0, d));
    }
  }

  /**
   * Starts a file of vectors: float32, or what the ending demands.
   *
   * @param location ends in npy, fvecs, bvecs or ivecs
   * @param d numbers in a row
   * @return the writer
   * @throws InputException if the file cannot be written
   */
  public static BinaryWriter ofVectors(Location location, int d) {
    Element element =
        switch (location.ending()) {
          case NPY, FVECS -> Element.FLOAT32;
          case BVECS -> Element.UINT8;
          case IVECS -> Element.INT32;
          case CSV, TSV, HDF5 -> throw new IllegalArgumentException(location.spec());
        };
    return new BinaryWriter(location, element, d);
  }

  /**
   * Starts a file of ordinals, int32.
   *
   * @param location ends in npy or ivecs
   * @param d the most numbers in a row; any number for ivecs, where rows differ
   * @return the writer
   * @throws InputException if the file cannot be written
   */
  public static BinaryWriter ofOrdinals(Location location, int d) {
    return new BinaryWriter(location, Element.INT32, d);
  }

  @Override
  public void append(float[] values, int offset, int count) {
    Objects.checkFromIndexSize(offset, (long) count * d, values.length);
    for (int r = 0, at = offset; r < count; r++, at += d) {
      begin(d);
      if (element == Element.FLOAT32) {
        put(values, at);
      } else {
        for (int j = 0; j < d; j++) {
          put(integer(values[at + j], j));
        }
      }
      rows++;
    }
  }

  /**
   * Appends one row of ordinals. In ivecs it may be shorter than the others; in npy it is filled up
   * with -1.
   *
   * @param ordinals the row
   * @param count how many, at most d
   */
  public void appendOrdinals(int[] ordinals, int count) {
    if (count > d) {
      throw new IllegalArgumentException(count + " ordinals in rows of " + d);
    }
    begin(count);
    for (int j = 0; j < count; j++) {
      put(ordinals[j]);
    }
    for (int j = count; npy && j < d; j++) {
      put(-1);
    }
    rows++;
  }

  private void begin(int count) {
    if (!npy) {
      room().putInt(count);
    }
  }

  private void put(int value) {
    if (element == Element.UINT8) {
      room().put((byte) value);
    } else {
      room().putInt(value);
    }
  }

  private void put(float[] row, int offset) {
    for (int done = 0; done < d; ) {
      int count = Math.min(d - done, room().remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(row, offset + done, count);
      buffer.position(buffer.position() + count * Float.BYTES);
      done += count;
    }
  }

  /** The buffer, with room for one more number. */
  private ByteBuffer room() {
    if (buffer.remaining() < Integer.BYTES) {
      flush();
    }
    return buffer;
  }

  private int integer(float value, int column) {
    int integer = (int) value;
    boolean holds =
        element == Element.UINT8
            ? integer >= 0 && integer <= 255
            // 2^31 - 1 is no float32, so a value that was cut off shows.
            : integer != Integer.MAX_VALUE;
    if (integer != value || !holds) {
      throw new InputException(
              spec,
              (element == Element.UINT8 ? "holds integers from 0 to 255" : "holds 32-bit integers")
                  + ", not "
                  + value)
          .atRow(rows)
          .atColumn(column);
    }
    return integer;
  }

  private void flush() {
    write(buffer.flip());
    buffer.clear();
  }

  private void write(ByteBuffer bytes) {
    FileChannel channel = target.channel();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw OutputFile.unwritable(spec, e);
    }
  }

  @Override
  public void commit() {
    flush();
    if (npy) {
      try {
        target.channel().write(ByteBuffer.wrap(NpyHeader.bytes(element, rows, d)), 0);
      } catch (IOException e) {
        throw OutputFile.unwritable(spec, e);
      }
    }
    target.commit();
  }

  @Override
  public void close() {
    target.close();
  }
}

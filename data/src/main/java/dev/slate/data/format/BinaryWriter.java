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
 * Writes npy, fvecs, fbin and the like. The number of rows is not known beforehand; a header that
 * holds it is completed at the end.
 */
public final class BinaryWriter implements VectorWriter {
  private static final int BUFFER_BYTES = 1 << 18;

  private final String spec;
  private final Target target;
  private final Ending ending;
  private final boolean counted;
  private final Element element;
  private final int d;
  private final ByteBuffer buffer;
  private long rows;

  private BinaryWriter(FileSpec location, Element element, int d) {
    this.spec = location.spec();
    this.ending = location.ending();
    this.counted =
        switch (ending) {
          case FVECS, BVECS, IVECS -> true;
          default -> false;
        };
    this.element = element;
    this.d = d;
    this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    this.target = Target.create(location);
    buffer.put(header());
  }

  /**
   * Starts a file of vectors: float32, or what the ending demands.
   *
   * @param location ends as a binary format does
   * @param d numbers in a row
   * @return the writer
   * @throws InputException if the file cannot be written
   */
  public static BinaryWriter ofVectors(FileSpec location, int d) {
    Element element =
        switch (location.ending()) {
          case NPY, FVECS, FBIN -> Element.FLOAT32;
          case BVECS, U8BIN -> Element.UINT8;
          case I8BIN -> Element.INT8;
          case IVECS, IBIN -> Element.INT32;
          case NPZ, CSV, TSV, WORDS, HDF5, PARQUET ->
              throw new IllegalArgumentException(location.spec());
        };
    return new BinaryWriter(location, element, d);
  }

  /**
   * Starts a file of ordinals, int32.
   *
   * @param location ends in npy, ibin or ivecs
   * @param d the most numbers in a row; any number for ivecs, where rows differ
   * @return the writer
   * @throws InputException if the file cannot be written
   */
  public static BinaryWriter ofOrdinals(FileSpec location, int d) {
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
   * Appends one row of ordinals. In ivecs it may be shorter than the others; else it is filled up
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
    for (int j = count; !counted && j < d; j++) {
      put(-1);
    }
    rows++;
  }

  /** What stands before the first row; always as long. */
  private byte[] header() {
    if (counted) {
      return new byte[0];
    }
    return ending == Ending.NPY
        ? NpyHeader.bytes(element, rows, d)
        : ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) rows)
            .putInt(d)
            .array();
  }

  private void begin(int count) {
    if (counted) {
      room().putInt(count);
    }
  }

  private void put(int value) {
    if (element.bytes() == 1) {
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
        switch (element) {
          case UINT8 -> integer >= 0 && integer <= 255;
          case INT8 -> integer == (byte) integer;
          // 2^31 - 1 is no float32, so a value that was cut off shows.
          default -> integer != Integer.MAX_VALUE;
        };
    if (integer != value || !holds) {
      String range =
          switch (element) {
            case UINT8 -> "integers from 0 to 255";
            case INT8 -> "integers from -128 to 127";
            default -> "32-bit integers";
          };
      throw new InputException(spec, "holds " + range + ", not " + value)
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
    if (!counted) {
      try {
        target.channel().write(ByteBuffer.wrap(header()), 0);
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

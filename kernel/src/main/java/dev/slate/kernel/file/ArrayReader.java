package dev.slate.kernel.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file that an {@link ArrayWriter} wrote. Each page is checked before a value of it is
 * used, and each length before an array is created. Holds 1 MiB, and four bytes for each page of
 * the file. For one thread.
 */
public final class ArrayReader {
  /** Bytes that are read at once, and are in a core's cache when they are checked and copied. */
  private static final int STEP = 1 << 17;

  /** The same where most of the file is left out. */
  private static final int SMALL_STEP = 1 << 16;

  private final FileChannel channel;
  private final Path file;
  private final int format;
  private final long size;
  private final long body;
  private final int page;
  private final ByteBuffer table;
  private final ByteBuffer block;
  private final @Nullable OnDemandFile later;

  private final int step;
  private LongConsumer progress = bytes -> {};

  private long at;

  /**
   * Where in the body the content of the block starts, a multiple of the step; -1 if it is empty.
   */
  private long loaded = -1;

  /**
   * Checks the header and the size of a file.
   *
   * @param channel the file; the caller closes it
   * @param file its name, for errors
   * @throws IOException if it cannot be read, is no such file, has a newer format, or is damaged
   */
  public ArrayReader(FileChannel channel, Path file) throws IOException {
    this(channel, file, null);
  }

  /**
   * Checks the header and the size of a file of which large arrays are read later, if its pages are
   * small enough.
   *
   * @param open the file, which is closed when nothing is left to be read
   * @param file its name, for errors
   * @throws IOException if it cannot be read, is no such file, has a newer format, or is damaged
   */
  public ArrayReader(RandomAccessFile open, Path file) throws IOException {
    this(open.getChannel(), file, open);
  }

  private ArrayReader(FileChannel channel, Path file, @Nullable RandomAccessFile open)
      throws IOException {
    this.channel = channel;
    this.file = file;
    this.size = channel.size();
    ByteBuffer header = ArrayWriter.direct(ArrayWriter.HEADER);
    if (size < ArrayWriter.HEADER) {
      throw bad("is not a snapshot of an index, or is cut off");
    }
    fill(header, 0);
    if (header.getLong(0) != ArrayWriter.MAGIC) {
      throw bad("is not a snapshot of an index");
    }
    int crc = header.getInt(ArrayWriter.HEADER_CRC);
    if (crc != ArrayWriter.crc(header, 0, ArrayWriter.HEADER_CRC)) {
      throw bad("is damaged: a checksum differs in the header");
    }
    this.format = header.getInt(8);
    if (format > ArrayWriter.FORMAT) {
      throw bad("has format " + format + ", but this version reads up to " + ArrayWriter.FORMAT);
    }
    for (int i = ArrayWriter.HEADER_CRC + 4; i < ArrayWriter.HEADER; i++) {
      if (header.get(i) != 0) {
        throw bad("is damaged: a checksum differs in the header");
      }
    }
    this.body = header.getLong(12);
    this.page = ArrayWriter.page(format);
    long pages = (body + page - 1) / page;
    long whole = ArrayWriter.HEADER + body + 4 * pages;
    if (size != whole) {
      throw bad(
          size < whole
              ? "is cut off: it has " + size + " bytes of " + whole
              : "has " + (size - whole) + " bytes behind its end");
    }
    this.table = ArrayWriter.direct(Math.toIntExact(4 * pages));
    fill(table, ArrayWriter.HEADER + body);
    if (header.getInt(20) != ArrayWriter.crc(table, 0, table.capacity())) {
      throw bad("is damaged: a checksum differs in the table of checksums");
    }
    this.later =
        open == null || page == ArrayWriter.BLOCK
            ? null
            : new OnDemandFile(open, file, page, body, table);
    this.step = Math.max(page, later == null ? STEP : SMALL_STEP);
    this.block = ArrayWriter.direct((int) Math.min(step, body));
  }

  /** Sets who is told, now and then, up to which byte the file was read. */
  public void progress(LongConsumer progress) {
    this.progress = progress;
  }

  /** An error that names the file. */
  public IOException bad(String problem) {
    return new IOException(file + ": " + problem);
  }

  /** The format of the file, 1 to that of this version. */
  public int format() {
    return format;
  }

  /** Bytes of the file. */
  public long size() {
    return size;
  }

  /** The file of which arrays were left to be read; null if all of it is read now. */
  public @Nullable OnDemandFile later() {
    return later;
  }

  /**
   * Leaves an array, without its length, to be read later.
   *
   * @param bytes its size
   * @return where it is; null if it has to be read now, or is empty
   */
  public @Nullable StoredArray later(long bytes) throws IOException {
    if (later == null || bytes == 0) {
      return null;
    }
    align();
    require(bytes);
    long from = at;
    at += bytes;
    return new StoredArray(later, from);
  }

  /** Reads a number. */
  public long number() throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    read(bytes, 0, bytes.length);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /**
   * Reads a number.
   *
   * @param least what it must be at least
   * @param most what it must be at most
   */
  public int number(int least, int most) throws IOException {
    long value = number();
    if (value < least || value > most) {
      throw bad("holds " + value + " where " + least + " to " + most + " is expected");
    }
    return (int) value;
  }

  /** Reads a text. */
  public String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Reads an array with its length. */
  public byte[] bytes() throws IOException {
    byte[] a = new byte[length(Byte.BYTES)];
    part(a, 0, a.length);
    return a;
  }

  /** Reads an array with its length. */
  public int[] ints() throws IOException {
    int[] a = new int[length(Integer.BYTES)];
    part(a, 0, a.length);
    return a;
  }

  /** Reads an array with its length. */
  public float[] floats() throws IOException {
    float[] a = new float[length(Float.BYTES)];
    part(a, 0, a.length);
    return a;
  }

  /** Reads an array with its length. */
  public long[] longs() throws IOException {
    long[] a = new long[length(Long.BYTES)];
    align();
    read(a, 0, a.length);
    return a;
  }

  /** Reads an array with its length. */
  public double[] doubles() throws IOException {
    double[] a = new double[length(Double.BYTES)];
    align();
    read(a, 0, a.length);
    return a;
  }

  /** Reads a part of an array. */
  public void part(byte[] a, int from, int count) throws IOException {
    align();
    read(a, from, count);
  }

  /** Reads a part of an array. */
  public void part(int[] a, int from, int count) throws IOException {
    align();
    read(a, from, count);
  }

  /** Reads a part of an array. */
  public void part(float[] a, int from, int count) throws IOException {
    align();
    read(a, from, count);
  }

  /** Reads a part of an array. */
  public void part(long[] a, int from, int count) throws IOException {
    align();
    read(a, from, count);
  }

  /**
   * Checks a length before memory is taken for it.
   *
   * @param bytes what must be left of the file
   * @throws IOException if less is left
   */
  public void require(long bytes) throws IOException {
    if (bytes < 0 || bytes > body - at) {
      throw bad("is damaged: an array needs " + bytes + " bytes, but " + (body - at) + " remain");
    }
  }

  /** Makes sure that everything was read. */
  public void end() throws IOException {
    if (at != body) {
      throw bad("has " + (body - at) + " bytes that do not belong to an index");
    }
  }

  private int length(int bytes) throws IOException {
    int length = number(0, Integer.MAX_VALUE - 8);
    require((long) length * bytes);
    return length;
  }

  private void align() throws IOException {
    int gap = (int) (-at & ArrayWriter.ALIGNMENT - 1);
    read(new byte[gap], 0, gap);
  }

  /** Reads elements, none of which lies in two blocks: a block is a multiple of the alignment. */
  private void read(Object to, int from, int count) throws IOException {
    int each = Elements.bytes(to);
    require((long) each * count);
    for (int done = 0; done < count; ) {
      int within = (int) (at % step);
      if (at - within != loaded) {
        load(at - within);
      }
      int some = Math.min(count - done, (step - within) / each);
      Elements.get(block, within, to, from + done, some);
      at += (long) some * each;
      done += some;
    }
  }

  private void load(long from) throws IOException {
    loaded = -1;
    int bytes = (int) Math.min(step, body - from);
    block.clear().limit(bytes);
    fill(block, ArrayWriter.HEADER + from);
    int first = (int) (from / page);
    for (int b = 0; b < bytes; b += page) {
      int crc = ArrayWriter.crc(block, b, Math.min(b + page, bytes));
      if (crc != table.getInt(4 * (first + b / page))) {
        throw bad(
            "is damaged: a checksum differs in the block at byte "
                + (ArrayWriter.HEADER + from + b));
      }
    }
    loaded = from;
    progress.accept(from + bytes);
  }

  private void fill(ByteBuffer to, long position) throws IOException {
    long from = position;
    while (to.hasRemaining()) {
      int read = channel.read(to, from);
      if (read < 0) {
        throw bad("has shrunk while it was read, at byte " + from);
      }
      from += read;
    }
  }
}

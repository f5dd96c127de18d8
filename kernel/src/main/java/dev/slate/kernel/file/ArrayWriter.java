package dev.slate.kernel.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.zip.CRC32C;

/**
 * Writes primitive arrays to a file, little-endian, under checksums. Holds 1 MiB, and four bytes
 * for each page of the file. For one thread.
 *
 * <pre>
 *   header   64 bytes: magic, format, bytes of the body, CRC32C of the table, CRC32C of the header
 *   body     values one after the other, an array from a multiple of 64 bytes on
 *   table    CRC32C of each page of the body, the last one shorter: 16 KiB, up to format 2 1 MiB
 * </pre>
 *
 * <p>A page is the unit of checking: to use one byte of it, all of it is read. It is small compared
 * with the chunks that an {@link OnDemandFile} reads, and large compared with its checksum.
 */
public final class ArrayWriter {
  static final long MAGIC = 0x31304554414c53L; // "SLATE01"
  static final int FORMAT = 3;
  static final int HEADER = 64;
  static final int ALIGNMENT = 64;

  /** Bytes that are read or written at once. */
  static final int BLOCK = 1 << 20;

  private static final int PAGE = 1 << 14;

  /** Where the CRC32C of the header's bytes before it stands. */
  static final int HEADER_CRC = 24;

  private final SeekableByteChannel channel;
  private final ByteBuffer block = direct(BLOCK);
  private int[] table = new int[2 * BLOCK / PAGE];
  private int pages;
  private final LongConsumer progress;
  private long body;
  private int filled;

  /**
   * Starts a file.
   *
   * @param channel an empty file; the caller closes it
   * @param progress is told how many bytes were written so far, now and then
   */
  public ArrayWriter(SeekableByteChannel channel, LongConsumer progress) throws IOException {
    this.channel = channel;
    this.progress = progress;
    write(direct(HEADER));
  }

  static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes under one checksum. */
  static int page(int format) {
    return format < 3 ? BLOCK : PAGE;
  }

  static int crc(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().clear().position(from).limit(to));
    return (int) crc.getValue();
  }

  /** Writes a number. */
  public void number(long value) throws IOException {
    byte[] bytes = new byte[Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    array(bytes, 0, bytes.length);
  }

  /** Writes a text: its length in UTF-8, and its bytes. */
  public void text(String text) throws IOException {
    array(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes an array with its length. */
  public void array(byte[] a) throws IOException {
    number(a.length);
    part(a, 0, a.length);
  }

  /** Writes an array with its length. */
  public void array(int[] a) throws IOException {
    number(a.length);
    part(a, 0, a.length);
  }

  /** Writes an array with its length. */
  public void array(float[] a) throws IOException {
    number(a.length);
    part(a, 0, a.length);
  }

  /** Writes an array with its length. */
  public void array(long[] a) throws IOException {
    number(a.length);
    align();
    array(a, 0, a.length);
  }

  /** Writes an array with its length. */
  public void array(double[] a) throws IOException {
    number(a.length);
    align();
    array(a, 0, a.length);
  }

  /** Writes a part of an array, without its length. */
  public void part(byte[] a, int from, int count) throws IOException {
    align();
    array(a, from, count);
  }

  /** Writes a part of an array, without its length. */
  public void part(int[] a, int from, int count) throws IOException {
    align();
    array(a, from, count);
  }

  /** Writes a part of an array, without its length. */
  public void part(float[] a, int from, int count) throws IOException {
    align();
    array(a, from, count);
  }

  /** Writes a part of an array, without its length. */
  public void part(long[] a, int from, int count) throws IOException {
    align();
    array(a, from, count);
  }

  private void align() throws IOException {
    int gap = -filled & ALIGNMENT - 1;
    array(new byte[gap], 0, gap);
  }

  /** Writes elements, none of which lies in two blocks: a block is a multiple of the alignment. */
  private void array(Object a, int from, int count) throws IOException {
    int each = Elements.bytes(a);
    for (int done = 0; done < count; ) {
      int some = Math.min(count - done, (BLOCK - filled) / each);
      Elements.put(block, filled, a, from + done, some);
      filled += some * each;
      done += some;
      if (filled == BLOCK) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    if (pages + BLOCK / PAGE > table.length) {
      table = Arrays.copyOf(table, 2 * table.length);
    }
    for (int from = 0; from < filled; from += PAGE) {
      table[pages++] = crc(block, from, Math.min(from + PAGE, filled));
    }
    write(block.clear().limit(filled));
    body += filled;
    filled = 0;
    progress.accept(body);
  }

  /** Writes the rest of the body, the table and the header. */
  public void finish() throws IOException {
    if (filled > 0) {
      flush();
    }
    ByteBuffer sums = direct(Math.multiplyExact(4, pages));
    for (int p = 0; p < pages; p++) {
      sums.putInt(table[p]);
    }
    write(sums.flip());
    ByteBuffer header = direct(HEADER);
    header.putLong(MAGIC).putInt(FORMAT).putLong(body).putInt(crc(sums, 0, 4 * pages));
    header.putInt(crc(header, 0, HEADER_CRC)).clear();
    channel.position(0);
    write(header);
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}

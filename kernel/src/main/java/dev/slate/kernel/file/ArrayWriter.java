package dev.slate.kernel.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes primitive arrays to a file, little-endian, in blocks under checksums. Holds one block and
 * four bytes for each block of the file. For one thread.
 *
 * <pre>
 *   header   64 bytes: magic, format, bytes of the body, CRC32C of the table, CRC32C of the header
 *   body     values one after the other, an array from a multiple of 64 bytes on
 *   table    CRC32C of each block of 1 MiB of the body, the last one shorter
 * </pre>
 */
public final class ArrayWriter {
  static final long MAGIC = 0x31304554414c53L; // "SLATE01"
  static final int FORMAT = 3;
  static final int HEADER = 64;
  static final int ALIGNMENT = 64;
  static final int BLOCK = 1 << 20;

  /** Where the CRC32C of the header's bytes before it stands. */
  static final int HEADER_CRC = 24;

  private final SeekableByteChannel channel;
  private final ByteBuffer block = direct(BLOCK);
  private final MemorySegment segment = MemorySegment.ofBuffer(block);
  private int[] table = new int[16];
  private int blocks;
  private int filled;

  /**
   * Starts a file.
   *
   * @param channel an empty file; the caller closes it
   */
  public ArrayWriter(SeekableByteChannel channel) throws IOException {
    this.channel = channel;
    write(direct(HEADER));
  }

  static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int crc(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().clear().position(from).limit(to));
    return (int) crc.getValue();
  }

  /** Writes a number. */
  public void number(long value) throws IOException {
    array(MemorySegment.ofArray(new long[] {value}), 0, Long.BYTES);
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
    array(MemorySegment.ofArray(a), 0, 8L * a.length);
  }

  /** Writes an array with its length. */
  public void array(double[] a) throws IOException {
    number(a.length);
    align();
    array(MemorySegment.ofArray(a), 0, 8L * a.length);
  }

  /** Writes a part of an array, without its length. */
  public void part(byte[] a, int from, int count) throws IOException {
    align();
    array(MemorySegment.ofArray(a), from, count);
  }

  /** Writes a part of an array, without its length. */
  public void part(int[] a, int from, int count) throws IOException {
    align();
    array(MemorySegment.ofArray(a), 4L * from, 4L * count);
  }

  /** Writes a part of an array, without its length. */
  public void part(float[] a, int from, int count) throws IOException {
    align();
    array(MemorySegment.ofArray(a), 4L * from, 4L * count);
  }

  private void align() throws IOException {
    int gap = -filled & ALIGNMENT - 1;
    array(MemorySegment.ofArray(new byte[gap]), 0, gap);
  }

  private void array(MemorySegment from, long at, long bytes) throws IOException {
    long done = 0;
    while (done < bytes) {
      int some = (int) Math.min(bytes - done, BLOCK - filled);
      MemorySegment.copy(
          from, ValueLayout.JAVA_BYTE, at + done, segment, ValueLayout.JAVA_BYTE, filled, some);
      filled += some;
      done += some;
      if (filled == BLOCK) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    if (blocks == table.length) {
      table = Arrays.copyOf(table, 2 * blocks);
    }
    table[blocks++] = crc(block, 0, filled);
    write(block.clear().limit(filled));
    filled = 0;
  }

  /** Writes what is left, the table and the header. */
  public void finish() throws IOException {
    long body = (long) blocks * BLOCK + filled;
    if (filled > 0) {
      flush();
    }
    ByteBuffer sums = direct(4 * blocks);
    for (int b = 0; b < blocks; b++) {
      sums.putInt(table[b]);
    }
    write(sums.flip());
    ByteBuffer header = direct(HEADER);
    header.putLong(MAGIC).putInt(FORMAT).putLong(body).putInt(crc(sums, 0, 4 * blocks));
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

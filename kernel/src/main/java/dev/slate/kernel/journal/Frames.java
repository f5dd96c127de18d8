package dev.slate.kernel.journal;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of bytes in a file, each under checksums: an error names the block that has changed.
 *
 * <pre>
 *   int   length of the payload
 *   int   CRC32C of the length and of where the frame starts: a length that changed, or a frame that
 *         was moved, does not pass
 *   int   CRC32C of the payload
 *   ...   payload
 * </pre>
 */
final class Frames {
  static final int HEADER = 12;

  /** Bytes of a frame of one long. */
  static final int SMALL = HEADER + Long.BYTES;

  /** Bytes of a payload, at most. */
  static final int MOST = 1 << 28;

  private Frames() {}

  /** An empty buffer in the byte order of the files. */
  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Writes the header of a frame whose payload stands in a buffer.
   *
   * @param buffer holds the frame
   * @param start where it starts in the buffer
   * @param end where its payload ends
   * @param position where the frame will start in the file
   */
  static void seal(ByteBuffer buffer, int start, int end, long position) {
    int length = end - start - HEADER;
    buffer.putInt(start, length);
    buffer.putInt(start + 4, head(length, position));
    buffer.putInt(start + 8, crc(buffer, start + HEADER, length));
  }

  /** Writes a whole buffer, from 0 to its position. */
  static void write(FileChannel to, ByteBuffer buffer, long position) throws IOException {
    ByteBuffer bytes = buffer.duplicate().flip();
    long at = position;
    while (bytes.hasRemaining()) {
      at += to.write(bytes, at);
    }
  }

  /** Writes a whole buffer, from 0 to its position. */
  @SuppressWarnings("ByteBufferBackingArray") // each buffer is one of this class
  static void write(RandomAccessFile to, ByteBuffer buffer, long position) throws IOException {
    to.seek(position);
    to.write(buffer.array(), 0, buffer.position());
  }

  /**
   * Reads the frame that starts at a position.
   *
   * @return its payload; null if the file ends within the frame, or holds nothing but zeros from
   *     here on: space that was never written
   * @throws IOException if a checksum does not match
   */
  static @Nullable ByteBuffer read(FileChannel from, long position, long size, Path file)
      throws IOException {
    if (size - position < HEADER) {
      return null;
    }
    ByteBuffer header = buffer(HEADER);
    fill(from, header, position, file);
    int length = header.getInt(0);
    if (header.getInt(4) != head(length, position) || length < 0 || length > MOST) {
      if (zeros(from, position, size, file)) {
        return null;
      }
      throw damaged(file, position);
    }
    if (size - position - HEADER < length) {
      return null;
    }
    ByteBuffer payload = buffer(length);
    fill(from, payload, position + HEADER, file);
    if (header.getInt(8) != crc(payload, 0, length)) {
      throw damaged(file, position);
    }
    return payload;
  }

  /** Reads the frame that starts at a position, which must be there. */
  static ByteBuffer require(FileChannel from, long position, long size, Path file)
      throws IOException {
    ByteBuffer payload = read(from, position, size, file);
    if (payload == null) {
      throw new IOException(file + ": is cut off, in the block at byte " + position);
    }
    return payload;
  }

  /**
   * Whether a frame of one long, which is negative, starts anywhere behind a position.
   *
   * @param position where a block is damaged, so that its length is not known
   */
  static boolean hasNegativeLongBehind(FileChannel from, long position, long size, Path file)
      throws IOException {
    ByteBuffer some = buffer(1 << 16);
    int most = some.capacity() - SMALL + 1;
    for (long at = position + 1; size - at >= SMALL; at += most) {
      some.clear().limit((int) Math.min(some.capacity(), size - at));
      fill(from, some, at, file);
      for (int i = 0; i + SMALL <= some.limit(); i++) {
        if (some.getInt(i) == Long.BYTES
            && some.getLong(i + HEADER) < 0
            && some.getInt(i + 4) == head(Long.BYTES, at + i)
            && some.getInt(i + 8) == crc(some, i + HEADER, Long.BYTES)) {
          return true;
        }
      }
    }
    return false;
  }

  static DamagedFrame damaged(Path file, long position) {
    return new DamagedFrame(
        file + ": is damaged: a checksum differs in the block at byte " + position);
  }

  private static boolean zeros(FileChannel from, long position, long size, Path file)
      throws IOException {
    ByteBuffer some = buffer(1 << 16);
    for (long at = position; at < size; at += some.capacity()) {
      some.clear().limit((int) Math.min(some.capacity(), size - at));
      fill(from, some, at, file);
      while (some.hasRemaining()) {
        if (some.get() != 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static void fill(FileChannel from, ByteBuffer to, long position, Path file)
      throws IOException {
    long at = position;
    while (to.hasRemaining()) {
      int read = from.read(to, at);
      if (read < 0) {
        throw new EOFException(file + ": has shrunk while it was read, at byte " + at);
      }
      at += read;
    }
    to.flip();
  }

  private static int head(int length, long position) {
    ByteBuffer bytes = buffer(12).putInt(length).putLong(position);
    return crc(bytes, 0, 12);
  }

  private static int crc(ByteBuffer buffer, int at, int length) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().position(at).limit(at + length));
    return (int) crc.getValue();
  }
}

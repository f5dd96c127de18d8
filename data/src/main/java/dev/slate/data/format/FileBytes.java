package dev.slate.data.format;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The bytes of an open file, by position, for any number of threads: mapped into memory where the
 * file system can, which saves a copy, and read into buffers where it cannot.
 *
 * <p>A file may shrink while it is open. Then its mapping gives zeros, or a fault that the JVM
 * turns into an {@link InternalError}; its length, asked for afterwards, tells.
 */
abstract sealed class FileBytes implements AutoCloseable {
  final FileChannel channel;

  private FileBytes(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes over an open file. */
  static FileBytes of(FileChannel channel) throws IOException {
    try {
      return new Mapped(channel);
    } catch (IOException | UnsupportedOperationException e) {
      return new Read(channel);
    }
  }

  /**
   * Hands out bytes.
   *
   * @param start where they are in the file
   * @param length how many
   * @param taker gets them in little-endian order, and must not keep them
   * @return false where the file ends before, and what was taken is void
   * @throws IOException if the file cannot be read
   */
  final boolean take(long start, int length, Consumer<ByteBuffer> taker) throws IOException {
    long end = start + length;
    try {
      give(start, length, taker);
      return channel.size() >= end;
    } catch (RuntimeException | InternalError e) {
      if (channel.size() < end) {
        return false;
      }
      throw e;
    }
  }

  /** Length of the file at this moment. */
  final long size() throws IOException {
    return channel.size();
  }

  abstract void give(long start, int length, Consumer<ByteBuffer> taker) throws IOException;

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static final class Mapped extends FileBytes {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    Mapped(FileChannel channel) throws IOException {
      super(channel);
      this.bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }

    @Override
    void give(long start, int length, Consumer<ByteBuffer> taker) {
      MemorySegment piece = bytes.asSlice(start, length);
      taker.accept(piece.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public void close() throws IOException {
      arena.close();
      super.close();
    }
  }

  private static final class Read extends FileBytes {
    private final ConcurrentLinkedQueue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

    Read(FileChannel channel) {
      super(channel);
    }

    @Override
    void give(long start, int length, Consumer<ByteBuffer> taker) throws IOException {
      ByteBuffer pooled = buffers.poll();
      ByteBuffer buffer =
          pooled == null || pooled.capacity() < length
              ? ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN)
              : pooled;
      buffer.clear().limit(length);
      int read = 0;
      while (buffer.hasRemaining() && read >= 0) {
        read = channel.read(buffer, start + buffer.position());
      }
      taker.accept(buffer.position(0).limit(length));
      buffers.offer(buffer);
    }
  }
}

package dev.slate.kernel.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file that stays open because searches read its arrays in parts, when they need them. Renaming
 * another file over it, or deleting it, changes nothing for this process. A write into it is
 * detected by the checksums, which are read when the file is opened.
 *
 * <p>The file is read and not mapped: access to a mapped file that was cut off raises SIGBUS, which
 * can end the process. It is read without a channel, because an interrupt of one searching thread
 * would close the channel for all threads.
 *
 * <p>Safe from many threads; one at a time reads. The file is closed when everything has been read,
 * or when this object has become unreachable.
 */
public final class OnDemandFile implements Closeable {
  /** Bytes of a part that is read at once; chosen: about the size of the arrays of a search. */
  private static final int BUFFER = 1 << 18;

  private final RandomAccessFile file;
  private final Path name;
  private final int page;
  private final long body;
  private final ByteBuffer table;
  private final List<Runnable> arrays = new ArrayList<>();
  private byte[] buffer = {};
  private boolean closed;

  /** Chunks that were not read so far, of all arrays. */
  private int missing;

  OnDemandFile(RandomAccessFile file, Path name, int page, long body, ByteBuffer table) {
    this.file = file;
    this.name = name;
    this.page = page;
    this.body = body;
    this.table = table;
  }

  /**
   * Takes note of an array.
   *
   * @param chunks that are to be read
   * @param load reads those that were not
   */
  synchronized void add(int chunks, Runnable load) {
    arrays.add(load);
    missing += chunks;
  }

  /** Reads everything that was not read so far. */
  public void load() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(arrays);
    }
    all.forEach(Runnable::run);
  }

  /** Whether nothing is left to be read. */
  public synchronized boolean complete() {
    return missing == 0;
  }

  /** Takes note of a chunk that was read. */
  synchronized void arrived() throws IOException {
    if (--missing == 0) {
      close();
    }
  }

  /** What was not read by now cannot be read any more. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    buffer = new byte[0];
    file.close();
  }

  /**
   * Reads bytes that their checksums confirm.
   *
   * @param start where they start in the body, a multiple of 64
   * @param to receives them
   * @param first where they go
   * @param count number of elements
   * @throws IOException if they cannot be read or are damaged; names the file
   * @throws IllegalStateException if the file is closed
   */
  synchronized void read(long start, Object to, int first, int count) throws IOException {
    if (closed) {
      throw new IllegalStateException(name + ": is closed, and was not read to its end");
    }
    if (buffer.length == 0) {
      buffer = new byte[BUFFER];
    }
    int each = Elements.bytes(to);
    long end = Math.min(body, (start + (long) each * count + page - 1) / page * page);
    for (int done = 0; done < count; ) {
      long at = start + (long) each * done;
      int within = (int) (at % page);
      int length = (int) Math.min(BUFFER, end - at + within);
      fill(at - within, length);
      int some = Math.min(count - done, (length - within) / each);
      Elements.get(ByteBuffer.wrap(buffer), within, to, first + done, some);
      done += some;
    }
  }

  /** Reads whole pages, or the last one. */
  private void fill(long start, int length) throws IOException {
    try {
      file.seek(ArrayWriter.HEADER + start);
      file.readFully(buffer, 0, length);
    } catch (EOFException e) {
      throw new IOException(name + ": was cut off after it was opened", e);
    } catch (IOException e) {
      throw new IOException(name + ": cannot be read: " + e.getMessage(), e);
    }
    int first = (int) (start / page);
    CRC32C crc = new CRC32C();
    for (int b = 0; b < length; b += page) {
      crc.reset();
      crc.update(buffer, b, Math.min(page, length - b));
      if ((int) crc.getValue() != table.getInt(4 * (first + b / page))) {
        throw new IOException(
            name
                + ": is damaged: a checksum differs in the block at byte "
                + (ArrayWriter.HEADER + start + b));
      }
    }
  }
}

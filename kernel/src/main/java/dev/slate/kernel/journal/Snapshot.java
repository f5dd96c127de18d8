package dev.slate.kernel.journal;

import dev.slate.kernel.file.DurableFiles;
import dev.slate.kernel.layout.RowChunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * A file of all items: a header, a frame of counts, frames of up to 1 MiB of items, and a last
 * frame that says how many there were. An item is its id, its place, its group if the header says
 * so, and its row. The file is written under a temporary name in the same directory, forced to the
 * disk and then renamed, so that under its name there is a whole file or none.
 */
public final class Snapshot implements AutoCloseable {
  private static final int FRAME_BYTES = 1 << 20;

  private final Path file;
  private final Path temporary;
  private final FileChannel channel;
  private final int width;
  private final boolean grouped;
  private final int itemsPerFrame;
  private final ByteBuffer frame;
  private final LongConsumer progress;
  private final long items;
  private long position;
  private int count;
  private long written;
  private boolean done;

  private Snapshot(Path file, RowFormat format, long items, boolean grouped, LongConsumer progress)
      throws IOException {
    this.file = file;
    this.items = items;
    this.progress = progress;
    this.temporary = file.resolveSibling(file.getFileName() + ".part");
    this.width = format.width();
    this.grouped = grouped;
    int itemBytes = bytesOfItem(width, grouped);
    this.itemsPerFrame = Math.max(1, FRAME_BYTES / itemBytes);
    this.frame = Frames.buffer(Frames.HEADER + 4 + itemsPerFrame * itemBytes);
    this.channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
  }

  private static int bytesOfItem(int width, boolean grouped) {
    return 16 + (grouped ? 4 : 0) + 4 * width;
  }

  static Snapshot create(
      Path file,
      RowFormat format,
      long number,
      long items,
      long version,
      long nextPlace,
      boolean grouped,
      BiFunction<Path, Long, LongConsumer> progress)
      throws IOException {
    LongConsumer told = progress.apply(file, items * bytesOfItem(format.width(), grouped));
    Snapshot snapshot = new Snapshot(file, format, items, grouped, told);
    try {
      snapshot.write(format.header(number, new RowFormat.Kind(grouped, false)));
      ByteBuffer counts = Frames.buffer(Frames.HEADER + 24);
      counts.position(Frames.HEADER);
      counts.putLong(items).putLong(version).putLong(nextPlace);
      Frames.seal(counts, 0, counts.position(), snapshot.position);
      snapshot.write(counts);
      snapshot.frame.position(Frames.HEADER + 4);
      return snapshot;
    } catch (IOException | RuntimeException | Error e) {
      snapshot.close();
      throw e;
    }
  }

  /**
   * Adds an item.
   *
   * @param id its id
   * @param place its place
   * @param group its group, which a snapshot without groups leaves out
   * @param row holds its row
   */
  public void add(long id, long place, int group, float[] row) throws IOException {
    frame.putLong(id).putLong(place);
    if (grouped) {
      frame.putInt(group);
    }
    for (int j = 0; j < width; j++) {
      frame.putFloat(row[j]);
    }
    written++;
    if (++count == itemsPerFrame) {
      flush();
    }
  }

  /**
   * Ends the file and gives it its name.
   *
   * @throws IllegalStateException if it got another number of items than it was to hold
   */
  public void finish() throws IOException {
    if (written != items) {
      throw new IllegalStateException(
          temporary + " was to hold " + items + " items, but it got " + written);
    }
    if (count > 0) {
      flush();
    }
    ByteBuffer end = Frames.buffer(Frames.HEADER + 12);
    end.position(Frames.HEADER);
    end.putInt(0).putLong(written);
    Frames.seal(end, 0, end.position(), position);
    write(end);
    channel.force(true);
    channel.close();
    DurableFiles.rename(temporary, file);
    done = true;
  }

  /** Its name. */
  public Path file() {
    return file;
  }

  /** Bytes so far. */
  public long bytes() {
    return position;
  }

  /** Drops the file unless it is finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    if (!done) {
      Files.deleteIfExists(temporary);
    }
  }

  private void flush() throws IOException {
    frame.putInt(Frames.HEADER, count);
    Frames.seal(frame, 0, frame.position(), position);
    write(frame);
    frame.clear().position(Frames.HEADER + 4);
    count = 0;
  }

  private void write(ByteBuffer bytes) throws IOException {
    try {
      Frames.write(channel, bytes, position);
    } catch (IOException e) {
      throw new IOException(temporary + ": cannot be written: " + e.getMessage(), e);
    }
    position += bytes.position();
    progress.accept(position);
  }

  /**
   * Reads a whole file, into arrays of the same size.
   *
   * @param number that its name has
   * @throws IOException if it cannot be read or is damaged
   */
  static void read(Path file, RowFormat format, long number, Items to) throws IOException {
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = from.size();
      ByteBuffer header = Frames.require(from, 0, size, file);
      long at = (long) Frames.HEADER + header.remaining();
      boolean grouped = format.check(header, number, file).grouped();
      ByteBuffer counts = Frames.require(from, at, size, file);
      at += Frames.HEADER + counts.remaining();
      int n = Math.toIntExact(counts.getLong());
      long version = counts.getLong();
      long nextPlace = counts.getLong();
      int width = format.width();
      if (n > (size - at) / bytesOfItem(width, grouped)) {
        throw new IOException(file + ": is cut off: " + n + " items do not fit");
      }
      RowChunks rows = RowChunks.zeros(n, width);
      long[] ids = new long[n];
      long[] places = new long[n];
      int[] groups = grouped ? new int[n] : null;
      int read = 0;
      LongConsumer progress = to.reading(file, size);
      while (true) {
        ByteBuffer payload = Frames.require(from, at, size, file);
        long start = at;
        at += Frames.HEADER + payload.remaining();
        progress.accept(at);
        int items = payload.getInt();
        if (items == 0) {
          if (payload.getLong() != read || read != n || at != size) {
            throw Frames.damaged(file, start);
          }
          break;
        }
        if (items > n - read) {
          throw Frames.damaged(file, start);
        }
        for (int i = 0; i < items; i++, read++) {
          ids[read] = payload.getLong();
          places[read] = payload.getLong();
          if (groups != null) {
            groups[read] = payload.getInt();
          }
          float[] chunk = rows.chunk(read);
          int offset = rows.offset(read);
          for (int j = 0; j < width; j++) {
            chunk[offset + j] = payload.getFloat();
          }
        }
      }
      to.load(ids, places, groups, rows, version, nextPlace);
    }
  }
}

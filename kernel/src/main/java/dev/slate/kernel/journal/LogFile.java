package dev.slate.kernel.journal;

import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * The format of a log: the header of {@link RowFormat}, then one frame for each write, and marks
 * where the header says so.
 *
 * <pre>
 *   long   version of the write; -1 is the seal, after which nothing follows; -2 a mark
 *   int    number of operations
 *          each of them:
 *   byte     1 put      long id              floats of the row
 *   byte     2 remove   long id
 *   byte     3 put      long id   int group  floats of the row
 * </pre>
 */
final class LogFile {
  /** Bytes of a frame's payload before its operations. */
  static final int PREFIX = Long.BYTES + Integer.BYTES;

  /** Bytes of a removal. */
  static final int REMOVAL = 1 + Long.BYTES;

  /** The version of the frame that ends a log. */
  static final long SEAL = -1;

  /** The version of a frame that is written once all before it are on the disk. */
  static final long MARK = -2;

  private static final byte PUT = 1;
  private static final byte REMOVE = 2;
  private static final byte PUT_GROUPED = 3;

  private LogFile() {}

  /** Bytes of a put, at most. */
  static int bytesOfPut(int width) {
    return REMOVAL + Integer.BYTES + Float.BYTES * width;
  }

  /**
   * Appends a put to a frame.
   *
   * @param group the item's group, or {@link GroupCounts#NO_GROUP}
   */
  static void put(ByteBuffer frame, long id, float[] row, int width, int group) {
    boolean plain = group == GroupCounts.NO_GROUP;
    frame.put(plain ? PUT : PUT_GROUPED).putLong(id);
    if (!plain) {
      frame.putInt(group);
    }
    for (int j = 0; j < width; j++) {
      frame.putFloat(row[j]);
    }
  }

  /** Appends a removal to a frame. */
  static void remove(ByteBuffer frame, long id) {
    frame.put(REMOVE).putLong(id);
  }

  /** Creates a log with nothing but its header, and forces it and its name to the disk. */
  static RandomAccessFile create(
      Path file, RowFormat format, long number, RowFormat.Kind kind, Disk disk) throws IOException {
    return forced(
        file,
        disk,
        log -> {
          log.setLength(0);
          Frames.write(log, format.header(number, kind), 0);
        });
  }

  /**
   * Opens the newest log, cuts off what is no whole frame, and forces the rest and its name to the
   * disk. The process that wrote it may have died before it did so; without that, what is written
   * from now on would survive a loss of power that this log does not.
   */
  static RandomAccessFile adopt(Path file, Replayed replayed, Disk disk) throws IOException {
    return forced(
        file,
        disk,
        log -> {
          if (!replayed.sealed()) {
            log.setLength(replayed.end());
          }
        });
  }

  /** What is done to a log that was opened. */
  @FunctionalInterface
  private interface Change {
    void to(RandomAccessFile log) throws IOException;
  }

  private static RandomAccessFile forced(Path file, Disk disk, Change change) throws IOException {
    RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
    try {
      change.to(log);
      disk.sync(log, file);
      disk.forceEntry(file);
      return log;
    } catch (IOException | RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }

  /**
   * A log that was read.
   *
   * @param end where the next frame goes; -1 if the log is sealed; 0 if its header is cut off
   * @param kind what it may hold
   * @param torn whether there are bytes behind its end that may be of writes
   */
  record Replayed(long end, RowFormat.Kind kind, boolean torn) {
    boolean sealed() {
      return end < 0;
    }
  }

  /**
   * Reads a log.
   *
   * @param last whether no other log follows, so that its end may be missing
   * @param to receives the writes
   * @throws IOException if the file is damaged, naming the byte
   */
  static Replayed replay(Path file, RowFormat format, long number, boolean last, Items to)
      throws IOException {
    float[] row = new float[format.width()];
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = from.size();
      ByteBuffer header = Frames.read(from, 0, size, file);
      if (header == null) {
        return new Replayed(end(file, last, 0), RowFormat.Kind.PLAIN, false);
      }
      long at = (long) Frames.HEADER + header.remaining();
      RowFormat.Kind kind = format.check(header, number, file);
      LongConsumer progress = to.reading(file, size);
      while (true) {
        progress.accept(at);
        ByteBuffer frame;
        try {
          frame = at == size ? null : Frames.read(from, at, size, file);
        } catch (DamagedFrame e) {
          if (!last || !kind.marked() || Frames.hasNegativeLongBehind(from, at, size, file)) {
            throw e;
          }
          return new Replayed(at, kind, true);
        }
        if (frame == null) {
          return new Replayed(end(file, last, at), kind, false);
        }
        long start = at;
        at += Frames.HEADER + frame.remaining();
        long version = frame.getLong();
        if (version == SEAL) {
          if (at != size) {
            throw Frames.damaged(file, at);
          }
          return new Replayed(-1, kind, false);
        }
        if (version == MARK) {
          continue;
        }
        to.begin(file, version);
        for (int left = frame.getInt(); left > 0; left--) {
          byte operation = frame.get();
          long id = frame.getLong();
          switch (operation) {
            case REMOVE -> to.remove(id);
            case PUT, PUT_GROUPED -> {
              int group = operation == PUT_GROUPED ? frame.getInt() : GroupCounts.NO_GROUP;
              for (int j = 0; j < row.length; j++) {
                row[j] = frame.getFloat();
              }
              to.put(id, row, group);
            }
            default -> throw Frames.damaged(file, start);
          }
        }
        to.end();
      }
    }
  }

  private static long end(Path file, boolean last, long at) throws IOException {
    if (!last) {
      throw new IOException(file + ": is cut off at byte " + at);
    }
    return at;
  }

  /**
   * Copies the bytes of a log from its end on, which is about to be cut off there, to the disk.
   *
   * @return the name of the copy
   */
  static Path keep(Path log, long end, Disk disk) throws IOException {
    Path kept = log.resolveSibling(log.getFileName() + ".cut-" + end);
    try (FileChannel from = FileChannel.open(log, StandardOpenOption.READ);
        RandomAccessFile to = new RandomAccessFile(kept.toFile(), "rw")) {
      to.setLength(0);
      long size = from.size();
      long at = end;
      while (at < size) {
        at += from.transferTo(at, size - at, to.getChannel());
      }
      disk.sync(to, kept);
    }
    disk.forceEntry(kept);
    return kept;
  }
}

package dev.slate.kernel.journal;

import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a live index.
 *
 * <pre>
 *   snapshot-7     all items after the writes of logs up to 6
 *   log-7, log-8   the writes since, a frame each; all but the last end with a seal
 *   log-8.cut-99   what a recovery has cut off log-8 at byte 99; for a human to look at
 *   lock           held by the process that has the directory open
 * </pre>
 *
 * <p><b>Group commit.</b> A write is appended to a buffer in memory, in the order of versions. The
 * first thread that waits for its write stores everything that the buffer holds by then, and forces
 * it to the disk if so asked; threads that arrive meanwhile wait for the next round, which serves
 * all of them.
 *
 * <p><b>A checkpoint</b> seals the log and begins the next one, writes a snapshot of the items as
 * they were at that moment, and deletes what the snapshot replaces. At any moment the newest
 * snapshot and the logs from its number on hold everything. A snapshot that was not finished is
 * deleted by the next opening.
 *
 * <p><b>Groups</b> are stored only in files of a format that has them. The first write with a group
 * begins a log of that format.
 *
 * <p><b>What may be missing</b> after the death of the process is a write that was not acknowledged
 * yet; after a loss of power this holds only where writes are forced. The last log may then end in
 * a frame that is cut off, or in zeros. Where writes are forced, the pages of the last flush may
 * also have reached the disk out of order, so that a frame is damaged and others behind it are not.
 *
 * <p><b>Marks</b> tell such a flush from damage. Each flush of a forced log begins with a mark, a
 * small frame. It is written after the flush before has been forced, so it says: all before me was
 * on the disk. A seal is written alone, and says the same. Of the first frame that does not pass
 * its checksum, in the last log,
 *
 * <pre>
 *   mark  frame  frame  mark  frame  DAMAGED  frame  mark ...      a flush that was acknowledged
 *   mark  frame  frame  mark  frame  DAMAGED  frame                the last flush: cut off here
 * </pre>
 *
 * <p>a mark or a seal anywhere behind it proves that it was acknowledged, and the directory is not
 * opened. Without one it belongs to the last flush. The log ends before it then, a copy keeps the
 * bytes behind, and the listener is told. A recovery forces what it goes on with, before the next
 * mark. {@link #close} writes a mark, so damage to a log that was closed is always an error, except
 * in that mark. One case cannot be detected: the disk damages the last acknowledged flush of a
 * process that crashed. That flush is truncated too, and only the copy keeps it.
 *
 * <p>Anything else that does not pass its checksum is an error that names file and byte. A log
 * whose writes are not forced has no marks, and neither has one of an older version; the first
 * write with another durability begins a log of the other kind.
 */
public final class Journal implements AutoCloseable {
  /** Bytes of a write, at most: a larger frame is refused when it is read. */
  public static final long MOST_BYTES = Frames.MOST;

  /** Bytes in memory above which a write waits until they are in the file; bounds the buffer. */
  private static final long MOST_PENDING = 1L << 28;

  private final JournalDirectory directory;
  private final RowFormat format;
  private final boolean forced;
  private final Disk disk;
  private final ReentrantLock turn = new ReentrantLock();
  private final Condition turnEnded = turn.newCondition();

  /** Whether a thread writes to the log, which then is its alone. Guarded by turn. */
  private boolean writing;

  private final PendingFrames pending;

  /** Not a channel, which the interruption of a thread that writes would close. */
  private RandomAccessFile log;

  /** The number of the current log. */
  private long number;

  /** What the log may hold. Guarded by the writer of the index. */
  private RowFormat.Kind kind;

  /** Whether the log has ended and the next one could not be begun. Guarded as {@link #kind}. */
  private boolean sealed;

  /** Bytes appended since the journal was opened that are in the file. */
  private volatile long acknowledged;

  private volatile @Nullable IOException failure;

  /** Written between {@link #beginWriting} and {@link #endWriting}. */
  private boolean closed;

  private Journal(
      JournalDirectory directory,
      RowFormat format,
      boolean forced,
      Disk disk,
      RandomAccessFile log,
      long number,
      RowFormat.Kind kind,
      long end) {
    this.directory = directory;
    this.format = format;
    this.forced = forced;
    this.disk = disk;
    this.log = log;
    this.number = number;
    this.kind = kind;
    this.pending = new PendingFrames(format.width(), end, kind.marked());
  }

  /**
   * Opens a directory, or makes one.
   *
   * @param path the directory; holds nothing else
   * @param format the format of the items
   * @param forced whether {@link #await} forces writes to the disk
   * @param items receives the items and writes of the directory
   * @throws IOException if a file is damaged or cannot be read or written
   * @throws IllegalArgumentException if the directory holds items of another format
   * @throws IllegalStateException if the directory is open already
   */
  public static Journal open(Path path, RowFormat format, boolean forced, Items items)
      throws IOException {
    return open(path, format, forced, items, Disk.REAL);
  }

  static Journal open(Path path, RowFormat format, boolean forced, Items items, Disk disk)
      throws IOException {
    JournalDirectory directory = JournalDirectory.open(path);
    try {
      return recover(directory, format, forced, items, disk);
    } catch (IOException | RuntimeException | Error e) {
      directory.close();
      throw e;
    }
  }

  private static Journal recover(
      JournalDirectory directory, RowFormat format, boolean forced, Items items, Disk disk)
      throws IOException {
    directory.deleteUnfinished();
    long snapshot = directory.newestSnapshot();
    if (snapshot > 0) {
      Snapshot.read(directory.snapshot(snapshot), format, snapshot, items);
    }
    List<Long> logs = directory.logsFrom(snapshot);
    if (logs.isEmpty()) {
      if (snapshot > 0) {
        throw missing(directory, snapshot);
      }
      directory.force(disk);
      return start(directory, format, forced, disk, 0);
    }
    LogFile.Replayed replayed = new LogFile.Replayed(0, RowFormat.Kind.PLAIN, false);
    for (int i = 0; i < logs.size(); i++) {
      long number = logs.get(i);
      if (number != snapshot + i) {
        throw missing(directory, snapshot + i);
      }
      boolean last = i == logs.size() - 1;
      replayed = LogFile.replay(directory.log(number), format, number, last, items);
    }
    long newest = logs.get(logs.size() - 1);
    directory.force(disk);
    if (replayed.end() == 0) {
      return start(directory, format, forced, disk, newest);
    }
    Path last = directory.log(newest);
    if (replayed.torn()) {
      items.cut(last, replayed.end(), LogFile.keep(last, replayed.end(), disk));
    }
    RandomAccessFile log = LogFile.adopt(last, replayed, disk);
    if (replayed.sealed()) {
      log.close();
      return start(directory, format, forced, disk, newest + 1);
    }
    return new Journal(
        directory, format, forced, disk, log, newest, replayed.kind(), replayed.end());
  }

  private static IOException missing(JournalDirectory directory, long number) {
    return new IOException(directory.log(number) + ": is missing");
  }

  private static Journal start(
      JournalDirectory directory, RowFormat format, boolean forced, Disk disk, long number)
      throws IOException {
    RowFormat.Kind kind = new RowFormat.Kind(false, forced);
    RandomAccessFile log = LogFile.create(directory.log(number), format, number, kind, disk);
    long end = log.length();
    return new Journal(directory, format, forced, disk, log, number, kind, end);
  }

  /**
   * Bytes of a write in the log, at most.
   *
   * @param puts number of items that it writes
   * @param removals number of items that it deletes
   * @param width floats of a row
   */
  public static long bytes(long puts, long removals, int width) {
    return LogFile.PREFIX + puts * LogFile.bytesOfPut(width) + removals * LogFile.REMOVAL;
  }

  /**
   * Begins the frame of a write. Between this and {@link #end()} nobody else appends.
   *
   * @throws UncheckedIOException if the log cannot be written any more
   */
  public void begin(long version) {
    requireWritable();
    if (kind.marked() != forced) {
      seal();
    }
    if (sealed) {
      beginLog();
    }
    if (pending.bytes() > MOST_PENDING) {
      await(pending.appended());
    }
    pending.begin(version);
  }

  /**
   * Begins a log that may hold groups, unless the current one may. Only while no thread appends.
   *
   * @throws UncheckedIOException if a log cannot be begun
   */
  public void allowGroups() {
    if (!kind.grouped()) {
      seal();
      kind = new RowFormat.Kind(true, forced);
      beginLog();
    }
  }

  /**
   * Appends a put to the frame.
   *
   * @param group its group, or {@link GroupCounts#NO_GROUP}; any other needs {@link #allowGroups}
   */
  public void put(long id, float[] row, int group) {
    pending.put(id, row, group);
  }

  /** Appends a removal to the frame. */
  public void remove(long id) {
    pending.remove(id);
  }

  /**
   * Ends the frame.
   *
   * @return its end, for {@link #await}
   */
  public long end() {
    return pending.end();
  }

  /** Drops the frame that was begun and not ended, if there is one. */
  public void abandon() {
    pending.abandon();
  }

  /**
   * Waits until a frame and all before it are in the file, and on the disk if writes are forced.
   *
   * @throws UncheckedIOException if they could not be written; then nothing is written any more
   */
  public void await(long frame) {
    while (acknowledged < frame) {
      if (beginWriting(frame)) {
        try {
          flush();
        } finally {
          endWriting();
        }
      }
    }
  }

  /**
   * Waits until nobody writes to the log or a frame is acknowledged. One signal wakes all threads
   * that wait, and none of them holds the lock while it writes, so that a write serves all of them.
   *
   * @return whether the log is the caller's until {@link #endWriting}; false if the frame is
   *     acknowledged
   */
  private boolean beginWriting(long frame) {
    turn.lock();
    try {
      while (writing && acknowledged < frame) {
        turnEnded.awaitUninterruptibly();
      }
      if (acknowledged >= frame) {
        return false;
      }
      writing = true;
      return true;
    } finally {
      turn.unlock();
    }
  }

  private void endWriting() {
    turn.lock();
    try {
      writing = false;
      turnEnded.signalAll();
    } finally {
      turn.unlock();
    }
  }

  /** Writes the pending frames. Between {@link #beginWriting} and {@link #endWriting}. */
  private void flush() {
    requireWritable();
    PendingFrames.Taken frames = pending.take();
    try {
      Frames.write(log, frames.bytes(), frames.at());
      if (forced) {
        disk.sync(log, directory.log(number));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(refuseWrites("cannot be written: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) { // no memory: the frames that were taken are lost
      refuseWrites("cannot be written: " + e, e);
      throw e;
    }
    acknowledged = frames.upTo();
    pending.reuse(frames.bytes());
  }

  private void requireWritable() {
    IOException failed = failure;
    if (failed != null) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Refuses all writes from now on, for this reason; the first one stays. */
  private IOException refuseWrites(String reason, Throwable cause) {
    IOException refusal = failure;
    if (refusal == null) {
      refusal = new IOException(directory.log(number) + ": " + reason, cause);
      failure = refusal;
    }
    return refusal;
  }

  /** Bytes of the current log. */
  public long logBytes() {
    return pending.logBytes();
  }

  /**
   * Seals the log and begins the next one, before a snapshot of all writes so far. Only while no
   * thread appends.
   *
   * @return the number of that snapshot
   * @throws UncheckedIOException if the log cannot be sealed, and then nothing is written any more;
   *     or the next one cannot be begun, which the next write tries again
   */
  public long rotate() {
    seal();
    beginLog();
    return number;
  }

  /** Ends the log, after the pending frames. */
  private void seal() {
    if (sealed) {
      return;
    }
    beginWriting(Long.MAX_VALUE);
    try {
      if (pending.any()) {
        flush();
      }
      sealed = true; // also if the frame is there in part: nothing may follow it
      pending.seal();
      flush();
      disk.sync(log, directory.log(number));
    } catch (IOException e) {
      throw new UncheckedIOException(refuseWrites("cannot be written: " + e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      if (sealed) {
        refuseWrites("cannot be ended: " + e, e);
      }
      throw e;
    } finally {
      endWriting();
    }
  }

  /** Begins the log after one that is sealed. */
  private void beginLog() {
    requireWritable();
    beginWriting(Long.MAX_VALUE);
    try {
      long next = number + 1;
      kind = new RowFormat.Kind(kind.grouped(), forced);
      RandomAccessFile created = LogFile.create(directory.log(next), format, next, kind, disk);
      long at = created.length();
      log.close();
      log = created;
      number = next;
      pending.startLog(at, kind.marked());
      sealed = false;
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException(directory + ": cannot begin a log: " + e.getMessage(), e));
    } finally {
      endWriting();
    }
  }

  /**
   * Starts a snapshot of the writes before a {@link #rotate}.
   *
   * @param number the return value of that rotation
   * @param items number of items
   * @param version number of writes
   * @param nextPlace the place of the next item
   * @param grouped whether an item may belong to a group
   * @param progress called with the file and its estimated size in bytes; receives the number of
   *     bytes written so far, after each frame
   */
  public Snapshot snapshot(
      long number,
      long items,
      long version,
      long nextPlace,
      boolean grouped,
      BiFunction<Path, Long, LongConsumer> progress)
      throws IOException {
    Path to = directory.snapshot(number);
    return Snapshot.create(to, format, number, items, version, nextPlace, grouped, progress);
  }

  /** Deletes the files that a snapshot has replaced. */
  public void drop(long number) throws IOException {
    directory.deleteBefore(number);
  }

  /** Writes the pending frames and a last mark, and gives up the lock of the directory, once. */
  @Override
  public void close() throws IOException {
    beginWriting(Long.MAX_VALUE);
    try {
      if (failure == null && !closed) {
        closed = true;
        if (pending.any()) {
          flush();
        }
        if (kind.marked() && !sealed) {
          flush(); // the mark that tells these frames from those of a flush that was cut short
        }
        disk.sync(log, directory.log(number));
      }
    } finally {
      try {
        log.close();
      } finally {
        directory.close();
        endWriting();
      }
    }
  }
}

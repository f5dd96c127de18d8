package dev.slate.kernel.journal;

import dev.slate.kernel.file.DurableFiles;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a live index.
 *
 * <pre>
 *   snapshot-7     all items after the writes of logs up to 6
 *   log-7, log-8   the writes since, a frame each; all but the last end with a seal
 *   lock           held by the process that has the directory open
 * </pre>
 *
 * <p><b>Group commit.</b> A write is appended to a buffer in memory, in the order of versions. Who
 * waits for it first writes out, and forces to the disk, what the buffer holds by then; those that
 * come meanwhile wait for the next round, which serves all of them.
 *
 * <p><b>A checkpoint</b> seals the log and begins the next one, writes a snapshot of the items as
 * they were at that moment, and deletes what the snapshot replaces. At any moment the newest
 * snapshot and the logs from its number on hold everything. One that was not finished is deleted by
 * the next opening.
 *
 * <p><b>Groups</b> stand in files of a newer format alone: a write with a group begins a log of
 * that format unless the current one has it, so that what has no groups stays readable by versions
 * that know none, and they refuse the rest by name.
 *
 * <p><b>What may be missing</b> after a crash is a write that nobody was told had succeeded: a
 * frame at the end of the last log that is cut off. Anything else that does not pass its checksum
 * is an error that names file and byte.
 */
public final class Journal implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("(snapshot|log)-(\\d+)");
  private static final Pattern UNFINISHED = Pattern.compile("snapshot-\\d+\\.part");
  private static final byte PUT = 1;
  private static final byte REMOVE = 2;
  private static final byte PUT_GROUPED = 3;

  /** The version of the frame that ends a log. */
  private static final long SEAL = -1;

  private final Path directory;
  private final Layout layout;
  private final boolean forced;
  private final FileChannel lockFile;
  private final ReentrantLock writing = new ReentrantLock();
  private final Object appending = new Object();

  /** Not a channel, which the interruption of a thread that writes would close. */
  private RandomAccessFile log;

  private Path file;
  private long generation;

  /** Whether the log may hold groups. Guarded by the writer of the index. */
  private boolean grouped;

  /** Where the next frame goes in the file, what waits in memory included. Guarded by appending. */
  private long end;

  /** Bytes appended since the journal was opened. Guarded by appending. */
  private long appended;

  private ByteBuffer pending = Frames.buffer(1 << 16);
  private ByteBuffer spare = Frames.buffer(1 << 16);
  private int frameStart;
  private int frameCount;

  private volatile long durable;
  private volatile @Nullable IOException failure;

  private Journal(
      Path directory,
      Layout layout,
      boolean forced,
      FileChannel lockFile,
      RandomAccessFile log,
      Path file,
      long generation,
      boolean grouped,
      long end) {
    this.directory = directory;
    this.layout = layout;
    this.forced = forced;
    this.lockFile = lockFile;
    this.log = log;
    this.file = file;
    this.generation = generation;
    this.grouped = grouped;
    this.end = end;
  }

  /**
   * Opens a directory, or makes one.
   *
   * @param directory holds nothing else
   * @param layout what the items are like
   * @param forced whether a write is forced to the disk before it counts
   * @param items receives what is there
   * @throws IOException if a file is damaged or cannot be read or written
   * @throws IllegalArgumentException if the directory holds items of another layout
   * @throws IllegalStateException if the directory is open already
   */
  public static Journal open(Path directory, Layout layout, boolean forced, Items items)
      throws IOException {
    Files.createDirectories(directory);
    FileChannel lockFile = lock(directory);
    try {
      return recover(directory, layout, forced, items, lockFile);
    } catch (IOException | RuntimeException | Error e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel lockFile =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by this process
    } finally {
      if (held == null) {
        lockFile.close();
      }
    }
    if (held == null) {
      throw new IllegalStateException(directory + " is open already");
    }
    return lockFile;
  }

  private static Journal recover(
      Path directory, Layout layout, boolean forced, Items items, FileChannel lockFile)
      throws IOException {
    long snapshot = 0;
    List<Long> logs = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        String file = String.valueOf(each.getFileName());
        Matcher name = NAME.matcher(file);
        if (UNFINISHED.matcher(file).matches()) {
          Files.deleteIfExists(each); // of a process that ended while it saved
        } else if (name.matches()) {
          long number = Long.parseLong(name.group(2));
          if (name.group(1).equals("log")) {
            logs.add(number);
          } else {
            snapshot = Math.max(snapshot, number);
          }
        }
      }
    }
    if (snapshot > 0) {
      Snapshot.read(directory.resolve("snapshot-" + snapshot), layout, snapshot, items);
    }
    long from = snapshot;
    logs.removeIf(log -> log < from);
    logs.sort(null);
    if (logs.isEmpty()) {
      if (snapshot > 0) {
        throw new IOException(directory.resolve("log-" + snapshot) + ": is missing");
      }
      return start(directory, layout, forced, lockFile, 0);
    }
    Replayed replayed = new Replayed(0, false);
    for (int i = 0; i < logs.size(); i++) {
      if (logs.get(i) != snapshot + i) {
        throw new IOException(directory.resolve("log-" + (snapshot + i)) + ": is missing");
      }
      boolean last = i == logs.size() - 1;
      replayed = replay(directory.resolve("log-" + logs.get(i)), layout, logs.get(i), last, items);
    }
    long generation = logs.get(logs.size() - 1);
    if (replayed.sealed()) {
      return start(directory, layout, forced, lockFile, generation + 1);
    }
    if (replayed.end == 0) {
      return start(directory, layout, forced, lockFile, generation);
    }
    Path file = directory.resolve("log-" + generation);
    RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
    log.setLength(replayed.end);
    return new Journal(
        directory, layout, forced, lockFile, log, file, generation, replayed.grouped, replayed.end);
  }

  private static Journal start(
      Path directory, Layout layout, boolean forced, FileChannel lockFile, long generation)
      throws IOException {
    Path file = directory.resolve("log-" + generation);
    RandomAccessFile log = create(file, layout, generation, false);
    long end = log.length();
    return new Journal(directory, layout, forced, lockFile, log, file, generation, false, end);
  }

  private static RandomAccessFile create(Path file, Layout layout, long generation, boolean grouped)
      throws IOException {
    RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
    try {
      log.setLength(0);
      ByteBuffer header = layout.header(generation, grouped);
      Frames.write(log, header, 0);
      log.getFD().sync();
      DurableFiles.forceEntry(file);
      return log;
    } catch (IOException | RuntimeException | Error e) {
      log.close();
      throw e;
    }
  }

  /**
   * A log that was read.
   *
   * @param end where the next frame goes; -1 if the log is sealed; 0 if not even its header is
   *     whole
   * @param grouped whether it may hold groups
   */
  private record Replayed(long end, boolean grouped) {
    boolean sealed() {
      return end < 0;
    }
  }

  private static Replayed replay(Path file, Layout layout, long generation, boolean last, Items to)
      throws IOException {
    float[] row = new float[layout.width()];
    try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = from.size();
      ByteBuffer header = Frames.read(from, 0, size, file);
      if (header == null) {
        return new Replayed(torn(file, last, 0), false);
      }
      long at = (long) Frames.HEADER + header.remaining();
      boolean grouped = layout.check(header, generation, file);
      LongConsumer progress = to.reading(file, size);
      while (true) {
        progress.accept(at);
        ByteBuffer frame = at == size ? null : Frames.read(from, at, size, file);
        if (frame == null) {
          return new Replayed(torn(file, last, at), grouped);
        }
        long start = at;
        at += Frames.HEADER + frame.remaining();
        long version = frame.getLong();
        if (version == SEAL) {
          return new Replayed(-1, grouped);
        }
        to.begin(version);
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

  private static long torn(Path file, boolean last, long at) throws IOException {
    if (!last) {
      throw new IOException(file + ": is cut off at byte " + at);
    }
    return at;
  }

  /** Begins the frame of a write. Between this and {@link #end()} nobody else appends. */
  public void begin(long version) {
    IOException failed = failure;
    if (failed != null) {
      throw new UncheckedIOException(failed);
    }
    synchronized (appending) {
      reserve(Frames.HEADER + 12);
      frameStart = pending.position();
      frameCount = 0;
      pending.position(frameStart + Frames.HEADER);
      pending.putLong(version).putInt(0);
    }
  }

  /**
   * Sees to it that the log may hold groups: begins another one if need be. While nobody appends.
   *
   * @throws UncheckedIOException if a log cannot be begun; then nothing is written any more
   */
  public void allowGroups() {
    if (!grouped) {
      grouped = true;
      rotate();
    }
  }

  /**
   * Notes an item.
   *
   * @param group its group, or {@link GroupCounts#NO_GROUP}; any other needs {@link #allowGroups}
   */
  public void put(long id, float[] row, int group) {
    synchronized (appending) {
      reserve(13 + 4 * layout.width());
      boolean plain = group == GroupCounts.NO_GROUP;
      pending.put(plain ? PUT : PUT_GROUPED).putLong(id);
      if (!plain) {
        pending.putInt(group);
      }
      for (int j = 0; j < layout.width(); j++) {
        pending.putFloat(row[j]);
      }
      frameCount++;
    }
  }

  /** Notes a deletion. */
  public void remove(long id) {
    synchronized (appending) {
      reserve(9);
      pending.put(REMOVE).putLong(id);
      frameCount++;
    }
  }

  /**
   * Ends a frame.
   *
   * @return what {@link #await} takes
   */
  public long end() {
    synchronized (appending) {
      pending.putInt(frameStart + Frames.HEADER + 8, frameCount);
      return seal();
    }
  }

  private long seal() {
    int length = pending.position() - frameStart;
    Frames.seal(pending, frameStart, pending.position(), end);
    frameStart = pending.position();
    end += length;
    appended += length;
    return appended;
  }

  private void reserve(int bytes) {
    if (pending.remaining() < bytes) {
      int capacity = Math.max(2 * pending.capacity(), pending.position() + bytes);
      pending = Frames.buffer(capacity).put(pending.flip());
    }
  }

  /**
   * Waits until a frame, and all before it, are in the file, and on the disk if so asked.
   *
   * @throws UncheckedIOException if they could not be written; then nothing is written any more
   */
  public void await(long frame) {
    while (durable < frame) {
      writing.lock();
      try {
        if (durable < frame) {
          flush();
        }
      } finally {
        writing.unlock();
      }
    }
  }

  /** Writes out what waits. Under the lock for writing. */
  private void flush() {
    IOException failed = failure;
    if (failed != null) {
      throw new UncheckedIOException(failed);
    }
    ByteBuffer full;
    long upTo;
    long at;
    synchronized (appending) {
      // A frame that is being filled stays.
      int whole = frameStart;
      ByteBuffer rest = pending.duplicate();
      rest.position(whole).limit(pending.position());
      ByteBuffer next = spare;
      next.clear();
      if (next.capacity() < rest.remaining()) {
        next = Frames.buffer(Math.max(pending.capacity(), rest.remaining()));
      }
      next.put(rest);
      full = pending;
      full.position(whole);
      pending = next;
      frameStart = 0;
      upTo = appended;
      at = end - whole;
    }
    try {
      Frames.write(log, full, at);
      if (forced) {
        log.getFD().sync();
      }
    } catch (IOException e) {
      IOException named = new IOException(file + ": cannot be written: " + e.getMessage(), e);
      failure = named;
      throw new UncheckedIOException(named);
    }
    spare = full.capacity() > 1 << 20 ? Frames.buffer(1 << 16) : full;
    durable = upTo;
  }

  /** Bytes of the current log. */
  public long logBytes() {
    synchronized (appending) {
      return end;
    }
  }

  /**
   * Seals the log and begins the next, as a snapshot of what was written so far needs. While nobody
   * appends.
   *
   * @return the number of that snapshot
   */
  public long rotate() {
    writing.lock();
    try {
      flush();
      synchronized (appending) {
        reserve(Frames.HEADER + 8);
        frameStart = pending.position();
        pending.position(frameStart + Frames.HEADER);
        pending.putLong(SEAL);
        seal();
      }
      flush();
      Path next = directory.resolve("log-" + (generation + 1));
      log.getFD().sync();
      RandomAccessFile created = create(next, layout, generation + 1, grouped);
      log.close();
      log = created;
      file = next;
      generation++;
      synchronized (appending) {
        end = created.length();
      }
      return generation;
    } catch (IOException e) {
      IOException named = new IOException(directory + ": cannot begin a log: " + e.getMessage(), e);
      failure = named;
      throw new UncheckedIOException(named);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Starts a snapshot of what was written before a {@link #rotate}.
   *
   * @param number what that returned
   * @param items number of items
   * @param version number of writes
   * @param nextPlace the place of the next item
   * @param grouped whether an item may belong to a group
   * @param progress of the file and how many bytes it will have, about: is told, now and then, how
   *     many were written
   */
  public Snapshot snapshot(
      long number,
      long items,
      long version,
      long nextPlace,
      boolean grouped,
      BiFunction<Path, Long, LongConsumer> progress)
      throws IOException {
    Path to = directory.resolve("snapshot-" + number);
    return Snapshot.create(to, layout, number, items, version, nextPlace, grouped, progress);
  }

  /** Deletes the files that a snapshot has replaced. */
  public void drop(long number) throws IOException {
    List<Path> old = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : (Iterable<Path>) files::iterator) {
        Matcher name = NAME.matcher(String.valueOf(each.getFileName()));
        if (name.matches() && Long.parseLong(name.group(2)) < number) {
          old.add(each);
        }
      }
    }
    for (Path each : old) {
      Files.deleteIfExists(each);
    }
  }

  /** Writes out what waits and lets go of the directory. */
  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      if (failure == null) {
        flush();
        log.getFD().sync();
      }
    } finally {
      log.close();
      lockFile.close();
      writing.unlock();
    }
  }
}

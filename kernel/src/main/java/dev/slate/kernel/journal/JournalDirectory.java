package dev.slate.kernel.journal;

import dev.slate.kernel.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbered files of a journal, and the lock by which one process alone has them open. */
final class JournalDirectory implements AutoCloseable {
  private static final String SNAPSHOT = "snapshot-";
  private static final String LOG = "log-";
  private static final Pattern NAME = Pattern.compile("(" + SNAPSHOT + "|" + LOG + ")(\\d+)");

  private static final Pattern UNFINISHED = Pattern.compile(SNAPSHOT + "\\d+\\.part");

  /**
   * The directories that this process has open. They are refused before their lock files are
   * opened: on POSIX a process loses its lock as soon as it closes any channel to the file.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Path real;
  private final FileChannel lockFile;
  private boolean closed;

  private JournalDirectory(Path path, Path real, FileChannel lockFile) {
    this.path = path;
    this.real = real;
    this.lockFile = lockFile;
  }

  /**
   * Locks a directory; creates it if it does not exist.
   *
   * @throws IllegalStateException if this process or another one has it open
   */
  static JournalDirectory open(Path path) throws IOException {
    DurableFiles.createDirectories(path);
    Path real = path.toRealPath();
    FileChannel lockFile = OPEN.add(real) ? lock(real) : null;
    if (lockFile == null) {
      throw new IllegalStateException(path + " is open already");
    }
    return new JournalDirectory(path, real, lockFile);
  }

  /** Locks a directory that this process does not have open; null if another one has. */
  private static @Nullable FileChannel lock(Path real) throws IOException {
    FileChannel lockFile = null;
    boolean locked = false;
    try {
      lockFile =
          FileChannel.open(
              real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = lockFile.tryLock() != null;
      return locked ? lockFile : null;
    } catch (OverlappingFileLockException e) {
      return null; // held by another class loader of this process
    } finally {
      if (!locked) {
        OPEN.remove(real);
        if (lockFile != null) {
          lockFile.close();
        }
      }
    }
  }

  /**
   * Forces its entry in the directory above it to the disk, where that may be read: one that was
   * there before may never have been forced.
   */
  void force(Disk disk) throws IOException {
    try {
      disk.forceEntry(real);
    } catch (AccessDeniedException e) {
      // Whoever may write there has made it, and sees to it.
    }
  }

  Path log(long number) {
    return path.resolve(LOG + number);
  }

  Path snapshot(long number) {
    return path.resolve(SNAPSHOT + number);
  }

  /** The largest number of a snapshot; 0 if there is none. */
  long newestSnapshot() throws IOException {
    long newest = 0;
    for (Path file : files(SNAPSHOT, number -> true)) {
      newest = Math.max(newest, number(file));
    }
    return newest;
  }

  /** The numbers of the logs from one on, ascending. */
  List<Long> logsFrom(long first) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Path file : files(LOG, number -> number >= first)) {
      numbers.add(number(file));
    }
    numbers.sort(null);
    return numbers;
  }

  /** Deletes the logs and snapshots of smaller numbers. */
  void deleteBefore(long number) throws IOException {
    for (Path file : files("", each -> each < number)) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes the snapshots that a process was writing when it ended. */
  void deleteUnfinished() throws IOException {
    for (Path file : files(name -> UNFINISHED.matcher(name).matches())) {
      Files.deleteIfExists(file);
    }
  }

  private List<Path> files(String kind, LongPredicate wanted) throws IOException {
    return files(
        file -> {
          Matcher name = NAME.matcher(file);
          return name.matches()
              && name.group(1).startsWith(kind)
              && wanted.test(Long.parseLong(name.group(2)));
        });
  }

  private List<Path> files(Predicate<String> wanted) throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> wanted.test(String.valueOf(file.getFileName()))).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long number(Path file) {
    String name = String.valueOf(file.getFileName());
    return Long.parseLong(name.substring(name.indexOf('-') + 1));
  }

  /** Gives up the lock, once: a second call must not give up that of a later opening. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        lockFile.close();
      } finally {
        OPEN.remove(real);
      }
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

package dev.slate.kernel.journal;

import dev.slate.kernel.file.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The numbered files of a journal, and the lock by which one process alone has them open. */
final class JournalDirectory implements AutoCloseable {
  private static final String SNAPSHOT = "snapshot-";
  private static final String LOG = "log-";
  private static final Pattern NAME = Pattern.compile("(" + SNAPSHOT + "|" + LOG + ")(\\d+)");

  private static final Pattern UNFINISHED = Pattern.compile(SNAPSHOT + "\\d+\\.part");

  private final Path path;
  private final FileChannel lockFile;

  private JournalDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Locks a directory; creates it if it does not exist.
   *
   * @throws IllegalStateException if this process or another one has it open
   */
  static JournalDirectory open(Path path) throws IOException {
    DurableFiles.createDirectories(path);
    FileChannel lockFile =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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
      throw new IllegalStateException(path + " is open already");
    }
    return new JournalDirectory(path, lockFile);
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

  /** Gives up the lock. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}

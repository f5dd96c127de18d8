package dev.slate.bench.gate;

import dev.slate.bench.results.BadInputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock by which JMH keeps its runs from disturbing each other. The gate holds it for all its
 * forks, and they do without it, since the forks of a turn are alive at once. The file is never
 * deleted, as JMH does not delete it: a lock on a file that was deleted and created again would
 * exclude nobody.
 */
final class JmhLock implements AutoCloseable {
  private static final String PROPERTY = "jmh.ignoreLock";

  /** JMH's own flag, on each process that must not ask for the lock. */
  static final String IGNORE = "-D" + PROPERTY + "=true";

  private static final String WAY_OUT =
      "; SLATE_JAVA_OPTS=" + IGNORE + " goes on without it, and results are noisier";

  private final @Nullable FileChannel channel;

  private JmhLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, unless the user said of this process, too, that there is none to take.
   *
   * @return the lock
   * @throws BadInputException if another run of JMH holds it, or it cannot be taken
   */
  static JmhLock take() {
    return Boolean.getBoolean(PROPERTY)
        ? new JmhLock(null)
        : take(Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock"));
  }

  /**
   * Takes the lock on a file.
   *
   * @param file made if there is none
   * @return the lock
   * @throws BadInputException if another holds it, or it cannot be taken
   */
  static JmhLock take(Path file) {
    try {
      if (file.toFile().createNewFile()) {
        file.toFile().setWritable(true, false);
      }
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return new JmhLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new BadInputException(file.toString(), "cannot be locked" + WAY_OUT, e);
    }
    throw new BadInputException(
        file.toString(), "locked by another run of JMH, which would disturb this one" + WAY_OUT);
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}

package dev.slate.bench.gate;

import dev.slate.data.InputException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lock by which JMH keeps its runs from disturbing each other. The gate holds it for all its
 * forks, which then do without, since those of a turn are alive at once.
 */
final class JmhLock implements AutoCloseable {
  /** JMH's own flag, on each process that must not ask for the lock. */
  static final String IGNORE = "-Djmh.ignoreLock=true";

  private final @Nullable FileChannel channel;

  private JmhLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, unless the user said of this process, too, that there is none to take.
   *
   * @return the lock
   * @throws InputException if another run of JMH holds it
   * @throws IOException if its file cannot be opened
   */
  static JmhLock take() throws IOException {
    if (Boolean.getBoolean("jmh.ignoreLock")) {
      return new JmhLock(null);
    }
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new InputException(
          file.toString(), "held by another run of JMH, which would disturb this one");
    }
    return new JmhLock(channel);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}

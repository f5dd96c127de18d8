package dev.slate.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A file that appears under its name only when it is whole.
 *
 * <p>Bytes go to a hidden file beside it, {@code .NAME.<random>.tmp}. {@link #commit} renames that
 * file to its name, in one step where the file system can; {@link #close} without a commit deletes
 * it, as does the end of the JVM by a signal that it can catch. Where the name is that of a device
 * or a pipe, bytes go straight to it. For one thread.
 */
public final class OutputFile implements AutoCloseable {
  /** Of a name within a hidden one: 50 characters have at most 200 of the 255 bytes allowed. */
  private static final int MAX_NAME_CHARS = 50;

  private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();
  private static final Queue<Runnable> LAST = new ConcurrentLinkedQueue<>();
  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(OutputFile::deletePending, "slate-cleanup"));
  }

  private final String spec;
  private final Path target;
  private final @Nullable Path hidden;
  private final FileChannel channel;
  private boolean committed;

  private OutputFile(String spec, Path target, @Nullable Path hidden, FileChannel channel) {
    this.spec = spec;
    this.target = target;
    this.hidden = hidden;
    this.channel = channel;
  }

  /**
   * Starts a file.
   *
   * @param name its name; a file that has it already stays as it is until the commit
   * @return the file, empty
   * @throws InputException if the name is a directory, its directory does not exist or may not be
   *     written to
   */
  public static OutputFile create(String name) {
    try {
      Path path = Path.of(name);
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      if (Files.isDirectory(target)) {
        throw new InputException(name, "is a directory");
      }
      if (Files.exists(target) && !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
        return new OutputFile(
            name, target, null, FileChannel.open(target, StandardOpenOption.WRITE));
      }
      Path file = target.getFileName();
      if (file == null) {
        throw new InputException(name, "is not a file name");
      }
      String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
      Path hidden = target.resolveSibling("." + shortened(file.toString()) + "." + random + ".tmp");
      FileChannel channel =
          FileChannel.open(
              hidden,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      PENDING.add(hidden);
      return new OutputFile(name, target, hidden, channel);
    } catch (InvalidPathException e) {
      throw new InputException(name, "is not a file name", e);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** The beginning of a name, so that a longer one is still a name of a file. */
  private static String shortened(String name) {
    if (name.length() <= MAX_NAME_CHARS) {
      return name;
    }
    boolean split = Character.isHighSurrogate(name.charAt(MAX_NAME_CHARS - 1));
    return name.substring(0, split ? MAX_NAME_CHARS - 1 : MAX_NAME_CHARS);
  }

  /**
   * Where the bytes go.
   *
   * @return a channel that this file closes
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Where the bytes go, as a stream without a buffer of its own.
   *
   * @return a stream over {@link #channel}
   */
  public OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /**
   * The file that holds the bytes until the commit, for a library that writes by name.
   *
   * @return the hidden file
   */
  public Path path() {
    return hidden == null ? target : hidden;
  }

  /**
   * The name that the file will have.
   *
   * @return as given to {@link #create}
   */
  public String name() {
    return spec;
  }

  /**
   * Closes the file and gives it its name.
   *
   * @throws InputException if the disk is full or the rename is refused
   */
  public void commit() {
    try {
      channel.close();
      if (hidden != null) {
        if (ending) {
          waitForTheEnd();
        }
        Files.move(hidden, target, StandardCopyOption.REPLACE_EXISTING);
        PENDING.remove(hidden);
      }
      committed = true;
    } catch (IOException e) {
      if (ending) {
        waitForTheEnd();
      }
      throw unwritable(spec, e);
    }
  }

  /**
   * Writes a whole file.
   *
   * @param path its name
   * @param text what it holds, in UTF-8
   * @throws InputException as {@link #create} and {@link #commit}, and if the disk is full
   */
  public static void write(Path path, String text) {
    try (OutputFile file = create(path.toString())) {
      file.stream().write(text.getBytes(StandardCharsets.UTF_8));
      file.commit();
    } catch (IOException e) {
      throw unwritable(path.toString(), e);
    }
  }

  /**
   * Turns a failure to write into bad input: a full disk, a directory that vanished.
   *
   * @param name the file, for the message
   * @param failure the system's error
   * @return the exception to throw
   */
  public static InputException unwritable(String name, IOException failure) {
    String reason =
        switch (failure) {
          case NoSuchFileException e -> "its directory does not exist";
          case AccessDeniedException e -> "permission denied";
          default -> "cannot be written: " + failure.getMessage();
        };
    return new InputException(name, reason, failure);
  }

  /** Closes the file, and deletes it unless it was committed. */
  @Override
  public void close() {
    if (committed) {
      return;
    }
    try {
      channel.close();
      if (hidden != null) {
        Files.deleteIfExists(hidden);
        PENDING.remove(hidden);
      }
    } catch (IOException e) {
      throw unwritable(spec, e);
    }
  }

  /**
   * Deletes the hidden files of all that are not committed, and keeps others from being committed:
   * for the end of the JVM, where this runs by itself unless {@link Runtime#halt} ends it.
   */
  public static void deletePending() {
    ending = true;
    for (Path hidden : PENDING) {
      try {
        Files.deleteIfExists(hidden);
      } catch (IOException e) {
        // The JVM is ending: nobody is left to tell.
      }
    }
    LAST.forEach(Runnable::run);
  }

  /** Has something done once the hidden files are gone at the end of the JVM. */
  static void atTheEnd(Runnable action) {
    LAST.add(action);
  }

  /** The hidden file is gone and the JVM about to be: nothing true is left to say. */
  private static void waitForTheEnd() {
    while (true) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // Not even an interrupt changes that.
      }
    }
  }
}

package dev.slate.kernel.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Gives files names that are still there after a loss of power. */
public final class DurableFiles {
  private DurableFiles() {}

  /**
   * Gives a file that was forced to the disk its name, at once and for good.
   *
   * @param temporary the file, in the directory of its name
   * @param file its name; replaced where it exists
   */
  public static void rename(Path temporary, Path file) throws IOException {
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceEntry(file);
  }

  /**
   * Creates a directory and its parents where they are missing, and forces their entries to disk.
   */
  public static void createDirectories(Path directory) throws IOException {
    List<Path> missing = new ArrayList<>();
    Path each = directory.toAbsolutePath();
    while (each != null && !Files.exists(each)) {
      missing.add(each);
      each = each.getParent();
    }
    if (missing.isEmpty() && !Files.isDirectory(directory)) {
      throw new IOException(directory + ": is not a directory");
    }
    Files.createDirectories(directory);
    for (Path created : missing) {
      forceEntry(created);
    }
  }

  /**
   * Forces the entry of a file in its directory to the disk, also if the thread is interrupted,
   * which it remains.
   */
  public static void forceEntry(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      while (!forced(parent)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Forces a directory to the disk; false if an interruption closed its channel. */
  private static boolean forced(Path parent) throws IOException {
    try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
      directory.force(true);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}

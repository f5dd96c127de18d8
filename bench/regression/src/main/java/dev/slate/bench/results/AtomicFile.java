package dev.slate.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A text file that appears under its name only when it is whole. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file beside its name and renames it; a device or a pipe is written to directly.
   *
   * @param name of the file; replaced where it exists
   * @param text all of it, in UTF-8
   * @throws BadInputException if the file cannot be written
   */
  public static void write(String name, String text) {
    try {
      Path path = Path.of(name);
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path file = target.getFileName();
      if (file == null || Files.isDirectory(target)) {
        throw new BadInputException(name, "is a directory");
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        Files.writeString(target, text);
        return;
      }
      Path beside =
          target.resolveSibling("." + file + "." + ProcessHandle.current().pid() + ".tmp");
      try {
        Files.writeString(beside, text);
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (InvalidPathException e) {
      throw new BadInputException(name, "is not a file name", e);
    } catch (IOException e) {
      throw BadInputException.notWritten(name, e);
    }
  }
}

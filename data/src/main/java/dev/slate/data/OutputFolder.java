package dev.slate.data;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder for the files of a command. {@link #close} deletes it again, and the folders above it
 * that were made for it, if nothing is in it: so that a command that fails leaves no empty folder.
 * The end of the JVM by a signal that it can catch does the same. For one thread.
 */
public final class OutputFolder implements AutoCloseable {
  private static final Set<OutputFolder> OPEN = ConcurrentHashMap.newKeySet();

  static {
    OutputFile.atTheEnd(() -> OPEN.forEach(OutputFolder::deleteEmpty));
  }

  private final Path path;

  /** The folders that did not exist before, the innermost first. */
  private final List<Path> made = new ArrayList<>();

  private OutputFolder(Path path) {
    this.path = path;
  }

  /**
   * Makes a folder, and those above it, where they do not exist.
   *
   * @param path the folder
   * @return the folder, which exists
   * @throws InputException if there is a file of that name, or the folder cannot be made
   */
  public static OutputFolder create(Path path) {
    OutputFolder folder = new OutputFolder(path);
    for (Path at = path.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      folder.made.add(at);
    }
    OPEN.add(folder);
    boolean created = false;
    try {
      Files.createDirectories(path);
      created = true;
      return folder;
    } catch (FileAlreadyExistsException e) {
      throw new InputException(path.toString(), "is not a directory", e);
    } catch (IOException e) {
      throw OutputFile.unwritable(path.toString(), e);
    } finally {
      if (!created) {
        folder.close();
      }
    }
  }

  /**
   * Where it is.
   *
   * @return as given to {@link #create}
   */
  public Path path() {
    return path;
  }

  private void deleteEmpty() {
    try {
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Something is in it, which stays, or it may not be deleted, which harms nobody.
    }
  }

  /** Deletes what was made and is empty. */
  @Override
  public void close() {
    if (OPEN.remove(this)) {
      deleteEmpty();
    }
  }
}

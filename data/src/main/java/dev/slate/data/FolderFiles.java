package dev.slate.data;

import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A command that reads or writes files of fixed names in folders that the user names. It lists them
 * before it runs, so that none of its inputs is replaced.
 */
public interface FolderFiles {
  /**
   * The files that are read in folders.
   *
   * @return those that may be there
   */
  default Stream<Path> read() {
    return Stream.empty();
  }

  /**
   * The files that are written or deleted in folders.
   *
   * @return those that may be there
   */
  default Stream<Path> written() {
    return Stream.empty();
  }
}

package dev.slate.kernel;

/** How {@link Index#open(java.nio.file.Path, Opening)} takes a snapshot into memory. */
public enum Opening {
  /** Reads and checks the whole file now, into arrays like those of an index that was built. */
  LOAD,

  /**
   * Reads the arrays that every search needs now; rows, codes and ids when a search first needs
   * them, in parts of at most 256 KiB that are checked then. The file stays open until all of it is
   * read or the index is closed. Rows of {@link Strategy#SCAN} are read by the first search, all of
   * them.
   */
  ON_DEMAND
}

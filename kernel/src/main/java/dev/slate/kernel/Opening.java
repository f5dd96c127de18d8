package dev.slate.kernel;

/** How {@link Index#open(java.nio.file.Path, Opening)} takes a snapshot into memory. */
public enum Opening {
  /** The whole file at once, checked, into arrays like those of an index that was built. */
  LOAD,

  /**
   * The arrays that every search needs at once; rows, codes and ids later, in parts of at most 256
   * KiB, each read and checked when a search first needs it. The file stays open until all of it is
   * read or the index is closed. Rows of {@link Strategy#SCAN} are read by the first search, all of
   * them.
   */
  ON_DEMAND
}

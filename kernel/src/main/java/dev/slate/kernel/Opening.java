package dev.slate.kernel;

/** How {@link Index#open(java.nio.file.Path, Opening)} takes a snapshot into memory. */
public enum Opening {
  /** All of it at once, checked, into arrays like those of an index that was built. */
  LOAD,

  /**
   * What every search needs at once; rows, codes and ids in parts of at most 256 KiB when a search
   * first needs them, each checked at that moment. The file stays open until all of it was read, or
   * the index is closed. Rows of {@link Strategy#SCAN} are read whole, by the first search.
   */
  ON_DEMAND
}

package dev.slate.kernel.search;

/** A strategy over one index's layout. Immutable and safe from many threads. */
public interface Engine {
  /** Number of attributes of the layout. */
  int dimensions();

  /** Bytes of heap that the layout holds. */
  long bytes();

  /** Creates the scratch of one thread. */
  Cursor cursor();
}

package dev.slate.kernel.search;

import org.jspecify.annotations.Nullable;

/** A strategy over one index's layout. Immutable and safe from many threads. */
public interface Engine {
  /** Number of attributes of the layout. */
  int dimensions();

  /** Bytes of heap that the layout holds. */
  long bytes();

  /** Creates the scratch of one thread. */
  Cursor cursor();

  /**
   * Creates the scratch of one thread for many queries at once.
   *
   * @return null where queries are best searched one by one
   */
  default @Nullable GroupCursor groupCursor() {
    return null;
  }
}

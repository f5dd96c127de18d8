package dev.slate.service;

import dev.slate.kernel.Query;
import dev.slate.kernel.Slate;
import org.jspecify.annotations.Nullable;

/** The items that a service answers from: those of a live index, or of one that does not change. */
interface ServedItems extends AutoCloseable {
  int dimensions();

  /** Whether items may be written, and have groups. */
  boolean live();

  /** Searches, on any thread. */
  void search(Query query, Slate out);

  /** Copies an item's attributes; false if there is none. */
  boolean copyRow(long id, float[] to);

  /** An item; null if there is none. */
  @Nullable ServedItem item(long id);

  /** The name of the i-th item of an answer; null if items have none. */
  @Nullable String name(Slate answer, int i);

  @Override
  void close();
}

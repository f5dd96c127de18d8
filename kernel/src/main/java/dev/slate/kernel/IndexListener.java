package dev.slate.kernel;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Receives events of an index, for the counters and alarms of a service: builds, files,
 * compactions, recovery and slow searches. Other searches are no events, since the caller can count
 * them itself.
 *
 * <p>Methods are called on the thread that does the work, without a lock; so several threads may
 * call at once. An exception that a method throws reaches the caller of that thread's work. Methods
 * should be short, and not throw.
 *
 * <p>The Java Flight Recorder gets the same events, with or without a listener: {@code
 * dev.slate.Build}, {@code dev.slate.File}, {@code dev.slate.Compaction}, {@code
 * dev.slate.Recovery} and {@code dev.slate.SlowSearch}. With a listener, or while the recorder
 * runs, a search reads the clock twice.
 *
 * {@snippet :
 * IndexListener listener =
 *     new IndexListener() {
 *       @Override
 *       public void slowSearch(SearchStats stats, long nanos) {
 *         System.out.println(stats.itemsScored() + " items scored in " + nanos + " ns");
 *       }
 *     };
 * Index index = Index.builder(items).listener(listener).build();
 * }
 */
public interface IndexListener {
  /** The threshold of a slow search unless a listener has another: 10 ms. */
  Duration SLOW_SEARCH = Duration.ofMillis(10);

  /**
   * An index was built, planning included. For a live index, the build of the items that it starts
   * with; later builds are part of compactions.
   *
   * @param strategy that serves
   * @param items number of items
   * @param bytes of heap, ids excluded
   * @param nanos how long it took
   */
  default void built(Strategy strategy, int items, long bytes, long nanos) {}

  /**
   * A part of a file was written: of an index, or the snapshot of a live index. Called every 16
   * MiB, while the work goes on; for a smaller file only {@link #saved} is called.
   *
   * @param file its name
   * @param bytes how many were written so far
   * @param total how many there will be, about
   */
  default void saving(Path file, long bytes, long total) {}

  /**
   * An index was written to a file; or a snapshot of a live index into its directory, asked for or
   * not.
   *
   * @param file its name
   * @param bytes its length
   * @param nanos how long it took, until it was on the disk
   */
  default void saved(Path file, long bytes, long nanos) {}

  /**
   * A part of a file was read: of an index, or the snapshot or a log of a live index. Called every
   * 16 MiB, while the work goes on; an index that is opened {@link Opening#ON_DEMAND} skips what is
   * left for later.
   *
   * @param file its name
   * @param bytes where in the file the reading is
   * @param total its length
   */
  default void opening(Path file, long bytes, long total) {}

  /**
   * An index was read from a file.
   *
   * @param file its name
   * @param bytes its length
   * @param nanos how long it took
   */
  default void opened(Path file, long bytes, long nanos) {}

  /**
   * Parts of a live index were merged.
   *
   * @param parts how many became one
   * @param items of the new part
   * @param nanos how long it took
   */
  default void compacted(int parts, long items, long nanos) {}

  /**
   * The newest log of a live index was truncated while its directory was opened, because its last
   * flush is incomplete. After a loss of power no acknowledged write is missing. If the disk
   * damaged a last flush that had been acknowledged, that flush is lost; the two cases cannot be
   * told apart. Also logged as a warning.
   *
   * @param log its name
   * @param end where it ends now, in bytes
   * @param kept a copy of the truncated bytes; Slate never deletes it
   */
  default void cut(Path log, long end, Path kept) {}

  /**
   * A live index was opened in a directory: its snapshot was read, and its log replayed.
   *
   * @param items number of items
   * @param version number of writes so far
   * @param nanos how long it took
   */
  default void recovered(long items, long version, long nanos) {}

  /**
   * A search took at least {@link #slowSearchThreshold}. Batches are no events.
   *
   * @param stats the counters of the search
   * @param nanos how long it took
   */
  default void slowSearch(SearchStats stats, long nanos) {}

  /**
   * The time of a search from which on {@link #slowSearch} is called. Read once, when the listener
   * is set.
   *
   * @return {@link #SLOW_SEARCH} unless overridden
   */
  default Duration slowSearchThreshold() {
    return SLOW_SEARCH;
  }
}

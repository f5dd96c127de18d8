package dev.slate.kernel.journal;

import dev.slate.kernel.layout.RowChunks;
import dev.slate.kernel.select.GroupCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Receives the items of a snapshot, and then the writes of the logs since. */
public interface Items {
  /**
   * Takes note of a file before it is read.
   *
   * @param file its name
   * @param bytes its length
   * @return receives, now and then, the number of bytes that were read so far
   */
  LongConsumer reading(Path file, long bytes);

  /**
   * Takes the items of a snapshot, in no order.
   *
   * @param ids by item
   * @param places by item
   * @param groups by item, {@link GroupCounts#NO_GROUP} where one belongs to none; null if none
   *     does
   * @param rows by item
   * @param version number of writes that led to them
   * @param nextPlace the place of the next item
   */
  void load(
      long[] ids,
      long[] places,
      int @Nullable [] groups,
      RowChunks rows,
      long version,
      long nextPlace);

  /**
   * Begins a write, of which {@link #put} and {@link #remove} give the operations.
   *
   * @param file the log that holds it
   * @param version of the items after the write
   * @throws IOException if the write does not follow the one before; names the file
   */
  void begin(Path file, long version) throws IOException;

  /**
   * Takes an item. The row is used again.
   *
   * @param group its group, or {@link GroupCounts#NO_GROUP}
   */
  void put(long id, float[] row, int group);

  /** Takes a deletion. */
  void remove(long id);

  /** Ends a write. */
  void end();

  /**
   * Takes note of a log whose last flush had reached the disk in part, and that is cut off there.
   *
   * @param log its name
   * @param end where it ends now, in bytes
   * @param kept a copy of what was behind
   */
  void cut(Path log, long end, Path kept);
}

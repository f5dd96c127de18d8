package dev.slate.kernel.search;

import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.parallel.WorkerGroup;
import java.io.IOException;
import java.util.List;

/**
 * The layout that a strategy built, and how it is searched. Immutable and safe from many threads.
 */
public interface Engine {
  /** Number of attributes of the layout. */
  int dimensions();

  /** Bytes of heap that the layout holds. */
  long bytes();

  /**
   * The items in the order of the layout, for those that read rows back.
   *
   * @throws UnsupportedOperationException unless overridden
   */
  default Slots slots() {
    throw new UnsupportedOperationException("rows cannot be read back from " + getClass());
  }

  /**
   * Writes the layout, for {@code SearchStrategy.read}.
   *
   * @throws UnsupportedOperationException unless overridden
   */
  default void write(ArrayWriter out) throws IOException {
    throw new UnsupportedOperationException("a layout cannot be saved: " + getClass().getName());
  }

  /** Creates the scratch of one thread. */
  Cursor cursor();

  /**
   * Creates a search of batches. Unless overridden, threads claim queries from a queue.
   *
   * @param contexts one for each worker
   * @param workers the threads that share a batch
   */
  default BatchSearch batch(SearchContext[] contexts, WorkerGroup workers) {
    return new QueryQueue(contexts, workers);
  }

  /** Describes the layout, in clauses for {@code Index.plan()}. */
  default List<String> description() {
    return List.of();
  }
}

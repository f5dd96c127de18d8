package dev.slate.kernel.search;

import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.parallel.WorkerGroup;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * Finds the parts of the layout whose items all belong to one group, for {@code
   * CompiledQuery.uniform}: a search leaves such a part out as a whole once its group has the items
   * that it may have. O(n) at most, and much less where neighbours belong to several groups. Where
   * the layout is opened on demand, it reads the chunks that hold ordinals.
   *
   * @param groupOf the group of each ordinal
   * @return a bit for each part, in an order of the layout's own; null if no part is of one group,
   *     and unless overridden
   */
  default long @Nullable [] uniform(int[] groupOf) {
    return null;
  }

  /**
   * Whether the layout has an order other than that of ordinals. A search then cannot skip ranges
   * of ordinals that a set excludes; if sets admit few items, their rows are read through {@link
   * #slots}, and the layout is not searched. False unless overridden.
   */
  default boolean scattered() {
    return false;
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

package dev.slate.kernel.strategy;

import dev.slate.kernel.Strategy;
import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.search.Engine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A way to find the exact answer: it builds a layout with its searches ({@link Engine}), estimates
 * the cost of searches, and describes both. Stateless and safe from many threads.
 */
public interface SearchStrategy {
  /** The public name. */
  Strategy name();

  /**
   * Lays out items for search. Accepts every n, d and metric.
   *
   * @param input the items, and how to build
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  Engine build(BuildInput input);

  /**
   * Estimates the heap that a build takes at its peak, the index included, from above.
   *
   * @param size the items, of which nothing but their number and width is known
   * @return bytes
   * @throws UnsupportedOperationException unless overridden
   */
  default long peakBytes(BuildSize size) {
    throw new UnsupportedOperationException("no estimate of memory: " + getClass().getName());
  }

  /**
   * Estimates the cost of searches from a sample of the items. The same sample gives the same
   * estimate: it depends on counters, not on a clock.
   *
   * @param sample a sample, and the counts of searches of it
   * @return null if the number of attributes rules the strategy out, so that no trial is made
   */
  @Nullable CostEstimate estimate(SampleProfile sample);

  /**
   * Reads a layout that {@link Engine#write} wrote.
   *
   * @throws IOException if the file is damaged
   * @throws UnsupportedOperationException unless overridden
   */
  default Engine read(ArrayReader in) throws IOException {
    throw new UnsupportedOperationException("layouts cannot be opened: " + getClass().getName());
  }
}

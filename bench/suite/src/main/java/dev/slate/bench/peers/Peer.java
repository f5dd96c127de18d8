package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import java.io.Closeable;
import java.io.IOException;

/** Another way to find the k best. For one thread. */
public interface Peer extends Closeable {
  /**
   * Takes the items into a form of its own.
   *
   * @param items n x d
   * @param metric how to score
   * @throws IOException if it needs files and they fail
   */
  void build(Catalog items, Metric metric) throws IOException;

  /**
   * Finds the k best.
   *
   * @param query d attributes
   * @param k how many
   * @return ordinals, best first; may be reused by the next search
   * @throws IOException if it needs files and they fail
   */
  int[] search(float[] query, int k) throws IOException;

  /**
   * Finds the k best for each of many queries.
   *
   * @param queries each of d attributes
   * @param k how many of each
   * @return ordinals for each query, best first
   * @throws IOException if it needs files and they fail
   */
  default int[][] searchAll(float[][] queries, int k) throws IOException {
    int[][] found = new int[queries.length][];
    for (int q = 0; q < queries.length; q++) {
      found[q] = search(queries[q], k).clone();
    }
    return found;
  }

  /** Gives back what is not memory. */
  @Override
  default void close() throws IOException {}
}

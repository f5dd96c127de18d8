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

  /** Gives back what is not memory. */
  @Override
  default void close() throws IOException {}
}

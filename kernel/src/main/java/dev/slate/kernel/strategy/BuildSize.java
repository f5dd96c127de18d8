package dev.slate.kernel.strategy;

import dev.slate.kernel.Catalog;

/**
 * What the memory of a build depends on.
 *
 * @param n number of items
 * @param width floats of a row: the attributes, and the bias where there is one
 * @param threads that share the build
 */
public record BuildSize(long n, int width, int threads) {
  /** Building an index of a catalogue. */
  public static BuildSize of(Catalog items, int threads) {
    int width = items.dimensions() + (items.hasBias() ? 1 : 0);
    return new BuildSize(items.size(), width, threads);
  }

  /** The same build of another number of items by one thread: a trial on a sample. */
  public BuildSize sample(long items) {
    return new BuildSize(items, width, 1);
  }
}

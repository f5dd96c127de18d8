package dev.slate.kernel.strategy;

/**
 * What the memory of a build depends on.
 *
 * @param n number of items
 * @param width floats of a row: the attributes, and the bias where there is one
 * @param dot whether a larger score is better
 * @param threads that share the build
 */
public record BuildSize(long n, int width, boolean dot, int threads) {
  /** The same build of another number of items by one thread: a trial on a sample. */
  public BuildSize sample(long items) {
    return new BuildSize(items, width, dot, 1);
  }
}

package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;

/** Reads a catalogue row by row, taking many at a time from where they come from. */
final class RowReader {
  private static final int CHUNK_FLOATS = 1 << 18;

  /**
   * Takes one row.
   *
   * @param <E> how it fails
   */
  @FunctionalInterface
  interface Sink<E extends Exception> {
    /**
     * Takes a row.
     *
     * @param ordinal of the item
     * @param row its attributes, for the receiver to keep
     * @throws E if it cannot
     */
    void accept(int ordinal, float[] row) throws E;
  }

  private RowReader() {}

  /** Gives every row, in order, as an array of its own. */
  static <E extends Exception> void each(Catalog items, Sink<E> sink) throws E {
    int d = items.dimensions();
    int most = Math.max(1, CHUNK_FLOATS / d);
    float[] chunk = new float[Math.min(most, items.size()) * d];
    for (int from = 0; from < items.size(); from += most) {
      int count = Math.min(most, items.size() - from);
      items.copyRows(from, count, chunk, 0);
      for (int i = 0; i < count; i++) {
        float[] row = new float[d];
        System.arraycopy(chunk, i * d, row, 0, d);
        sink.accept(from + i, row);
      }
    }
  }
}

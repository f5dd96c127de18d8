package dev.slate.bench.peers;

import dev.slate.kernel.Catalog;

/** Reads a catalogue row by row, taking many at a time from where they come from. */
final class RowReader {
  private static final int CHUNK_FLOATS = 1 << 18;

  /** Takes one row. */
  @FunctionalInterface
  interface Sink {
    /**
     * Takes a row.
     *
     * @param ordinal of the item
     * @param row its attributes, for the receiver to keep
     */
    void accept(int ordinal, float[] row);
  }

  private RowReader() {}

  /** Gives every row, in order, as an array of its own. */
  static void each(Catalog items, Sink sink) {
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

package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Rows;

/** Rows taken at equal distances from the catalogue. */
final class Sample {
  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_FLOATS = 1 << 24;

  /** Count x width, row-major. */
  final float[] rows;

  /** Number of rows. */
  final int count;

  /** Floats of a row. */
  final int width;

  private Sample(float[] rows, int count, int width) {
    this.rows = rows;
    this.count = count;
    this.width = width;
  }

  /** Reads a sample of a catalogue. */
  static Sample of(Rows source) {
    int n = source.size();
    int width = source.width();
    int count = Math.min(n, Math.min(MOST_ROWS, MOST_FLOATS / width));
    float[] rows = new float[count * width];
    float[] row = new float[width];
    for (int i = 0; i < count; i++) {
      source.read((int) ((long) i * n / count), 1, row);
      System.arraycopy(row, 0, rows, i * width, width);
    }
    return new Sample(rows, count, width);
  }

  /** Some of the sample's rows: the members from..to. */
  Sample only(int[] members, int from, int to) {
    float[] some = new float[(to - from) * width];
    for (int i = from; i < to; i++) {
      System.arraycopy(rows, members[i] * width, some, (i - from) * width, width);
    }
    return new Sample(some, to - from, width);
  }

  /** A part of the sample's rows, at equal distances again. */
  Sample thin(int most) {
    if (count <= most) {
      return this;
    }
    float[] some = new float[most * width];
    for (int i = 0; i < most; i++) {
      System.arraycopy(rows, (int) ((long) i * count / most) * width, some, i * width, width);
    }
    return new Sample(some, most, width);
  }
}

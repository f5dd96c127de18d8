package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Rows;
import java.util.function.IntUnaryOperator;

/** Rows taken at equal distances from the catalogue. */
final class Sample {
  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_FLOATS = 1 << 24;

  /** From one row in so many on, each is read by itself. */
  private static final int SPARSE = 8;

  /** Rows that are read together. */
  private static final int RUN = 64;

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
    int run = n < SPARSE * (long) count ? RUN : 1;
    float[] read = new float[run * width];
    int first = 0;
    int end = 0;
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * n / count);
      if (row >= end) {
        first = row;
        end = Math.min(n, row + run);
        source.read(first, end - first, read);
      }
      System.arraycopy(read, (row - first) * width, rows, i * width, width);
    }
    return new Sample(rows, count, width);
  }

  /** Copies a row, as doubles. */
  void row(int i, double[] to) {
    for (int j = 0; j < width; j++) {
      to[j] = rows[i * width + j];
    }
  }

  /** Some of the sample's rows: the members from..to. */
  Sample only(int[] members, int from, int to) {
    return copy(to - from, i -> members[from + i]);
  }

  /** A part of the sample's rows, at equal distances again. */
  Sample thin(int most) {
    return count <= most ? this : copy(most, i -> (int) ((long) i * count / most));
  }

  private Sample copy(int some, IntUnaryOperator member) {
    float[] copied = new float[some * width];
    for (int i = 0; i < some; i++) {
      System.arraycopy(rows, member.applyAsInt(i) * width, copied, i * width, width);
    }
    return new Sample(copied, some, width);
  }
}

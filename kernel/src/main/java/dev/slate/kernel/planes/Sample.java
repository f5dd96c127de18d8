package dev.slate.kernel.planes;

import dev.slate.kernel.layout.Rows;
import java.util.function.IntUnaryOperator;

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

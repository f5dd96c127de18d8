package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import java.io.IOException;
import java.util.Arrays;

/**
 * A grid of 255 steps for each coordinate: code c, from -127 to 127, stands for the real number
 * {@code origin + step x c}. Coordinates beyond the grid take its last step; how far an item is
 * from its grid point is measured when it is coded, so nothing depends on a good fit but speed.
 */
final class Quantizer {
  private static final int LAST = 127;

  final float[] origin;
  final float[] step;

  private Quantizer(float[] origin, float[] step) {
    this.origin = origin;
    this.step = step;
  }

  /**
   * Fits a grid to a sample. Where all values of a coordinate are integers that 255 codes can stand
   * for, the codes stand for those integers.
   *
   * @param sample count x rows, row-major
   * @param count number of points, at least 1
   * @param rows number of coordinates
   */
  static Quantizer fit(float[] sample, int count, int rows) {
    Quantizer grid = new Quantizer(new float[rows], new float[rows]);
    float[] least = Arrays.copyOf(sample, rows);
    float[] most = Arrays.copyOf(sample, rows);
    boolean[] integers = new boolean[rows];
    Arrays.fill(integers, true);
    for (int i = 0, at = 0; i < count; i++, at += rows) {
      for (int j = 0; j < rows; j++) {
        float x = sample[at + j];
        least[j] = Math.min(least[j], x);
        most[j] = Math.max(most[j], x);
        integers[j] &= x == Math.rint(x);
      }
    }
    for (int j = 0; j < rows; j++) {
      double half = ((double) most[j] - least[j]) / 2;
      if (integers[j] && half <= LAST) {
        grid.step[j] = 1;
        grid.origin[j] = (float) Math.rint(least[j] + half);
      } else {
        grid.step[j] = (float) (half / LAST);
        grid.origin[j] = (float) (least[j] + half);
      }
    }
    return grid;
  }

  int rows() {
    return step.length;
  }

  /** The code of the grid point nearest to a coordinate. */
  byte code(int row, double x) {
    float s = step[row];
    return s == 0 ? 0 : (byte) Math.rint(Math.clamp((x - origin[row]) / s, -LAST, LAST));
  }

  /** The coordinate that a code stands for; the error is that of one rounding of a double. */
  double point(int row, byte code) {
    return origin[row] + (double) step[row] * code;
  }

  /** A bound on the length of any grid point's coordinates taken as absolute values. */
  double extent() {
    double sum = 0;
    for (int j = 0; j < step.length; j++) {
      double most = Math.abs((double) origin[j]) + LAST * (double) step[j];
      sum += most * most;
    }
    return Math.sqrt(sum);
  }

  void write(ArrayWriter out) throws IOException {
    out.array(origin);
    out.array(step);
  }

  static Quantizer read(ArrayReader in) throws IOException {
    return new Quantizer(in.floats(), in.floats());
  }
}

package dev.slate.kernel.quantized;

import dev.slate.kernel.rows.RowSample;
import org.jspecify.annotations.Nullable;

/**
 * Sampled items as packed codes see them: y / |y| with y = x - centre, in coordinates that are the
 * attributes, or coordinates along principal directions. For one thread.
 */
final class Shapes {
  /** Sampled rows that steps are fitted to, about. */
  private static final int FITTED = 1_024;

  /** Best steps for a normal distribution, in standard deviations (Max, 1960). */
  private static final double STEP_FOUR = 0.335;

  private static final double STEP_THREE = 0.586;

  /** Factors of those steps that are tried: real attributes have longer tails. */
  private static final double[] STRETCH = {0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5};

  /** Count x width. */
  private final RowSample sample;

  /** The centre of each attribute. */
  final float[] centre;

  /** The directions; null where the coordinates are the attributes. */
  final @Nullable Projection rotation;

  /** For each coordinate, a number for each item. */
  final double[][] values;

  /** Length of each item's y. */
  final double[] lengths;

  /** Steps of four bits, and of three, for each coordinate; 0 where not yet fitted. */
  private final float[][] steps;

  private Shapes(
      RowSample sample,
      float[] centre,
      @Nullable Projection rotation,
      double[][] values,
      double[] lengths) {
    this.sample = sample;
    this.centre = centre;
    this.rotation = rotation;
    this.values = values;
    this.lengths = lengths;
    this.steps = new float[2][values.length];
  }

  /** Takes the attributes for coordinates. */
  static Shapes of(RowSample sample) {
    int width = sample.width;
    float[] centre = new float[width];
    for (int j = 0; j < width; j++) {
      centre[j] = (float) mean(sample, j);
    }
    double[][] values = new double[width][sample.count];
    double[] lengths = new double[sample.count];
    for (int i = 0; i < sample.count; i++) {
      double square = 0;
      for (int j = 0; j < width; j++) {
        values[j][i] = sample.rows[i * width + j] - (double) centre[j];
        square += values[j][i] * values[j][i];
      }
      double scale = scale(square);
      lengths[i] = Math.sqrt(square);
      for (int j = 0; j < width; j++) {
        values[j][i] *= scale;
      }
    }
    return new Shapes(sample, centre, null, values, lengths);
  }

  /**
   * The same items along the directions that carry most of their lengths.
   *
   * @param m number of directions
   * @return null if they did not come out orthonormal
   */
  @Nullable Shapes rotated(int m) {
    int width = sample.width;
    int count = sample.count;
    float[] rows = new float[count * width];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < count; i++) {
        rows[i * width + j] = (float) values[j][i];
      }
    }
    Projection directions = Projection.roughly(RowSample.of(rows, width), m);
    if (directions == null) {
      return null;
    }
    double[][] turned = new double[m][count];
    double[] y = new double[width];
    double[] z = new double[directions.rows()];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < width; j++) {
        y[j] = values[j][i];
      }
      directions.image(y, z);
      for (int j = 0; j < m; j++) {
        turned[j][i] = z[j];
      }
    }
    return new Shapes(sample, centre, directions, turned, lengths);
  }

  /** The standard deviation of a coordinate from 0. */
  double deviation(int coordinate) {
    double sum = 0;
    for (double value : values[coordinate]) {
      sum += value * value;
    }
    return Math.sqrt(sum / values[coordinate].length);
  }

  /** The step of a coordinate's codes with the least squared error. */
  float step(int coordinate, int bits) {
    float[] fitted = steps[bits == 4 ? 0 : 1];
    if (fitted[coordinate] == 0) {
      fitted[coordinate] = step(values[coordinate], deviation(coordinate), bits);
    }
    return fitted[coordinate];
  }

  private static float step(double[] values, double deviation, int bits) {
    double best = Double.POSITIVE_INFINITY;
    float chosen = 0;
    for (double stretch : STRETCH) {
      float step = (float) ((bits == 4 ? STEP_FOUR : STEP_THREE) * deviation * stretch);
      double sum = 0;
      int stride = Math.max(1, values.length / FITTED);
      for (int i = 0; i < values.length; i += stride) {
        double off =
            values[i] - PackedGrid.point(step, bits, PackedGrid.code(step, bits, values[i]));
        sum += off * off;
      }
      if (sum < best) {
        best = sum;
        chosen = step;
      }
    }
    return chosen;
  }

  /**
   * The factor that brings a vector to length 1, from its squared length; 0 where there is none.
   */
  static double scale(double square) {
    double scale = 1 / Math.sqrt(square);
    return scale < Double.POSITIVE_INFINITY ? scale : 0;
  }

  private static double mean(RowSample sample, int j) {
    double sum = 0;
    for (int i = 0; i < sample.count; i++) {
      sum += sample.rows[i * sample.width + j];
    }
    return sum / sample.count;
  }
}

package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.simd.PackedKernel;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A coarse grid for the directions of items as seen from their centre, that is for y = x - centre
 * divided by its length: four bits for the attributes that vary most, three for the others, none
 * for those that do not vary. Code c of 2^bits stands for {@code step (c - (2^bits - 1) / 2)};
 * attributes beyond the grid take its last place. Lengths are stored apart (gain and shape, Gray
 * 1984), so that long and short items are told equally well.
 */
final class PackedGrid {
  /**
   * Share of the attributes that have three bits: measured with real word and sentence vectors, where
   * it costs no more time than a smaller share, and fewer bytes.
   */
  private static final double SHORTER = 0.8;

  /** Sampled rows that steps are fitted to. */
  private static final int FITTED = 1_024;

  /** Best steps for a normal distribution, in standard deviations (Max, 1960). */
  private static final double STEP_FOUR = 0.335;

  private static final double STEP_THREE = 0.586;

  /** Factors of those steps that are tried: real attributes have longer tails. */
  private static final double[] STRETCH = {0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5};

  final int width;

  /** Number of words of four codes, and of words of five, which follow. */
  final int four;

  final int three;

  /** The attribute of each code; -1 where the last word is not full. */
  final int[] attributes;

  /** The step of each code. */
  final float[] steps;

  /** The centre of each attribute. */
  final float[] centre;

  private PackedGrid(
      int width, int four, int three, int[] attributes, float[] steps, float[] centre) {
    this.width = width;
    this.four = four;
    this.three = three;
    this.attributes = attributes;
    this.steps = steps;
    this.centre = centre;
  }

  /**
   * Fits a grid to a sample.
   *
   * @return null if nothing varies
   */
  static @Nullable PackedGrid fit(RowSample all) {
    RowSample sample = all.thin(FITTED);
    int width = sample.width;
    double[] deviation = new double[width];
    float[] centre = new float[width];
    for (int j = 0; j < width; j++) {
      centre[j] = (float) mean(sample, j);
    }
    double[][] shapes = shapes(sample, centre);
    long[] order = new long[width];
    int varying = 0;
    for (int j = 0; j < width; j++) {
      deviation[j] = deviation(shapes[j]);
      if (deviation[j] > 0 && deviation[j] < ErrorBound.LONGEST) {
        int bits = Float.floatToIntBits((float) deviation[j]);
        order[varying++] = (long) -bits << 32 | j;
      }
    }
    if (varying == 0) {
      return null;
    }
    Quicksort.sort(order, 0, varying);
    int three = (int) (SHORTER * varying / PackedKernel.THREE);
    int four = (varying - PackedKernel.THREE * three + PackedKernel.FOUR - 1) / PackedKernel.FOUR;
    int[] attributes = new int[PackedKernel.FOUR * four + PackedKernel.THREE * three];
    float[] steps = new float[attributes.length];
    Arrays.fill(attributes, -1);
    int gap = attributes.length - varying;
    int first = PackedKernel.FOUR * four;
    for (int i = 0; i < varying; i++) {
      int at = i < first - gap ? i : i + gap;
      int j = (int) order[i];
      attributes[at] = j;
      steps[at] = step(shapes[j], deviation[j], at < first ? 4 : 3);
    }
    return new PackedGrid(width, four, three, attributes, steps, centre);
  }

  private static double mean(RowSample sample, int j) {
    double sum = 0;
    for (int i = 0; i < sample.count; i++) {
      sum += sample.rows[i * sample.width + j];
    }
    return sum / sample.count;
  }

  /** For each attribute, its values in the sampled rows, as seen from the centre, at length 1. */
  private static double[][] shapes(RowSample sample, float[] centre) {
    double[][] shapes = new double[sample.width][sample.count];
    for (int i = 0; i < sample.count; i++) {
      double square = 0;
      for (int j = 0; j < sample.width; j++) {
        shapes[j][i] = sample.rows[i * sample.width + j] - (double) centre[j];
        square += shapes[j][i] * shapes[j][i];
      }
      double scale = scale(square);
      for (int j = 0; j < sample.width; j++) {
        shapes[j][i] *= scale;
      }
    }
    return shapes;
  }

  private static double deviation(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return Math.sqrt(sum / values.length);
  }

  /** The step with the least squared error. */
  private static float step(double[] values, double deviation, int bits) {
    double best = Double.POSITIVE_INFINITY;
    float chosen = 0;
    for (double stretch : STRETCH) {
      float step = (float) ((bits == 4 ? STEP_FOUR : STEP_THREE) * deviation * stretch);
      double sum = 0;
      for (double y : values) {
        double off = y - place(step, bits, code(step, bits, y));
        sum += off * off;
      }
      if (sum < best) {
        best = sum;
        chosen = step;
      }
    }
    return chosen;
  }

  /** The factor that brings a vector to length 1, from its squared length; 0 where there is none. */
  static double scale(double square) {
    double scale = 1 / Math.sqrt(square);
    return scale < Double.POSITIVE_INFINITY ? scale : 0;
  }

  /** Bits of a code. */
  int bits(int code) {
    return code < PackedKernel.FOUR * four ? 4 : 3;
  }

  /** The code whose place is nearest to an attribute of a vector of length 1. */
  static int code(float step, int bits, double y) {
    int last = (1 << bits) - 1;
    return step > 0 ? (int) Math.rint(Math.clamp(y / step + last / 2.0, 0.0, last)) : 0;
  }

  /** Where a code lies. */
  static double place(float step, int bits, int code) {
    return step * (code - ((1 << bits) - 1) / 2.0);
  }

  /** Words of an item. */
  int words() {
    return four + three;
  }

  long bytes() {
    return 8L * attributes.length + 4L * width;
  }

  void write(ArrayWriter out) throws IOException {
    out.number(four);
    out.number(three);
    out.array(attributes);
    out.array(steps);
    out.array(centre);
  }

  static PackedGrid read(ArrayReader in) throws IOException {
    int four = in.number(0, 1 << 17);
    int three = in.number(0, 1 << 17);
    int[] attributes = in.ints();
    float[] steps = in.floats();
    float[] centre = in.floats();
    int codes = PackedKernel.FOUR * four + PackedKernel.THREE * three;
    if (attributes.length != codes || steps.length != codes) {
      throw in.bad("a grid of " + attributes.length + " codes in place of " + codes);
    }
    return new PackedGrid(centre.length, four, three, attributes, steps, centre);
  }
}

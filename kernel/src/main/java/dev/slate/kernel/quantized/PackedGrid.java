package dev.slate.kernel.quantized;

import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.file.ArrayWriter;
import dev.slate.kernel.select.Quicksort;
import dev.slate.kernel.simd.PackedKernel;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A coarse grid for the directions of items as seen from their centre, that is for y = x - centre
 * divided by its length: four bits for the attributes that vary most, three for the others, none
 * for those that do not vary. Code c of 2^bits stands for {@code step (c - (2^bits - 1) / 2)};
 * attributes beyond the grid take its last step. Lengths are stored apart (gain and shape, Gray
 * 1984), so that long and short items are told equally well.
 *
 * <p>With a rotation, coordinates along principal directions stand in for attributes, and the last
 * directions have no codes: real vectors vary little along them (bits by variance, the VA+file of
 * Ferhatosmanoglu et al., CIKM 2000).
 */
final class PackedGrid {
  /**
   * Shares of the coordinates that have three bits. Real word and sentence vectors take least time,
   * and fewest bytes, with the first; independent attributes want the second.
   */
  static final double[] SHORTER = {0.8, 0.4};

  /** Attributes of an item. */
  final int width;

  /** The directions of the coordinates; null where these are the attributes. */
  final @Nullable Projection rotation;

  /** Number of words of four codes, and of words of five, which follow. */
  final int four;

  final int three;

  /** The coordinate of each code; -1 where the last word is not full. */
  final int[] attributes;

  /** The step of each code. */
  final float[] steps;

  /** The centre of each attribute. */
  final float[] centre;

  private PackedGrid(
      @Nullable Projection rotation,
      int four,
      int three,
      int[] attributes,
      float[] steps,
      float[] centre) {
    this.width = centre.length;
    this.rotation = rotation;
    this.four = four;
    this.three = three;
    this.attributes = attributes;
    this.steps = steps;
    this.centre = centre;
  }

  /**
   * Fits a grid to a sample.
   *
   * @param shapes the sample
   * @param coordinates number of coordinates that may have codes, the first ones
   * @param shorter share of them that have three bits
   * @return null if nothing varies
   */
  static @Nullable PackedGrid fit(Shapes shapes, int coordinates, double shorter) {
    long[] order = new long[coordinates];
    int varying = 0;
    for (int j = 0; j < coordinates; j++) {
      double deviation = shapes.deviation(j);
      if (deviation > 0 && deviation < ErrorBound.LONGEST) {
        int bits = Float.floatToIntBits((float) deviation);
        order[varying++] = (long) -bits << 32 | j;
      }
    }
    if (varying == 0) {
      return null;
    }
    Quicksort.sort(order, 0, varying);
    int three = (int) (shorter * varying / PackedKernel.THREE);
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
      steps[at] = shapes.step(j, at < first ? 4 : 3);
    }
    Projection rotation = shapes.rotation == null ? null : shapes.rotation.first(coordinates);
    return new PackedGrid(rotation, four, three, attributes, steps, shapes.centre);
  }

  /** Bits of a code. */
  int bits(int code) {
    return code < PackedKernel.FOUR * four ? 4 : 3;
  }

  /** The code whose grid point is nearest to an attribute of a vector of length 1. */
  static int code(float step, int bits, double y) {
    int last = (1 << bits) - 1;
    return step > 0 ? (int) Math.rint(Math.max(0.0, Math.min(y / step + last / 2.0, last))) : 0;
  }

  /** The coordinate that a code stands for. */
  static double point(float step, int bits, int code) {
    return step * (code - ((1 << bits) - 1) / 2.0);
  }

  /** Words of an item. */
  int words() {
    return four + three;
  }

  /** Coordinates of an item, besides one more that a rotation's image has. */
  int coordinates() {
    return rotation == null ? width : rotation.rows() - 1;
  }

  /**
   * Computes the coordinates of a vector.
   *
   * @param y the vector, as seen from the centre or not
   * @param z receives them
   */
  void image(double[] y, double[] z) {
    if (rotation == null) {
      System.arraycopy(y, 0, z, 0, width);
    } else {
      rotation.image(y, z);
    }
  }

  long bytes() {
    long own = 8L * attributes.length + 4L * width;
    return rotation == null ? own : own + rotation.bytes();
  }

  void write(ArrayWriter out) throws IOException {
    out.number(four);
    out.number(three);
    out.array(attributes);
    out.array(steps);
    out.array(centre);
    out.number(rotation == null ? 0 : 1);
    if (rotation != null) {
      rotation.write(out);
    }
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
    boolean rotated = in.format() > 2 && in.number(0, 1) != 0;
    Projection rotation = rotated ? Projection.read(in) : null;
    return new PackedGrid(rotation, four, three, attributes, steps, centre);
  }
}

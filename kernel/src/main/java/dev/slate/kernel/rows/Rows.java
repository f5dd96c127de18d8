package dev.slate.kernel.rows;

import dev.slate.kernel.Catalog;

/**
 * Reads the rows of a catalogue as the kernel computes with them: checked, for COSINE normalised,
 * and behind the bias where there is one, which makes it an attribute whose query is 1. Safe from
 * many threads.
 */
public final class Rows {
  private static final int EXPONENT = 0x7f800000;
  private static final int EXPONENT_STEP = 0x00800000;

  private final Catalog items;
  private final boolean normalise;
  private final boolean biased;

  /**
   * Wraps a catalogue.
   *
   * @param items the rows
   * @param normalise whether rows are brought to length 1
   * @param biased whether the bias comes before the attributes
   */
  public Rows(Catalog items, boolean normalise, boolean biased) {
    this.items = items;
    this.normalise = normalise;
    this.biased = biased;
  }

  /** Number of rows. */
  public int size() {
    return items.size();
  }

  /** Number of attributes. */
  public int dimensions() {
    return items.dimensions();
  }

  /** Floats of a row: the attributes, and the bias where there is one. */
  public int width() {
    return items.dimensions() + (biased ? 1 : 0);
  }

  /**
   * Reads consecutive rows.
   *
   * @param first the first row
   * @param count number of rows
   * @param to receives {@code count x width} floats
   * @throws IllegalArgumentException if an attribute or a bias is not finite, naming row and column
   */
  public void read(int first, int count, float[] to) {
    int d = items.dimensions();
    items.copyRows(first, count, to, 0);
    check(to, count, d, first);
    if (normalise) {
      for (int i = 0; i < count; i++) {
        Normalizer.normalise(to, i * d, d);
      }
    }
    if (biased) {
      for (int i = count - 1; i >= 0; i--) {
        System.arraycopy(to, i * d, to, i * (d + 1) + 1, d);
        to[i * (d + 1)] = bias(first + i);
      }
    }
  }

  private float bias(int row) {
    float bias = items.bias(row);
    if (!Float.isFinite(bias)) {
      throw new IllegalArgumentException("bias is " + bias + ", row " + row);
    }
    return bias;
  }

  private static void check(float[] rows, int count, int d, int first) {
    if (finite(rows, count * d)) {
      return;
    }
    for (int i = 0; i < count * d; i++) {
      if (!Float.isFinite(rows[i])) {
        throw new IllegalArgumentException(
            "attribute is " + rows[i] + ", row " + (first + i / d) + ", column " + i % d);
      }
    }
  }

  /** Whether the first numbers are finite. A plain loop, which the JVM compiles to vectors. */
  static boolean finite(float[] values, int count) {
    // The exponent of a NaN or an infinity is all ones: one more and it reaches the sign bit.
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (Float.floatToRawIntBits(values[i]) & EXPONENT) + EXPONENT_STEP;
    }
    return bits >= 0;
  }
}

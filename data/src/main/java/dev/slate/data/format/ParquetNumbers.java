package dev.slate.data.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers of a column, one beside the other in an array of their type.
 *
 * <p>Rounding is that of {@link Element}: to the nearest float32, once.
 */
sealed interface ParquetNumbers {
  /**
   * Copies numbers at equal distances.
   *
   * @param from index of the first
   * @param step between two of them
   * @param count how many
   * @param dst receives them
   * @param at where the first goes
   * @param stride between two of them there
   */
  void copy(int from, int step, int count, float[] dst, int at, int stride);

  /** As the other, before rounding to float32. */
  void copy(int from, int step, int count, double[] dst, int at, int stride);

  /** One number as text, before rounding to float32. */
  String text(int index);

  /** Half precision, as bytes. */
  static ParquetNumbers ofHalves(byte[] bytes, int count) {
    float[] values = new float[count];
    Element.FLOAT16.decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), count, values, 0);
    return new Floats(values);
  }

  /** Integers of 32 bits without a sign. */
  static ParquetNumbers ofUnsigned(int[] values) {
    long[] wide = new long[values.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = Integer.toUnsignedLong(values[i]);
    }
    return new Longs(wide);
  }

  /** float32. */
  record Floats(float[] values) implements ParquetNumbers {
    @Override
    public void copy(int from, int step, int count, float[] dst, int at, int stride) {
      if (step == 1 && stride == 1) {
        System.arraycopy(values, from, dst, at, count);
        return;
      }
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = values[from + i * step];
      }
    }

    @Override
    public void copy(int from, int step, int count, double[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = values[from + i * step];
      }
    }

    @Override
    public String text(int index) {
      return Float.toString(values[index]);
    }
  }

  /** float64. */
  record Doubles(double[] values) implements ParquetNumbers {
    @Override
    public void copy(int from, int step, int count, float[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = (float) values[from + i * step];
      }
    }

    @Override
    public void copy(int from, int step, int count, double[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = values[from + i * step];
      }
    }

    @Override
    public String text(int index) {
      return Double.toString(values[index]);
    }
  }

  /** Integers up to 32 bits. */
  record Ints(int[] values) implements ParquetNumbers {
    @Override
    public void copy(int from, int step, int count, float[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = (float) values[from + i * step];
      }
    }

    @Override
    public void copy(int from, int step, int count, double[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = values[from + i * step];
      }
    }

    @Override
    public String text(int index) {
      return Integer.toString(values[index]);
    }
  }

  /** Integers of 64 bits. */
  record Longs(long[] values) implements ParquetNumbers {
    @Override
    public void copy(int from, int step, int count, float[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = (float) values[from + i * step];
      }
    }

    @Override
    public void copy(int from, int step, int count, double[] dst, int at, int stride) {
      for (int i = 0; i < count; i++) {
        dst[at + i * stride] = (double) values[from + i * step];
      }
    }

    @Override
    public String text(int index) {
      return Long.toString(values[index]);
    }
  }
}

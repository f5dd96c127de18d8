package dev.slate.data.format;

import dev.slate.data.format.ParquetColumn.Clock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Numbers of a column, one beside the other in an array of their type.
 *
 * <p>Rounding is that of {@link Element}: to the nearest float32, once.
 */
public sealed interface ParquetNumbers {
  /** Number of the day on which 1970 began. */
  long JULIAN_1970 = 2_440_588;

  /** Length of a day. */
  long SECONDS_OF_A_DAY = 86_400;

  /** Length of a second. */
  long NANOSECONDS_OF_A_SECOND = 1_000_000_000;

  /**
   * One number, rounded to float32.
   *
   * @param index which
   * @return the nearest float32
   */
  float single(int index);

  /**
   * One number, before it is rounded to float32.
   *
   * @param index which
   * @return the number; integers beyond 2^53 are rounded
   */
  double real(int index);

  /**
   * One number as text, before it is rounded.
   *
   * @param index which
   * @return its digits
   */
  String text(int index);

  /**
   * Copies numbers at equal distances, rounded to float32.
   *
   * @param from index of the first
   * @param step between two of them
   * @param count how many
   * @param dst receives them
   * @param at where the first goes
   * @param stride between two of them there
   */
  default void copy(int from, int step, int count, float[] dst, int at, int stride) {
    for (int i = 0; i < count; i++) {
      dst[at + i * stride] = single(from + i * step);
    }
  }

  /**
   * Copies numbers at equal distances, before they are rounded to float32.
   *
   * @param from index of the first
   * @param step between two of them
   * @param count how many
   * @param dst receives them
   * @param at where the first goes
   * @param stride between two of them there
   */
  default void copy(int from, int step, int count, double[] dst, int at, int stride) {
    for (int i = 0; i < count; i++) {
      dst[at + i * stride] = real(from + i * step);
    }
  }

  /** Half precision, as bytes. */
  static ParquetNumbers ofHalves(byte[] bytes, int count) {
    float[] values = new float[count];
    Element.FLOAT16.decode(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), count, values, 0);
    return new Floats(values);
  }

  /** Integers up to 32 bits. */
  static ParquetNumbers ofInts(int[] values) {
    return new Longs(Arrays.stream(values).asLongStream().toArray());
  }

  /** Integers of 32 bits without a sign. */
  static ParquetNumbers ofUnsigned(int[] values) {
    return new Longs(Arrays.stream(values).mapToLong(Integer::toUnsignedLong).toArray());
  }

  /** Seconds since 1970, of integers that count another unit; fractions are cut off. */
  static ParquetNumbers ofTimes(long[] times, Clock clock) {
    long[] seconds = new long[times.length];
    for (int i = 0; i < times.length; i++) {
      long time = times[i];
      seconds[i] =
          switch (clock) {
            case DAYS -> time * SECONDS_OF_A_DAY;
            case MILLISECONDS -> Math.floorDiv(time, 1_000L);
            case MICROSECONDS -> Math.floorDiv(time, 1_000_000L);
            case NANOSECONDS -> Math.floorDiv(time, NANOSECONDS_OF_A_SECOND);
            case JULIAN -> throw new IllegalArgumentException("12 bytes are no integer");
          };
    }
    return new Longs(seconds);
  }

  /** Seconds since 1970, of nanoseconds and Julian days. */
  static ParquetNumbers ofJulian(byte[] bytes, int count) {
    ByteBuffer times = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] seconds = new long[count];
    for (int i = 0; i < count; i++) {
      long nanoseconds = times.getLong();
      seconds[i] =
          (times.getInt() - JULIAN_1970) * SECONDS_OF_A_DAY
              + Math.floorDiv(nanoseconds, NANOSECONDS_OF_A_SECOND);
    }
    return new Longs(seconds);
  }

  /** float32. */
  record Floats(float[] values) implements ParquetNumbers {
    @Override
    public float single(int index) {
      return values[index];
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public String text(int index) {
      return Float.toString(values[index]);
    }

    @Override
    public void copy(int from, int step, int count, float[] dst, int at, int stride) {
      if (step == 1 && stride == 1) {
        System.arraycopy(values, from, dst, at, count);
      } else {
        ParquetNumbers.super.copy(from, step, count, dst, at, stride);
      }
    }
  }

  /** float64. */
  record Doubles(double[] values) implements ParquetNumbers {
    @Override
    public float single(int index) {
      return (float) values[index];
    }

    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public String text(int index) {
      return Double.toString(values[index]);
    }
  }

  /** Integers. */
  record Longs(long[] values) implements ParquetNumbers {
    @Override
    public float single(int index) {
      return (float) values[index];
    }

    @Override
    public double real(int index) {
      return (double) values[index];
    }

    @Override
    public String text(int index) {
      return Long.toString(values[index]);
    }
  }
}

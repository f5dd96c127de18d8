package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/** The row kernel of a JVM without the Vector API. */
final class ScalarRowKernel extends RowKernel {
  private static final int EXPONENT = 0x7f800000;

  @Override
  public boolean finite(float[] values, int count) {
    // The exponent of a NaN or an infinity is all ones: one more and it reaches the sign bit.
    int bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (Float.floatToRawIntBits(values[i]) & EXPONENT) + 0x00800000;
    }
    return bits >= 0;
  }

  @Override
  public void transpose(float[] rows, int from, int width, int blocks, float[] chunk, int to) {
    int strip = width * Blocks.STRIP;
    int end = to + blocks * Blocks.STRIPS * strip;
    for (int row = from, at = to; at < end; row += strip) {
      for (int j = 0; j < width; j++) {
        for (int i = 0, r = row + j; i < Blocks.STRIP; i++, r += width) {
          chunk[at++] = rows[r];
        }
      }
    }
  }

  @Override
  public void addMultiples(
      double[] sum,
      int at,
      int length,
      double[] vectors,
      int start,
      double[] factors,
      int from,
      int step,
      int count) {
    for (int r = 0; r < count; r++) {
      double factor = factors[from + r * step];
      for (int i = 0; i < length; i++) {
        sum[at + i] = Math.fma(factor, vectors[start + r * length + i], sum[at + i]);
      }
    }
  }

  @Override
  public void distances(
      float[] rows,
      int width,
      int[] members,
      int from,
      int count,
      float[] chunk,
      int block,
      int lanes,
      float[] distances) {
    for (int r = 0; r < count; r++) {
      int row = members[from + r] * width;
      int to = r * Blocks.SIZE;
      Arrays.fill(distances, to, to + lanes, 0f);
      for (int i = 0; i < lanes; i++) {
        int at = block + Blocks.lane(i, width);
        for (int j = 0; j < width; j++, at += Blocks.STRIP) {
          float t = chunk[at] - rows[row + j];
          distances[to + i] = Math.fma(t, t, distances[to + i]);
        }
      }
    }
  }
}

package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/** The code kernel of a JVM without the Vector API. */
final class ScalarCodeKernel extends CodeKernel {
  @Override
  public long euclidean(
      byte[] codes, int at, int rows, float[] step, float[] shift, float limit, float[] values) {
    Arrays.fill(values, 0, Blocks.SIZE, 0f);
    for (int j = 0, row = at; j < rows; j++, row += Blocks.SIZE) {
      for (int i = 0; i < Blocks.SIZE; i++) {
        float t = Math.fma(codes[row + i], step[j], shift[j]);
        values[i] = Math.fma(t, t, values[i]);
      }
    }
    return notAbove(values, limit);
  }

  @Override
  public long dot(byte[] codes, int at, int rows, float[] step, float limit, float[] values) {
    Arrays.fill(values, 0, Blocks.SIZE, 0f);
    for (int j = 0, row = at; j < rows; j++, row += Blocks.SIZE) {
      for (int i = 0; i < Blocks.SIZE; i++) {
        values[i] = Math.fma(codes[row + i], step[j], values[i]);
      }
    }
    return notAbove(values, limit);
  }

  @Override
  public float distance(
      byte[] codes, int at, int count, float[] step, float[] shift, float[] sums) {
    Arrays.fill(sums, 0, SUMS, 0f);
    for (int j = 0; j < count; j++) {
      float t = Math.fma(codes[at + j], step[j], shift[j]);
      sums[j % SUMS] = Math.fma(t, t, sums[j % SUMS]);
    }
    return total(sums);
  }

  @Override
  public float product(byte[] codes, int at, int count, float[] step, float[] sums) {
    Arrays.fill(sums, 0, SUMS, 0f);
    for (int j = 0; j < count; j++) {
      sums[j % SUMS] = Math.fma(codes[at + j], step[j], sums[j % SUMS]);
    }
    return total(sums);
  }

  private static long notAbove(float[] values, float limit) {
    long lanes = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      lanes |= values[i] > limit ? 0 : 1L << i;
    }
    return lanes;
  }
}

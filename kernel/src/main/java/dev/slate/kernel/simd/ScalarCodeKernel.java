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

  private static long notAbove(float[] values, float limit) {
    long lanes = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      lanes |= values[i] > limit ? 0 : 1L << i;
    }
    return lanes;
  }
}

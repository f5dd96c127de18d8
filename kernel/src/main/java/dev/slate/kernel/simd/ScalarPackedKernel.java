package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/** The packed kernel of a JVM without the Vector API. */
final class ScalarPackedKernel extends PackedKernel {
  @Override
  public long remaining(
      byte[] codes,
      int at,
      int four,
      int three,
      short[] weights,
      short start,
      float[] operands,
      short[] sums) {
    Arrays.fill(sums, 0, Blocks.SIZE, start);
    int row = at;
    int code = 0;
    for (int word = 0; word < four; word++, row += 2 * Blocks.SIZE, code += FOUR) {
      add(codes, row, FOUR, 4, weights, code, sums);
    }
    for (int word = 0; word < three; word++, row += 2 * Blocks.SIZE, code += THREE) {
      add(codes, row, THREE, 3, weights, code, sums);
    }
    long remaining = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      remaining |= excluded(codes, row + i, sums[i], operands) ? 0 : 1L << i;
    }
    return remaining;
  }

  private static void add(
      byte[] codes, int row, int count, int bits, short[] weights, int first, short[] sums) {
    for (int i = 0; i < Blocks.SIZE; i++) {
      int word = (codes[row + 2 * i] & 0xff) | ((codes[row + 2 * i + 1] & 0xff) << 8);
      int sum = sums[i];
      for (int c = 0; c < count; c++) {
        sum += (word >>> (bits * c)) * weights[first + c];
      }
      sums[i] = (short) sum;
    }
  }

  private static boolean excluded(byte[] codes, int at, short sum, float[] operands) {
    float y = Math.fma((float) sum, operands[UNIT], operands[OFFSET]);
    float s = term(codes, at, operands, S);
    float r = term(codes, at, operands, R);
    float h = term(codes, at, operands, H);
    float g = term(codes, at, operands, G);
    float a = Math.fma(-s, y, g);
    float p = Math.fma(-(y * y), h, operands[SQUARE]);
    return a > FLOOR && r * p < a * a;
  }

  private static float term(byte[] codes, int at, float[] operands, int term) {
    int step = STEPS + 2 * term;
    return Math.fma(codes[at + term * Blocks.SIZE], operands[step], operands[step + 1]);
  }
}

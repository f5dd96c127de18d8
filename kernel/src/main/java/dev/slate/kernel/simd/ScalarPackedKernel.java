package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/** The packed kernel of a JVM without the Vector API. */
final class ScalarPackedKernel extends PackedKernel {
  @Override
  public boolean pairs() {
    return false;
  }

  @Override
  public void products(
      byte[] codes,
      int at,
      int next,
      int four,
      int three,
      short[] weights,
      short start,
      short[] sums) {
    products(codes, at, four, three, weights, start, sums, 0);
    if (next != at) {
      products(codes, next, four, three, weights, start, sums, Blocks.SIZE);
    }
  }

  private static void products(
      byte[] codes,
      int at,
      int four,
      int three,
      short[] weights,
      short start,
      short[] sums,
      int from) {
    Arrays.fill(sums, from, from + Blocks.SIZE, start);
    int row = at;
    int code = 0;
    for (int word = 0; word < four; word++, row += 2 * Blocks.SIZE, code += FOUR) {
      add(codes, row, FOUR, 4, weights, code, sums, from);
    }
    for (int word = 0; word < three; word++, row += 2 * Blocks.SIZE, code += THREE) {
      add(codes, row, THREE, 3, weights, code, sums, from);
    }
  }

  @Override
  public long remaining(byte[] codes, int terms, float[] operands, short[] sums, int from) {
    long remaining = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      remaining |= excluded(codes, terms + i, sums[from + i], operands) ? 0 : 1L << i;
    }
    return remaining;
  }

  private static void add(
      byte[] codes,
      int row,
      int count,
      int bits,
      short[] weights,
      int first,
      short[] sums,
      int from) {
    for (int i = 0; i < Blocks.SIZE; i++) {
      int word = (codes[row + 2 * i] & 0xff) | ((codes[row + 2 * i + 1] & 0xff) << 8);
      int sum = sums[from + i];
      for (int c = 0; c < count; c++) {
        sum += (word >>> (bits * c)) * weights[first + c];
      }
      sums[from + i] = (short) sum;
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

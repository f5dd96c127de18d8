package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;

/**
 * Plain loops: the row kernel without the Vector API, and of a JVM that has not compiled it yet.
 */
final class ScalarRowKernel extends RowKernel {
  /** Terms that are added to a sum between its load and its store. */
  private static final int UNROLLED = 4;

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
    int r = 0;
    int f = from;
    for (; r <= count - UNROLLED; r += UNROLLED, f += UNROLLED * step) {
      int v = start + r * length;
      double f0 = factors[f];
      double f1 = factors[f + step];
      double f2 = factors[f + 2 * step];
      double f3 = factors[f + 3 * step];
      for (int i = 0; i < length; i++) {
        double s = Math.fma(f0, vectors[v + i], sum[at + i]);
        s = Math.fma(f1, vectors[v + length + i], s);
        s = Math.fma(f2, vectors[v + 2 * length + i], s);
        sum[at + i] = Math.fma(f3, vectors[v + 3 * length + i], s);
      }
    }
    for (; r < count; r++, f += step) {
      double factor = factors[f];
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
      for (int i = 0; i < lanes; i += Blocks.STRIP) {
        int some = Math.min(Blocks.STRIP, lanes - i);
        add(rows, row, width, chunk, block + Blocks.lane(i, width), some, distances, to + i);
      }
    }
  }

  /** Adds the squares of a row's differences from the items of a strip. */
  private static void add(
      float[] rows, int row, int width, float[] chunk, int strip, int some, float[] sums, int to) {
    int j = 0;
    int at = strip;
    for (; j <= width - UNROLLED; j += UNROLLED, at += UNROLLED * Blocks.STRIP) {
      float x0 = rows[row + j];
      float x1 = rows[row + j + 1];
      float x2 = rows[row + j + 2];
      float x3 = rows[row + j + 3];
      for (int i = 0; i < some; i++) {
        float t0 = chunk[at + i] - x0;
        float t1 = chunk[at + Blocks.STRIP + i] - x1;
        float t2 = chunk[at + 2 * Blocks.STRIP + i] - x2;
        float t3 = chunk[at + 3 * Blocks.STRIP + i] - x3;
        float s = Math.fma(t0, t0, sums[to + i]);
        s = Math.fma(t1, t1, s);
        s = Math.fma(t2, t2, s);
        sums[to + i] = Math.fma(t3, t3, s);
      }
    }
    for (; j < width; j++, at += Blocks.STRIP) {
      float x = rows[row + j];
      for (int i = 0; i < some; i++) {
        float t = chunk[at + i] - x;
        sums[to + i] = Math.fma(t, t, sums[to + i]);
      }
    }
  }
}

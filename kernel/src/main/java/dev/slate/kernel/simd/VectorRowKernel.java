package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The row kernel on vectors. Four sums at a time, written out because vectors live in locals only,
 * hide the latency of the fused multiply-add and share the operand that is the same for all; the
 * loops behind them take what is left.
 */
final class VectorRowKernel extends RowKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final VectorSpecies<Double> D = S.withLanes(double.class);
  private static final int DOUBLES = D.length();

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
    int i = 0;
    for (; i <= length - 4 * DOUBLES; i += 4 * DOUBLES) {
      DoubleVector s0 = DoubleVector.fromArray(D, sum, at + i);
      DoubleVector s1 = DoubleVector.fromArray(D, sum, at + i + DOUBLES);
      DoubleVector s2 = DoubleVector.fromArray(D, sum, at + i + 2 * DOUBLES);
      DoubleVector s3 = DoubleVector.fromArray(D, sum, at + i + 3 * DOUBLES);
      for (int r = 0, f = from, v = start + i; r < count; r++, f += step, v += length) {
        DoubleVector factor = DoubleVector.broadcast(D, factors[f]);
        s0 = DoubleVector.fromArray(D, vectors, v).fma(factor, s0);
        s1 = DoubleVector.fromArray(D, vectors, v + DOUBLES).fma(factor, s1);
        s2 = DoubleVector.fromArray(D, vectors, v + 2 * DOUBLES).fma(factor, s2);
        s3 = DoubleVector.fromArray(D, vectors, v + 3 * DOUBLES).fma(factor, s3);
      }
      s0.intoArray(sum, at + i);
      s1.intoArray(sum, at + i + DOUBLES);
      s2.intoArray(sum, at + i + 2 * DOUBLES);
      s3.intoArray(sum, at + i + 3 * DOUBLES);
    }
    for (; i <= length - DOUBLES; i += DOUBLES) {
      DoubleVector s = DoubleVector.fromArray(D, sum, at + i);
      for (int r = 0, f = from, v = start + i; r < count; r++, f += step, v += length) {
        s = DoubleVector.fromArray(D, vectors, v).fma(DoubleVector.broadcast(D, factors[f]), s);
      }
      s.intoArray(sum, at + i);
    }
    for (; i < length; i++) {
      double s = sum[at + i];
      for (int r = 0, f = from, v = start + i; r < count; r++, f += step, v += length) {
        s = Math.fma(vectors[v], factors[f], s);
      }
      sum[at + i] = s;
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
    int r = 0;
    for (; r <= count - 4; r += 4) {
      int r0 = members[from + r] * width;
      int r1 = members[from + r + 1] * width;
      int r2 = members[from + r + 2] * width;
      int r3 = members[from + r + 3] * width;
      for (int i = 0; i < lanes; i += L) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = block + Blocks.lane(i, width);
        for (int j = 0; j < width; j++, at += Blocks.STRIP) {
          FloatVector c = FloatVector.fromArray(S, chunk, at);
          FloatVector t0 = c.sub(rows[r0 + j]);
          FloatVector t1 = c.sub(rows[r1 + j]);
          FloatVector t2 = c.sub(rows[r2 + j]);
          FloatVector t3 = c.sub(rows[r3 + j]);
          s0 = t0.fma(t0, s0);
          s1 = t1.fma(t1, s1);
          s2 = t2.fma(t2, s2);
          s3 = t3.fma(t3, s3);
        }
        int to = r * Blocks.SIZE + i;
        s0.intoArray(distances, to);
        s1.intoArray(distances, to + Blocks.SIZE);
        s2.intoArray(distances, to + 2 * Blocks.SIZE);
        s3.intoArray(distances, to + 3 * Blocks.SIZE);
      }
    }
    for (; r < count; r++) {
      distances(
          rows, members[from + r] * width, width, chunk, block, lanes, distances, r * Blocks.SIZE);
    }
  }

  /** One row, four vectors of items at a time. */
  private static void distances(
      float[] rows,
      int row,
      int width,
      float[] chunk,
      int block,
      int lanes,
      float[] distances,
      int to) {
    int i = 0;
    for (; i < lanes - L; i += 4 * L) {
      int at0 = block + Blocks.lane(i, width);
      int at1 = block + Blocks.lane(i + L, width);
      int at2 = block + Blocks.lane(i + 2 * L, width);
      int at3 = block + Blocks.lane(i + 3 * L, width);
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int j = 0, step = 0; j < width; j++, step += Blocks.STRIP) {
        FloatVector x = FloatVector.broadcast(S, rows[row + j]);
        FloatVector t0 = x.sub(FloatVector.fromArray(S, chunk, at0 + step));
        FloatVector t1 = x.sub(FloatVector.fromArray(S, chunk, at1 + step));
        FloatVector t2 = x.sub(FloatVector.fromArray(S, chunk, at2 + step));
        FloatVector t3 = x.sub(FloatVector.fromArray(S, chunk, at3 + step));
        s0 = t0.fma(t0, s0);
        s1 = t1.fma(t1, s1);
        s2 = t2.fma(t2, s2);
        s3 = t3.fma(t3, s3);
      }
      s0.intoArray(distances, to + i);
      s1.intoArray(distances, to + i + L);
      s2.intoArray(distances, to + i + 2 * L);
      s3.intoArray(distances, to + i + 3 * L);
    }
    for (; i < lanes; i += L) {
      FloatVector s = FloatVector.zero(S);
      int at = block + Blocks.lane(i, width);
      for (int j = 0; j < width; j++, at += Blocks.STRIP) {
        FloatVector t = FloatVector.fromArray(S, chunk, at).sub(rows[row + j]);
        s = t.fma(t, s);
      }
      s.intoArray(distances, to + i);
    }
  }
}

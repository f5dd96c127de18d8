package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.GT;

import dev.slate.kernel.layout.Blocks;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The code kernel on vectors of 256 or 512 bits: a load widens as many bytes as a vector has
 * floats. Blocks are computed four vectors at a time, written out because vectors live in locals
 * only: four chains of fused multiply-adds hide their latency, and share the operands of a row.
 */
final class VectorCodeKernel extends CodeKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final VectorSpecies<Byte> B =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, L * Byte.SIZE)));
  private static final int PASS = 4 * L;
  private static final int SIZE = Blocks.SIZE;

  @Override
  public long euclidean(
      byte[] codes, int at, int rows, float[] step, float[] shift, float limit, float[] values) {
    FloatVector most = FloatVector.broadcast(S, limit);
    long above = 0;
    for (int pass = 0; pass < SIZE; pass += PASS) {
      FloatVector v0 = FloatVector.zero(S);
      FloatVector v1 = v0;
      FloatVector v2 = v0;
      FloatVector v3 = v0;
      int row = at + pass;
      for (int j = 0; j < rows; j++) {
        FloatVector s = FloatVector.broadcast(S, step[j]);
        FloatVector b = FloatVector.broadcast(S, shift[j]);
        FloatVector c0 = codes(codes, row);
        FloatVector c1 = codes(codes, row + L);
        FloatVector c2 = codes(codes, row + 2 * L);
        FloatVector c3 = codes(codes, row + 3 * L);
        FloatVector t0 = c0.fma(s, b);
        FloatVector t1 = c1.fma(s, b);
        FloatVector t2 = c2.fma(s, b);
        FloatVector t3 = c3.fma(s, b);
        v0 = t0.fma(t0, v0);
        v1 = t1.fma(t1, v1);
        v2 = t2.fma(t2, v2);
        v3 = t3.fma(t3, v3);
        row += SIZE;
      }
      v0.intoArray(values, pass);
      v1.intoArray(values, pass + L);
      v2.intoArray(values, pass + 2 * L);
      v3.intoArray(values, pass + 3 * L);
      above |= v0.compare(GT, most).toLong() << pass;
      above |= v1.compare(GT, most).toLong() << (pass + L);
      above |= v2.compare(GT, most).toLong() << (pass + 2 * L);
      above |= v3.compare(GT, most).toLong() << (pass + 3 * L);
    }
    return ~above;
  }

  @Override
  public long dot(byte[] codes, int at, int rows, float[] step, float limit, float[] values) {
    FloatVector most = FloatVector.broadcast(S, limit);
    long above = 0;
    for (int pass = 0; pass < SIZE; pass += PASS) {
      FloatVector v0 = FloatVector.zero(S);
      FloatVector v1 = v0;
      FloatVector v2 = v0;
      FloatVector v3 = v0;
      int row = at + pass;
      for (int j = 0; j < rows; j++) {
        FloatVector s = FloatVector.broadcast(S, step[j]);
        FloatVector c0 = codes(codes, row);
        FloatVector c1 = codes(codes, row + L);
        FloatVector c2 = codes(codes, row + 2 * L);
        FloatVector c3 = codes(codes, row + 3 * L);
        v0 = c0.fma(s, v0);
        v1 = c1.fma(s, v1);
        v2 = c2.fma(s, v2);
        v3 = c3.fma(s, v3);
        row += SIZE;
      }
      v0.intoArray(values, pass);
      v1.intoArray(values, pass + L);
      v2.intoArray(values, pass + 2 * L);
      v3.intoArray(values, pass + 3 * L);
      above |= v0.compare(GT, most).toLong() << pass;
      above |= v1.compare(GT, most).toLong() << (pass + L);
      above |= v2.compare(GT, most).toLong() << (pass + 2 * L);
      above |= v3.compare(GT, most).toLong() << (pass + 3 * L);
    }
    return ~above;
  }

  private static FloatVector codes(byte[] codes, int at) {
    return (FloatVector) ByteVector.fromArray(B, codes, at).convertShape(B2F, S, 0);
  }

  @Override
  public float distance(
      byte[] codes, int at, int count, float[] step, float[] shift, float[] sums) {
    int second = SUMS - L;
    FloatVector v0 = FloatVector.zero(S);
    FloatVector v1 = v0;
    for (int j = 0; j < count; j += SUMS) {
      FloatVector s = FloatVector.fromArray(S, step, j);
      FloatVector t0 = codes(codes, at + j).fma(s, FloatVector.fromArray(S, shift, j));
      v0 = t0.fma(t0, v0);
      if (second > 0) {
        int k = j + second;
        FloatVector s1 = FloatVector.fromArray(S, step, k);
        FloatVector t1 = codes(codes, at + k).fma(s1, FloatVector.fromArray(S, shift, k));
        v1 = t1.fma(t1, v1);
      }
    }
    if (second > 0) {
      v1.intoArray(sums, second);
    }
    v0.intoArray(sums, 0);
    return total(sums);
  }

  @Override
  public float product(byte[] codes, int at, int count, float[] step, float[] sums) {
    int second = SUMS - L;
    FloatVector v0 = FloatVector.zero(S);
    FloatVector v1 = v0;
    for (int j = 0; j < count; j += SUMS) {
      v0 = codes(codes, at + j).fma(FloatVector.fromArray(S, step, j), v0);
      if (second > 0) {
        int k = j + second;
        v1 = codes(codes, at + k).fma(FloatVector.fromArray(S, step, k), v1);
      }
    }
    if (second > 0) {
      v1.intoArray(sums, second);
    }
    v0.intoArray(sums, 0);
    return total(sums);
  }
}

package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The row kernel on vectors: a gather takes an attribute of as many rows as a vector has lanes. */
final class VectorRowKernel extends RowKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final VectorSpecies<Double> D = S.withLanes(double.class);
  private static final int DOUBLES = D.length();

  @Override
  public boolean finite(float[] values, int count) {
    // A finite number times zero is a zero; anything else makes its sum NaN for good.
    FloatVector zero = FloatVector.zero(S);
    FloatVector a = zero;
    FloatVector b = zero;
    int i = 0;
    for (; i <= count - 2 * L; i += 2 * L) {
      a = FloatVector.fromArray(S, values, i).fma(zero, a);
      b = FloatVector.fromArray(S, values, i + L).fma(zero, b);
    }
    boolean finite = a.add(b).eq(0f).allTrue();
    for (; i < count; i++) {
      finite &= Float.isFinite(values[i]);
    }
    return finite;
  }

  @Override
  public void transpose(float[] rows, int from, int width, int blocks, float[] chunk, int to) {
    int[] steps = new int[L];
    for (int i = 0; i < L; i++) {
      steps[i] = i * width;
    }
    int stride = width * Blocks.SIZE;
    for (int b = 0, row = from, block = to; b < blocks; b++, row += stride, block += stride) {
      for (int j = 0; j < width; j++) {
        int at = block + j * Blocks.SIZE;
        for (int i = 0, r = row + j; i < Blocks.SIZE; i += L, r += L * width) {
          FloatVector.fromArray(S, rows, r, steps, 0).intoArray(chunk, at + i);
        }
      }
    }
  }

  @Override
  public void add(double[] to, int at, double factor, double[] from, int start, int count) {
    int i = 0;
    for (; i <= count - DOUBLES; i += DOUBLES) {
      DoubleVector.fromArray(D, from, start + i)
          .mul(factor)
          .add(DoubleVector.fromArray(D, to, at + i))
          .intoArray(to, at + i);
    }
    for (; i < count; i++) {
      to[at + i] += factor * from[start + i];
    }
  }
}

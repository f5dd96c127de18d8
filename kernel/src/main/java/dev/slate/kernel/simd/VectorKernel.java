package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API. A strip is one vector of 512 bits or two of 256, so that four
 * strips keep four or eight accumulators, which hides the latency of the fused multiply-add and
 * leaves half of AVX2's 16 registers. At 128 bits two passes see half a strip each, as SSE has no
 * room for more accumulators.
 *
 * <p>Digits name the strips, letters the vectors of a strip. They are written out because vectors
 * live in locals only: in an array they are objects.
 */
class VectorKernel extends BlockKernel {
  /** The metrics, each a case of {@link KernelCopies}. */
  static final int EUCLIDEAN = 1;

  static final int WEIGHTED = 2;
  static final int DOT = 3;

  /** What this copy serves; constants, so that the compiler drops the rest. */
  private static final int METRIC = KernelCopies.number(MethodHandles.lookup());

  private static final boolean IS_WEIGHTED = METRIC == WEIGHTED;
  private static final boolean IS_DOT = METRIC == DOT;

  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int SIZE = Blocks.SIZE;
  private static final int STRIP = Blocks.STRIP;

  /** Whether a strip is more than one vector; a constant too. */
  private static final boolean TWO = L < STRIP;

  /** Items of a strip that are computed together. */
  private static final int PASS = TWO ? 2 * L : L;

  @Override
  public int lanes() {
    return L;
  }

  @Override
  int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int gap,
      int advance,
      int steps,
      float bound,
      float[] keys) {
    float[] q = query.q;
    float[] w = IS_WEIGHTED ? query.w : null;
    int d = query.d;
    boolean biased = query.biased;
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int i = 0, first = offset; i < steps; i++, first += advance) {
      boolean stop = every;
      for (int pass = 0; pass < STRIP; pass += PASS) {
        int p0 = first + pass;
        int p1 = p0 + gap;
        int p2 = p1 + gap;
        int p3 = p2 + gap;
        FloatVector a0 = FloatVector.zero(S);
        FloatVector b0 = a0;
        FloatVector a1 = a0;
        FloatVector b1 = a0;
        FloatVector a2 = a0;
        FloatVector b2 = a0;
        FloatVector a3 = a0;
        FloatVector b3 = a0;
        if (IS_DOT && biased) {
          a0 = FloatVector.fromArray(S, chunk, p0);
          a1 = FloatVector.fromArray(S, chunk, p1);
          a2 = FloatVector.fromArray(S, chunk, p2);
          a3 = FloatVector.fromArray(S, chunk, p3);
          if (TWO) {
            b0 = FloatVector.fromArray(S, chunk, p0 + L);
            b1 = FloatVector.fromArray(S, chunk, p1 + L);
            b2 = FloatVector.fromArray(S, chunk, p2 + L);
            b3 = FloatVector.fromArray(S, chunk, p3 + L);
          }
          p0 += STRIP;
          p1 += STRIP;
          p2 += STRIP;
          p3 += STRIP;
        }
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          FloatVector wj = w == null ? qj : FloatVector.broadcast(S, w[j]);
          a0 = add(qj, wj, FloatVector.fromArray(S, chunk, p0), a0);
          a1 = add(qj, wj, FloatVector.fromArray(S, chunk, p1), a1);
          a2 = add(qj, wj, FloatVector.fromArray(S, chunk, p2), a2);
          a3 = add(qj, wj, FloatVector.fromArray(S, chunk, p3), a3);
          if (TWO) {
            b0 = add(qj, wj, FloatVector.fromArray(S, chunk, p0 + L), b0);
            b1 = add(qj, wj, FloatVector.fromArray(S, chunk, p1 + L), b1);
            b2 = add(qj, wj, FloatVector.fromArray(S, chunk, p2 + L), b2);
            b3 = add(qj, wj, FloatVector.fromArray(S, chunk, p3 + L), b3);
          }
          p0 += STRIP;
          p1 += STRIP;
          p2 += STRIP;
          p3 += STRIP;
        }
        if (IS_DOT) {
          a0 = a0.neg();
          a1 = a1.neg();
          a2 = a2.neg();
          a3 = a3.neg();
          b0 = b0.neg();
          b1 = b1.neg();
          b2 = b2.neg();
          b3 = b3.neg();
        }
        VectorMask<Float> low = a0.compare(LT, limit).or(a1.compare(LT, limit));
        low = low.or(a2.compare(LT, limit).or(a3.compare(LT, limit)));
        if (TWO) {
          VectorMask<Float> high = b0.compare(LT, limit).or(b1.compare(LT, limit));
          high = high.or(b2.compare(LT, limit).or(b3.compare(LT, limit)));
          low = low.or(high);
        }
        stop |= low.anyTrue();
        if (stop || PASS < STRIP) {
          a0.intoArray(keys, pass);
          a1.intoArray(keys, pass + STRIP);
          a2.intoArray(keys, pass + 2 * STRIP);
          a3.intoArray(keys, pass + 3 * STRIP);
          if (TWO) {
            b0.intoArray(keys, pass + L);
            b1.intoArray(keys, pass + L + STRIP);
            b2.intoArray(keys, pass + L + 2 * STRIP);
            b3.intoArray(keys, pass + L + 3 * STRIP);
          }
        }
      }
      if (stop) {
        return i;
      }
    }
    return steps;
  }

  @Override
  public long below(float[] keys, int at, float bound) {
    if (Float.isNaN(bound)) {
      return -1L;
    }
    FloatVector limit = FloatVector.broadcast(S, bound);
    long lanes = 0;
    for (int i = 0; i < SIZE; i += L) {
      lanes |= FloatVector.fromArray(S, keys, at + i).compare(LT, limit).toLong() << i;
    }
    return lanes;
  }

  /** Adds an attribute to the sums of a vector of items. */
  private static FloatVector add(FloatVector q, FloatVector w, FloatVector x, FloatVector sums) {
    if (IS_DOT) {
      return q.fma(x, sums);
    }
    FloatVector t = q.sub(x);
    return IS_WEIGHTED ? w.mul(t).fma(t, sums) : t.fma(t, sums);
  }
}

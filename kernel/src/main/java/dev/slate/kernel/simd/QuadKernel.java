package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.slate.kernel.layout.Blocks;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four blocks side by side, at 512 bits.
 *
 * <p>One stream of loads does not keep a core's memory pipeline full: a hardware prefetcher works
 * within a page, and begins anew at each. Four blocks, {@code gap} blocks apart, are four streams;
 * their sixteen accumulators fill half of the 32 registers, and one broadcast of an attribute of
 * the query serves all of them.
 *
 * <p>The loops over the attributes compare with {@code !=}: C2 does not unroll such a loop.
 * Unrolled, it reorders and spills, and the streams fall out of step.
 *
 * <pre>
 *   step i:   block i | block i + gap | block i + 2 gap | block i + 3 gap
 *             a0..a3    b0..b3          c0..c3            d0..d3
 * </pre>
 */
final class QuadKernel {
  /** Blocks side by side. */
  static final int STREAMS = 4;

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
  private static final int L = S.length();
  private static final int SIZE = Blocks.SIZE;

  private QuadKernel() {}

  static int euclidean(
      float[] x,
      int from,
      int stride,
      int gap,
      int count,
      float[] q,
      int d,
      float bound,
      float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    int step = gap * stride;
    for (int i = 0, block = from; i < count; i++, block += stride) {
      int at = block;
      int bt = at + step;
      int ct = bt + step;
      int dt = ct + step;
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector b2 = a0;
      FloatVector b3 = a0;
      FloatVector c0 = a0;
      FloatVector c1 = a0;
      FloatVector c2 = a0;
      FloatVector c3 = a0;
      FloatVector d0 = a0;
      FloatVector d1 = a0;
      FloatVector d2 = a0;
      FloatVector d3 = a0;
      int end = at + d * SIZE;
      for (int j = 0; at != end; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        FloatVector t;
        t = FloatVector.fromArray(S, x, at).sub(qj);
        a0 = t.fma(t, a0);
        t = FloatVector.fromArray(S, x, at + L).sub(qj);
        a1 = t.fma(t, a1);
        t = FloatVector.fromArray(S, x, at + 2 * L).sub(qj);
        a2 = t.fma(t, a2);
        t = FloatVector.fromArray(S, x, at + 3 * L).sub(qj);
        a3 = t.fma(t, a3);
        t = FloatVector.fromArray(S, x, bt).sub(qj);
        b0 = t.fma(t, b0);
        t = FloatVector.fromArray(S, x, bt + L).sub(qj);
        b1 = t.fma(t, b1);
        t = FloatVector.fromArray(S, x, bt + 2 * L).sub(qj);
        b2 = t.fma(t, b2);
        t = FloatVector.fromArray(S, x, bt + 3 * L).sub(qj);
        b3 = t.fma(t, b3);
        t = FloatVector.fromArray(S, x, ct).sub(qj);
        c0 = t.fma(t, c0);
        t = FloatVector.fromArray(S, x, ct + L).sub(qj);
        c1 = t.fma(t, c1);
        t = FloatVector.fromArray(S, x, ct + 2 * L).sub(qj);
        c2 = t.fma(t, c2);
        t = FloatVector.fromArray(S, x, ct + 3 * L).sub(qj);
        c3 = t.fma(t, c3);
        t = FloatVector.fromArray(S, x, dt).sub(qj);
        d0 = t.fma(t, d0);
        t = FloatVector.fromArray(S, x, dt + L).sub(qj);
        d1 = t.fma(t, d1);
        t = FloatVector.fromArray(S, x, dt + 2 * L).sub(qj);
        d2 = t.fma(t, d2);
        t = FloatVector.fromArray(S, x, dt + 3 * L).sub(qj);
        d3 = t.fma(t, d3);
        at += SIZE;
        bt += SIZE;
        ct += SIZE;
        dt += SIZE;
      }
      VectorMask<Float> am =
          a0.compare(LT, limit)
              .or(a1.compare(LT, limit))
              .or(a2.compare(LT, limit))
              .or(a3.compare(LT, limit));
      VectorMask<Float> bm =
          b0.compare(LT, limit)
              .or(b1.compare(LT, limit))
              .or(b2.compare(LT, limit))
              .or(b3.compare(LT, limit));
      VectorMask<Float> cm =
          c0.compare(LT, limit)
              .or(c1.compare(LT, limit))
              .or(c2.compare(LT, limit))
              .or(c3.compare(LT, limit));
      VectorMask<Float> dm =
          d0.compare(LT, limit)
              .or(d1.compare(LT, limit))
              .or(d2.compare(LT, limit))
              .or(d3.compare(LT, limit));
      if (every || am.or(bm).or(cm.or(dm)).anyTrue()) {
        a0.intoArray(keys, 0);
        a1.intoArray(keys, L);
        a2.intoArray(keys, 2 * L);
        a3.intoArray(keys, 3 * L);
        b0.intoArray(keys, 4 * L);
        b1.intoArray(keys, 5 * L);
        b2.intoArray(keys, 6 * L);
        b3.intoArray(keys, 7 * L);
        c0.intoArray(keys, 8 * L);
        c1.intoArray(keys, 9 * L);
        c2.intoArray(keys, 10 * L);
        c3.intoArray(keys, 11 * L);
        d0.intoArray(keys, 12 * L);
        d1.intoArray(keys, 13 * L);
        d2.intoArray(keys, 14 * L);
        d3.intoArray(keys, 15 * L);
        return i;
      }
    }
    return count;
  }

  static int dot(
      float[] x,
      int from,
      int stride,
      int gap,
      int count,
      float[] q,
      int d,
      boolean biased,
      float bound,
      float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, -bound);
    boolean every = Float.isNaN(bound);
    int step = gap * stride;
    for (int i = 0, block = from; i < count; i++, block += stride) {
      int at = block;
      int bt = at + step;
      int ct = bt + step;
      int dt = ct + step;
      FloatVector zero = FloatVector.zero(S);
      FloatVector a0 = biased ? FloatVector.fromArray(S, x, at) : zero;
      FloatVector a1 = biased ? FloatVector.fromArray(S, x, at + L) : zero;
      FloatVector a2 = biased ? FloatVector.fromArray(S, x, at + 2 * L) : zero;
      FloatVector a3 = biased ? FloatVector.fromArray(S, x, at + 3 * L) : zero;
      FloatVector b0 = biased ? FloatVector.fromArray(S, x, bt) : zero;
      FloatVector b1 = biased ? FloatVector.fromArray(S, x, bt + L) : zero;
      FloatVector b2 = biased ? FloatVector.fromArray(S, x, bt + 2 * L) : zero;
      FloatVector b3 = biased ? FloatVector.fromArray(S, x, bt + 3 * L) : zero;
      FloatVector c0 = biased ? FloatVector.fromArray(S, x, ct) : zero;
      FloatVector c1 = biased ? FloatVector.fromArray(S, x, ct + L) : zero;
      FloatVector c2 = biased ? FloatVector.fromArray(S, x, ct + 2 * L) : zero;
      FloatVector c3 = biased ? FloatVector.fromArray(S, x, ct + 3 * L) : zero;
      FloatVector d0 = biased ? FloatVector.fromArray(S, x, dt) : zero;
      FloatVector d1 = biased ? FloatVector.fromArray(S, x, dt + L) : zero;
      FloatVector d2 = biased ? FloatVector.fromArray(S, x, dt + 2 * L) : zero;
      FloatVector d3 = biased ? FloatVector.fromArray(S, x, dt + 3 * L) : zero;
      int skip = biased ? SIZE : 0;
      at += skip;
      bt += skip;
      ct += skip;
      dt += skip;
      int end = at + d * SIZE;
      for (int j = 0; at != end; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        a0 = FloatVector.fromArray(S, x, at).fma(qj, a0);
        a1 = FloatVector.fromArray(S, x, at + L).fma(qj, a1);
        a2 = FloatVector.fromArray(S, x, at + 2 * L).fma(qj, a2);
        a3 = FloatVector.fromArray(S, x, at + 3 * L).fma(qj, a3);
        b0 = FloatVector.fromArray(S, x, bt).fma(qj, b0);
        b1 = FloatVector.fromArray(S, x, bt + L).fma(qj, b1);
        b2 = FloatVector.fromArray(S, x, bt + 2 * L).fma(qj, b2);
        b3 = FloatVector.fromArray(S, x, bt + 3 * L).fma(qj, b3);
        c0 = FloatVector.fromArray(S, x, ct).fma(qj, c0);
        c1 = FloatVector.fromArray(S, x, ct + L).fma(qj, c1);
        c2 = FloatVector.fromArray(S, x, ct + 2 * L).fma(qj, c2);
        c3 = FloatVector.fromArray(S, x, ct + 3 * L).fma(qj, c3);
        d0 = FloatVector.fromArray(S, x, dt).fma(qj, d0);
        d1 = FloatVector.fromArray(S, x, dt + L).fma(qj, d1);
        d2 = FloatVector.fromArray(S, x, dt + 2 * L).fma(qj, d2);
        d3 = FloatVector.fromArray(S, x, dt + 3 * L).fma(qj, d3);
        at += SIZE;
        bt += SIZE;
        ct += SIZE;
        dt += SIZE;
      }
      VectorMask<Float> am =
          a0.compare(GT, limit)
              .or(a1.compare(GT, limit))
              .or(a2.compare(GT, limit))
              .or(a3.compare(GT, limit));
      VectorMask<Float> bm =
          b0.compare(GT, limit)
              .or(b1.compare(GT, limit))
              .or(b2.compare(GT, limit))
              .or(b3.compare(GT, limit));
      VectorMask<Float> cm =
          c0.compare(GT, limit)
              .or(c1.compare(GT, limit))
              .or(c2.compare(GT, limit))
              .or(c3.compare(GT, limit));
      VectorMask<Float> dm =
          d0.compare(GT, limit)
              .or(d1.compare(GT, limit))
              .or(d2.compare(GT, limit))
              .or(d3.compare(GT, limit));
      if (every || am.or(bm).or(cm.or(dm)).anyTrue()) {
        a0.neg().intoArray(keys, 0);
        a1.neg().intoArray(keys, L);
        a2.neg().intoArray(keys, 2 * L);
        a3.neg().intoArray(keys, 3 * L);
        b0.neg().intoArray(keys, 4 * L);
        b1.neg().intoArray(keys, 5 * L);
        b2.neg().intoArray(keys, 6 * L);
        b3.neg().intoArray(keys, 7 * L);
        c0.neg().intoArray(keys, 8 * L);
        c1.neg().intoArray(keys, 9 * L);
        c2.neg().intoArray(keys, 10 * L);
        c3.neg().intoArray(keys, 11 * L);
        d0.neg().intoArray(keys, 12 * L);
        d1.neg().intoArray(keys, 13 * L);
        d2.neg().intoArray(keys, 14 * L);
        d3.neg().intoArray(keys, 15 * L);
        return i;
      }
    }
    return count;
  }
}

package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API. A strip is one vector of 512 bits or two of 256, so that four
 * strips keep four or eight accumulators, which hides the latency of the fused multiply-add and
 * leaves half of AVX2's 16 registers. At 128 bits two passes see half a strip each, as more
 * accumulators would not fit.
 *
 * <p>Digits name the strips, letters the vectors of a strip. The loops are written out because
 * vectors live in locals only: in an array they are objects.
 */
final class VectorKernel extends BlockKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int SIZE = Blocks.SIZE;
  private static final int STRIP = Blocks.STRIP;

  /** Whether a strip is more than one vector; a constant, so that the compiler drops the rest. */
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
    if (query.dot) {
      return dot(chunk, offset, gap, advance, steps, query, bound, keys);
    }
    float[] w = query.w;
    return w == null
        ? euclidean(chunk, offset, gap, advance, steps, query, bound, keys)
        : weighted(chunk, offset, gap, advance, steps, query, w, bound, keys);
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

  private static int euclidean(
      float[] a,
      int from,
      int gap,
      int advance,
      int steps,
      CompiledQuery query,
      float bound,
      float[] keys) {
    float[] q = query.q;
    int d = query.d;
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int i = 0, first = from; i < steps; i++, first += advance) {
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
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          FloatVector t0 = qj.sub(FloatVector.fromArray(S, a, p0));
          a0 = t0.fma(t0, a0);
          FloatVector t1 = qj.sub(FloatVector.fromArray(S, a, p1));
          a1 = t1.fma(t1, a1);
          FloatVector t2 = qj.sub(FloatVector.fromArray(S, a, p2));
          a2 = t2.fma(t2, a2);
          FloatVector t3 = qj.sub(FloatVector.fromArray(S, a, p3));
          a3 = t3.fma(t3, a3);
          if (TWO) {
            FloatVector u0 = qj.sub(FloatVector.fromArray(S, a, p0 + L));
            b0 = u0.fma(u0, b0);
            FloatVector u1 = qj.sub(FloatVector.fromArray(S, a, p1 + L));
            b1 = u1.fma(u1, b1);
            FloatVector u2 = qj.sub(FloatVector.fromArray(S, a, p2 + L));
            b2 = u2.fma(u2, b2);
            FloatVector u3 = qj.sub(FloatVector.fromArray(S, a, p3 + L));
            b3 = u3.fma(u3, b3);
          }
          p0 += STRIP;
          p1 += STRIP;
          p2 += STRIP;
          p3 += STRIP;
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

  private static int weighted(
      float[] a,
      int from,
      int gap,
      int advance,
      int steps,
      CompiledQuery query,
      float[] w,
      float bound,
      float[] keys) {
    float[] q = query.q;
    int d = query.d;
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int i = 0, first = from; i < steps; i++, first += advance) {
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
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          FloatVector wj = FloatVector.broadcast(S, w[j]);
          FloatVector t0 = qj.sub(FloatVector.fromArray(S, a, p0));
          a0 = wj.mul(t0).fma(t0, a0);
          FloatVector t1 = qj.sub(FloatVector.fromArray(S, a, p1));
          a1 = wj.mul(t1).fma(t1, a1);
          FloatVector t2 = qj.sub(FloatVector.fromArray(S, a, p2));
          a2 = wj.mul(t2).fma(t2, a2);
          FloatVector t3 = qj.sub(FloatVector.fromArray(S, a, p3));
          a3 = wj.mul(t3).fma(t3, a3);
          if (TWO) {
            FloatVector u0 = qj.sub(FloatVector.fromArray(S, a, p0 + L));
            b0 = wj.mul(u0).fma(u0, b0);
            FloatVector u1 = qj.sub(FloatVector.fromArray(S, a, p1 + L));
            b1 = wj.mul(u1).fma(u1, b1);
            FloatVector u2 = qj.sub(FloatVector.fromArray(S, a, p2 + L));
            b2 = wj.mul(u2).fma(u2, b2);
            FloatVector u3 = qj.sub(FloatVector.fromArray(S, a, p3 + L));
            b3 = wj.mul(u3).fma(u3, b3);
          }
          p0 += STRIP;
          p1 += STRIP;
          p2 += STRIP;
          p3 += STRIP;
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

  private static int dot(
      float[] a,
      int from,
      int gap,
      int advance,
      int steps,
      CompiledQuery query,
      float bound,
      float[] keys) {
    float[] q = query.q;
    int d = query.d;
    boolean biased = query.biased;
    FloatVector zero = FloatVector.zero(S);
    FloatVector limit = FloatVector.broadcast(S, -bound);
    boolean every = Float.isNaN(bound);
    for (int i = 0, first = from; i < steps; i++, first += advance) {
      boolean stop = every;
      for (int pass = 0; pass < STRIP; pass += PASS) {
        int p0 = first + pass;
        int p1 = p0 + gap;
        int p2 = p1 + gap;
        int p3 = p2 + gap;
        FloatVector a0 = biased ? FloatVector.fromArray(S, a, p0) : zero;
        FloatVector b0 = biased && TWO ? FloatVector.fromArray(S, a, p0 + L) : zero;
        FloatVector a1 = biased ? FloatVector.fromArray(S, a, p1) : zero;
        FloatVector b1 = biased && TWO ? FloatVector.fromArray(S, a, p1 + L) : zero;
        FloatVector a2 = biased ? FloatVector.fromArray(S, a, p2) : zero;
        FloatVector b2 = biased && TWO ? FloatVector.fromArray(S, a, p2 + L) : zero;
        FloatVector a3 = biased ? FloatVector.fromArray(S, a, p3) : zero;
        FloatVector b3 = biased && TWO ? FloatVector.fromArray(S, a, p3 + L) : zero;
        int skip = biased ? STRIP : 0;
        p0 += skip;
        p1 += skip;
        p2 += skip;
        p3 += skip;
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          a0 = qj.fma(FloatVector.fromArray(S, a, p0), a0);
          a1 = qj.fma(FloatVector.fromArray(S, a, p1), a1);
          a2 = qj.fma(FloatVector.fromArray(S, a, p2), a2);
          a3 = qj.fma(FloatVector.fromArray(S, a, p3), a3);
          if (TWO) {
            b0 = qj.fma(FloatVector.fromArray(S, a, p0 + L), b0);
            b1 = qj.fma(FloatVector.fromArray(S, a, p1 + L), b1);
            b2 = qj.fma(FloatVector.fromArray(S, a, p2 + L), b2);
            b3 = qj.fma(FloatVector.fromArray(S, a, p3 + L), b3);
          }
          p0 += STRIP;
          p1 += STRIP;
          p2 += STRIP;
          p3 += STRIP;
        }
        VectorMask<Float> low = a0.compare(GT, limit).or(a1.compare(GT, limit));
        low = low.or(a2.compare(GT, limit).or(a3.compare(GT, limit)));
        if (TWO) {
          VectorMask<Float> high = b0.compare(GT, limit).or(b1.compare(GT, limit));
          high = high.or(b2.compare(GT, limit).or(b3.compare(GT, limit)));
          low = low.or(high);
        }
        stop |= low.anyTrue();
        if (stop || PASS < STRIP) {
          a0.neg().intoArray(keys, pass);
          a1.neg().intoArray(keys, pass + STRIP);
          a2.neg().intoArray(keys, pass + 2 * STRIP);
          a3.neg().intoArray(keys, pass + 3 * STRIP);
          if (TWO) {
            b0.neg().intoArray(keys, pass + L);
            b1.neg().intoArray(keys, pass + L + STRIP);
            b2.neg().intoArray(keys, pass + L + 2 * STRIP);
            b3.neg().intoArray(keys, pass + L + 3 * STRIP);
          }
        }
      }
      if (stop) {
        return i;
      }
    }
    return steps;
  }
}

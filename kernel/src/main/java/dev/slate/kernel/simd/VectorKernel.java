package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.LT;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernel on the Vector API. Four accumulators run side by side, which hides the latency of the
 * fused multiply-add; at 512 bits they cover a block in one pass, at 256 in two, at 128 in four.
 */
final class VectorKernel extends BlockKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int PASS = 4 * L;
  private static final int SIZE = Blocks.SIZE;

  @Override
  public int lanes() {
    return L;
  }

  @Override
  public int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int stride,
      int blocks,
      float bound,
      float[] keys) {
    if (query.dot) {
      return query.biased
          ? biasedDot(chunk, offset, stride, blocks, query.q, query.d, bound, keys)
          : dot(chunk, offset, stride, blocks, query.q, query.d, bound, keys);
    }
    float[] w = query.w;
    return w == null
        ? euclidean(chunk, offset, stride, blocks, query.q, query.d, bound, keys)
        : weighted(chunk, offset, stride, blocks, query.q, w, query.d, bound, keys);
  }

  @Override
  public int streams(CompiledQuery query) {
    return L == 16 && query.w == null ? QuadKernel.STREAMS : 1;
  }

  @Override
  public int scanStreams(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int stride,
      int gap,
      int count,
      int from,
      float bound,
      float[] keys) {
    if (streams(query) == 1) {
      return super.scanStreams(query, chunk, offset, stride, gap, count, from, bound, keys);
    }
    int start = offset + from * stride;
    int left = count - from;
    float[] q = query.q;
    return from
        + (query.dot
            ? QuadKernel.dot(chunk, start, stride, gap, left, q, query.d, query.biased, bound, keys)
            : QuadKernel.euclidean(chunk, start, stride, gap, left, q, query.d, bound, keys));
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
      float[] a, int from, int stride, int blocks, float[] q, int d, float bound, float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int b = 0, block = from; b < blocks; b++, block += stride) {
      boolean stop = every;
      for (int pass = 0; pass < SIZE; pass += PASS) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = block + pass;
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          FloatVector t0 = FloatVector.fromArray(S, a, at).sub(qj);
          FloatVector t1 = FloatVector.fromArray(S, a, at + L).sub(qj);
          FloatVector t2 = FloatVector.fromArray(S, a, at + 2 * L).sub(qj);
          FloatVector t3 = FloatVector.fromArray(S, a, at + 3 * L).sub(qj);
          s0 = t0.fma(t0, s0);
          s1 = t1.fma(t1, s1);
          s2 = t2.fma(t2, s2);
          s3 = t3.fma(t3, s3);
          at += SIZE;
        }
        s0.intoArray(keys, pass);
        s1.intoArray(keys, pass + L);
        s2.intoArray(keys, pass + 2 * L);
        s3.intoArray(keys, pass + 3 * L);
        VectorMask<Float> low = s0.compare(LT, limit).or(s1.compare(LT, limit));
        VectorMask<Float> high = s2.compare(LT, limit).or(s3.compare(LT, limit));
        stop |= low.or(high).anyTrue();
      }
      if (stop) {
        return b;
      }
    }
    return blocks;
  }

  private static int weighted(
      float[] a,
      int from,
      int stride,
      int blocks,
      float[] q,
      float[] w,
      int d,
      float bound,
      float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int b = 0, block = from; b < blocks; b++, block += stride) {
      boolean stop = every;
      for (int pass = 0; pass < SIZE; pass += PASS) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = block + pass;
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          FloatVector wj = FloatVector.broadcast(S, w[j]);
          FloatVector t0 = FloatVector.fromArray(S, a, at).sub(qj);
          FloatVector t1 = FloatVector.fromArray(S, a, at + L).sub(qj);
          FloatVector t2 = FloatVector.fromArray(S, a, at + 2 * L).sub(qj);
          FloatVector t3 = FloatVector.fromArray(S, a, at + 3 * L).sub(qj);
          s0 = wj.mul(t0).fma(t0, s0);
          s1 = wj.mul(t1).fma(t1, s1);
          s2 = wj.mul(t2).fma(t2, s2);
          s3 = wj.mul(t3).fma(t3, s3);
          at += SIZE;
        }
        s0.intoArray(keys, pass);
        s1.intoArray(keys, pass + L);
        s2.intoArray(keys, pass + 2 * L);
        s3.intoArray(keys, pass + 3 * L);
        VectorMask<Float> low = s0.compare(LT, limit).or(s1.compare(LT, limit));
        VectorMask<Float> high = s2.compare(LT, limit).or(s3.compare(LT, limit));
        stop |= low.or(high).anyTrue();
      }
      if (stop) {
        return b;
      }
    }
    return blocks;
  }

  private static int dot(
      float[] a, int from, int stride, int blocks, float[] q, int d, float bound, float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int b = 0, block = from; b < blocks; b++, block += stride) {
      boolean stop = every;
      for (int pass = 0; pass < SIZE; pass += PASS) {
        FloatVector s0 = FloatVector.zero(S);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        int at = block + pass;
        for (int j = 0; j < d; j++) {
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          s0 = FloatVector.fromArray(S, a, at).fma(qj, s0);
          s1 = FloatVector.fromArray(S, a, at + L).fma(qj, s1);
          s2 = FloatVector.fromArray(S, a, at + 2 * L).fma(qj, s2);
          s3 = FloatVector.fromArray(S, a, at + 3 * L).fma(qj, s3);
          at += SIZE;
        }
        s0 = s0.neg();
        s1 = s1.neg();
        s2 = s2.neg();
        s3 = s3.neg();
        s0.intoArray(keys, pass);
        s1.intoArray(keys, pass + L);
        s2.intoArray(keys, pass + 2 * L);
        s3.intoArray(keys, pass + 3 * L);
        VectorMask<Float> low = s0.compare(LT, limit).or(s1.compare(LT, limit));
        VectorMask<Float> high = s2.compare(LT, limit).or(s3.compare(LT, limit));
        stop |= low.or(high).anyTrue();
      }
      if (stop) {
        return b;
      }
    }
    return blocks;
  }

  private static int biasedDot(
      float[] a, int from, int stride, int blocks, float[] q, int d, float bound, float[] keys) {
    FloatVector limit = FloatVector.broadcast(S, bound);
    boolean every = Float.isNaN(bound);
    for (int b = 0, block = from; b < blocks; b++, block += stride) {
      boolean stop = every;
      for (int pass = 0; pass < SIZE; pass += PASS) {
        int at = block + pass;
        FloatVector s0 = FloatVector.fromArray(S, a, at);
        FloatVector s1 = FloatVector.fromArray(S, a, at + L);
        FloatVector s2 = FloatVector.fromArray(S, a, at + 2 * L);
        FloatVector s3 = FloatVector.fromArray(S, a, at + 3 * L);
        for (int j = 0; j < d; j++) {
          at += SIZE;
          FloatVector qj = FloatVector.broadcast(S, q[j]);
          s0 = FloatVector.fromArray(S, a, at).fma(qj, s0);
          s1 = FloatVector.fromArray(S, a, at + L).fma(qj, s1);
          s2 = FloatVector.fromArray(S, a, at + 2 * L).fma(qj, s2);
          s3 = FloatVector.fromArray(S, a, at + 3 * L).fma(qj, s3);
        }
        s0 = s0.neg();
        s1 = s1.neg();
        s2 = s2.neg();
        s3 = s3.neg();
        s0.intoArray(keys, pass);
        s1.intoArray(keys, pass + L);
        s2.intoArray(keys, pass + 2 * L);
        s3.intoArray(keys, pass + 3 * L);
        VectorMask<Float> low = s0.compare(LT, limit).or(s1.compare(LT, limit));
        VectorMask<Float> high = s2.compare(LT, limit).or(s3.compare(LT, limit));
        stop |= low.or(high).anyTrue();
      }
      if (stop) {
        return b;
      }
    }
    return blocks;
  }
}

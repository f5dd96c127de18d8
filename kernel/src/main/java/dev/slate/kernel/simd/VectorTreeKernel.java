package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.slate.kernel.query.CompiledQuery;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tree's kernel on the Vector API. At 512 bits two vectors cover a leaf of 32 items, and one
 * the children of a node. A leaf is computed two vectors at a time, which share the attribute of
 * the query, and the bounds two attributes at a time, as one int holds the codes of both.
 *
 * <p>The distance from a box to the query along one attribute is the one positive number among
 * {@code lo - q} and {@code q - hi}, or zero. Floats of which at most one is positive compare like
 * their bits as integers, so two integer maxima find it.
 */
final class VectorTreeKernel extends TreeKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final int L = S.length();
  private static final IntVector LANE = IntVector.zero(I).addIndex(1);

  /** The number of attributes of every query; 0 where it may be any, see {@link TreeKernels}. */
  private static final int D = KernelCopies.number(MethodHandles.lookup());

  @Override
  public long leaf(
      CompiledQuery query, float[] chunk, int at, int lanes, float limit, float[] keys, int to) {
    return query.dot
        ? dot(query, chunk, at, lanes, limit, keys, to)
        : euclidean(query, chunk, at, lanes, limit, keys, to);
  }

  private static int dimensions(CompiledQuery query) {
    return D > 0 ? D : query.d;
  }

  /** Only leaves of one attribute hold more items than others. */
  private static int lanes(int held) {
    return D > 1 ? LANES : held;
  }

  private static long euclidean(
      CompiledQuery query, float[] a, int from, int held, float limit, float[] keys, int to) {
    float[] q = query.q;
    float[] w = query.w;
    int d = dimensions(query);
    int lanes = lanes(held);
    FloatVector most = FloatVector.broadcast(S, limit);
    long above = 0;
    for (int i = 0; i < lanes; i += 2 * L) {
      int at = from + i;
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      for (int j = 0; j < d; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        FloatVector t0 = FloatVector.fromArray(S, a, at).sub(qj);
        FloatVector t1 = FloatVector.fromArray(S, a, at + L).sub(qj);
        s0 = w == null ? t0.fma(t0, s0) : t0.mul(w[j]).fma(t0, s0);
        s1 = w == null ? t1.fma(t1, s1) : t1.mul(w[j]).fma(t1, s1);
        at += lanes;
      }
      s0.intoArray(keys, to + i);
      s1.intoArray(keys, to + i + L);
      above |= s0.compare(GT, most).toLong() << i;
      above |= s1.compare(GT, most).toLong() << (i + L);
    }
    return ~above & (-1L >>> -lanes);
  }

  private static long dot(
      CompiledQuery query, float[] a, int from, int held, float limit, float[] keys, int to) {
    float[] q = query.q;
    int d = dimensions(query);
    int lanes = lanes(held);
    FloatVector most = FloatVector.broadcast(S, limit);
    long above = 0;
    for (int i = 0; i < lanes; i += 2 * L) {
      int at = from + i;
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      if (query.biased) {
        s0 = FloatVector.fromArray(S, a, at);
        s1 = FloatVector.fromArray(S, a, at + L);
        at += lanes;
      }
      for (int j = 0; j < d; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        s0 = FloatVector.fromArray(S, a, at).fma(qj, s0);
        s1 = FloatVector.fromArray(S, a, at + L).fma(qj, s1);
        at += lanes;
      }
      s0 = s0.neg();
      s1 = s1.neg();
      s0.intoArray(keys, to + i);
      s1.intoArray(keys, to + i + L);
      above |= s0.compare(GT, most).toLong() << i;
      above |= s1.compare(GT, most).toLong() << (i + L);
    }
    return ~above & (-1L >>> -lanes);
  }

  @Override
  public void bounds(
      CompiledQuery query, int[] nodes, int at, int grid, int fan, int[] bounds, int to) {
    if (query.dot) {
      dotBounds(query, nodes, at, grid, fan, bounds, to);
    } else {
      euclideanBounds(query, nodes, at, grid, fan, bounds, to);
    }
  }

  @Override
  public int least(int[] bounds, int at) {
    IntVector least = IntVector.broadcast(I, Integer.MAX_VALUE);
    for (int i = 0; i < FAN; i += L) {
      least = least.min(IntVector.fromArray(I, bounds, at + i));
    }
    least = IntVector.broadcast(I, least.reduceLanes(MIN));
    int found = 0;
    for (int i = 0; i < FAN; i += L) {
      IntVector bound = IntVector.fromArray(I, bounds, at + i);
      found |= (int) bound.compare(EQ, least).toLong() << i;
    }
    return Integer.numberOfTrailingZeros(found);
  }

  @Override
  public int within(
      int[] bounds,
      int at,
      long worst,
      int[] nodes,
      int ordinals,
      int first,
      int[] children,
      int[] kept,
      int n) {
    int key = (int) (worst >> 32);
    int taken = n;
    for (int i = 0; i < FAN; i += L) {
      IntVector bound = IntVector.fromArray(I, bounds, at + i);
      VectorMask<Integer> before = bound.compare(LT, key);
      VectorMask<Integer> ties = bound.compare(EQ, key);
      if (ties.anyTrue()) {
        IntVector ordinal = IntVector.fromArray(I, nodes, ordinals + i);
        int last = (int) (((worst & 0xffffffffL) - 1) >> 1);
        before = before.or(ties.and(ordinal.compare(LE, last)));
      }
      if (Simd.COMPRESSES) {
        LANE.add(first + i).compress(before).intoArray(children, taken);
        bound.compress(before).intoArray(kept, taken);
        taken += before.trueCount();
      } else {
        for (long left = before.toLong(); left != 0; left &= left - 1) {
          int c = i + Long.numberOfTrailingZeros(left);
          children[taken] = first + c;
          kept[taken++] = bounds[at + c];
        }
      }
    }
    return taken;
  }

  @Override
  public boolean order(float[] keys, int held, int[] byRank) {
    int lanes = lanes(held);
    for (int i = 0; i < lanes; i += L) {
      if (FloatVector.fromArray(S, keys, i).test(IS_NAN).anyTrue()) {
        return false;
      }
    }
    for (int lane = 0; lane < lanes; lane++) {
      FloatVector key = FloatVector.broadcast(S, keys[lane]);
      long smaller = 0;
      long equal = 0;
      for (int i = 0; i < lanes; i += L) {
        FloatVector other = FloatVector.fromArray(S, keys, i);
        smaller |= other.compare(LT, key).toLong() << i;
        equal |= other.compare(EQ, key).toLong() << i;
      }
      byRank[Long.bitCount(smaller | (equal & ((1L << lane) - 1)))] = lane;
    }
    return true;
  }

  private static void euclideanBounds(
      CompiledQuery query, int[] a, int from, int grid, int fan, int[] bounds, int to) {
    float[] q = query.q;
    float[] w = query.w;
    int d = dimensions(query);
    IntVector none = IntVector.zero(I);
    for (int i = 0; i < FAN; i += L) {
      FloatVector s = FloatVector.zero(S);
      for (int j = 0; j < d; j += 2) {
        IntVector codes = IntVector.fromArray(I, a, from + i + j / 2 * FAN);
        FloatVector t = distance(codes, a, grid + 2 * j, q[j], none);
        s = w == null ? t.fma(t, s) : t.mul(w[j]).fma(t, s);
        if (j + 1 < d) {
          t = distance(codes.lanewise(LSHR, 16), a, grid + 2 * j + 2, q[j + 1], none);
          s = w == null ? t.fma(t, s) : t.mul(w[j + 1]).fma(t, s);
        }
      }
      IntVector bits = s.reinterpretAsInts();
      bits = bits.blend(Integer.MIN_VALUE, s.test(IS_NAN).cast(I));
      bits = bits.blend(Integer.MAX_VALUE, LANE.compare(GE, fan - i));
      bits.intoArray(bounds, to + i);
    }
  }

  /** The distances from boxes to the query along one attribute. */
  private static FloatVector distance(
      IntVector codes, int[] a, int g, float query, IntVector none) {
    FloatVector low = (FloatVector) codes.and(255).convert(I2F, 0);
    FloatVector high = (FloatVector) codes.lanewise(LSHR, 8).and(255).convert(I2F, 0);
    FloatVector origin = IntVector.broadcast(I, a[g]).reinterpretAsFloats();
    FloatVector step = IntVector.broadcast(I, a[g + 1]).reinterpretAsFloats();
    FloatVector q = FloatVector.broadcast(S, query);
    IntVector below = low.fma(step, origin).sub(q).reinterpretAsInts();
    IntVector above = q.sub(high.fma(step, origin)).reinterpretAsInts();
    return below.max(above).max(none).reinterpretAsFloats();
  }

  private static void dotBounds(
      CompiledQuery query, int[] a, int from, int grid, int fan, int[] bounds, int to) {
    float[] q = query.q;
    int d = dimensions(query);
    int bias = query.biased ? 1 : 0;
    for (int i = 0; i < FAN; i += L) {
      FloatVector s = FloatVector.zero(S);
      for (int j = 0; j < d + bias; j++) {
        float qj = j < bias ? 1f : q[j - bias];
        FloatVector origin = IntVector.broadcast(I, a[grid + 2 * j]).reinterpretAsFloats();
        FloatVector step = IntVector.broadcast(I, a[grid + 2 * j + 1]).reinterpretAsFloats();
        IntVector codes = IntVector.fromArray(I, a, from + i + (j >> 1) * FAN);
        codes = codes.lanewise(LSHR, ((j & 1) << 4) + (qj < 0 ? 0 : 8));
        FloatVector corner = (FloatVector) codes.and(255).convert(I2F, 0);
        s = corner.fma(step, origin).fma(FloatVector.broadcast(S, qj), s);
      }
      s = s.neg();
      IntVector bits = s.reinterpretAsInts();
      bits = bits.lanewise(XOR, bits.lanewise(ASHR, 31).and(Integer.MAX_VALUE));
      bits = bits.blend(Integer.MIN_VALUE, s.test(IS_NAN).cast(I));
      bits = bits.blend(Integer.MAX_VALUE, LANE.compare(GE, fan - i));
      bits.intoArray(bounds, to + i);
    }
  }
}

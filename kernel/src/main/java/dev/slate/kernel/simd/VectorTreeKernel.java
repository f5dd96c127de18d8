package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.IS_NAN;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.slate.kernel.search.Probe;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tree's kernel on the Vector API. At 512 bits two vectors cover a leaf of 32 items, and one
 * the children of a node.
 *
 * <p>The distance from a box to the query along one attribute is the one positive number among
 * {@code lo - q} and {@code q - hi}, or zero. Floats of which at most one is positive compare like
 * their bits as integers, so two integer maxima find it.
 */
final class VectorTreeKernel extends TreeKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final VectorSpecies<Integer> I = S.withLanes(int.class);
  private static final int L = S.length();
  private static final int ROUNDS = 4;

  /** The number of attributes of every query; 0 where it may be any, see {@link TreeKernels}. */
  private static final int D = TreeKernels.dimensions(MethodHandles.lookup());

  @Override
  public long leaf(Probe probe, float[] chunk, int at, int lanes, float limit, float[] keys) {
    long accepted;
    if (probe.dot) {
      accepted = dot(probe, chunk, at, lanes, limit, keys);
    } else {
      accepted =
          probe.w == null
              ? euclidean(probe, chunk, at, lanes, limit, keys)
              : weighted(probe, chunk, at, lanes, probe.w, limit, keys);
    }
    return Float.isNaN(limit) ? -1L >>> -lanes : accepted;
  }

  private static int dimensions(Probe probe) {
    return D > 0 ? D : probe.d;
  }

  /** Only leaves of one attribute hold more items than others. */
  private static int lanes(int held) {
    return D > 1 ? LANES : held;
  }

  private static long euclidean(
      Probe probe, float[] a, int from, int held, float limit, float[] keys) {
    float[] q = probe.q;
    int d = dimensions(probe);
    int lanes = lanes(held);
    FloatVector most = FloatVector.broadcast(S, limit);
    long accepted = 0;
    for (int i = 0; i < lanes; i += 2 * L) {
      int at = from + i;
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      for (int j = 0; j < d; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        FloatVector t0 = FloatVector.fromArray(S, a, at).sub(qj);
        FloatVector t1 = FloatVector.fromArray(S, a, at + L).sub(qj);
        s0 = t0.fma(t0, s0);
        s1 = t1.fma(t1, s1);
        at += lanes;
      }
      s0.intoArray(keys, i);
      s1.intoArray(keys, i + L);
      accepted |= s0.compare(LE, most).toLong() << i;
      accepted |= s1.compare(LE, most).toLong() << (i + L);
    }
    return accepted;
  }

  private static long weighted(
      Probe probe, float[] a, int from, int held, float[] w, float limit, float[] keys) {
    float[] q = probe.q;
    int d = dimensions(probe);
    int lanes = lanes(held);
    FloatVector most = FloatVector.broadcast(S, limit);
    long accepted = 0;
    for (int i = 0; i < lanes; i += 2 * L) {
      int at = from + i;
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      for (int j = 0; j < d; j++) {
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        FloatVector wj = FloatVector.broadcast(S, w[j]);
        FloatVector t0 = FloatVector.fromArray(S, a, at).sub(qj);
        FloatVector t1 = FloatVector.fromArray(S, a, at + L).sub(qj);
        s0 = t0.mul(wj).fma(t0, s0);
        s1 = t1.mul(wj).fma(t1, s1);
        at += lanes;
      }
      s0.intoArray(keys, i);
      s1.intoArray(keys, i + L);
      accepted |= s0.compare(LE, most).toLong() << i;
      accepted |= s1.compare(LE, most).toLong() << (i + L);
    }
    return accepted;
  }

  private static long dot(Probe probe, float[] a, int from, int held, float limit, float[] keys) {
    float[] q = probe.q;
    int d = dimensions(probe);
    int lanes = lanes(held);
    FloatVector most = FloatVector.broadcast(S, limit);
    long accepted = 0;
    for (int i = 0; i < lanes; i += 2 * L) {
      int at = from + i;
      FloatVector s0 = FloatVector.zero(S);
      FloatVector s1 = s0;
      if (probe.biased) {
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
      s0.intoArray(keys, i);
      s1.intoArray(keys, i + L);
      accepted |= s0.compare(LE, most).toLong() << i;
      accepted |= s1.compare(LE, most).toLong() << (i + L);
    }
    return accepted;
  }

  @Override
  public int bounds(Probe probe, int[] nodes, int at, int grid, int limit, int[] bounds, int to) {
    if (probe.dot) {
      return dotBounds(probe, nodes, at, grid, limit, bounds, to);
    }
    return probe.w == null
        ? euclideanBounds(probe, nodes, at, grid, limit, bounds, to)
        : weightedBounds(probe, nodes, at, grid, probe.w, limit, bounds, to);
  }

  @Override
  public int least(int[] bounds, int at, int among) {
    IntVector worst = IntVector.broadcast(I, Integer.MAX_VALUE);
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < FAN; i += L) {
      VectorMask<Integer> counts = VectorMask.fromLong(I, among >>> i);
      IntVector bound = worst.blend(IntVector.fromArray(I, bounds, at + i), counts);
      least = Math.min(least, bound.reduceLanes(MIN));
    }
    int found = 0;
    for (int i = 0; i < FAN; i += L) {
      IntVector bound = IntVector.fromArray(I, bounds, at + i);
      found |= (int) bound.compare(EQ, least).toLong() << i;
    }
    return Integer.numberOfTrailingZeros(found & among);
  }

  @Override
  public long smallest(float[] keys, int lanes, long among, int k) {
    FloatVector low = FloatVector.fromArray(S, keys, 0);
    FloatVector high = low;
    for (int i = L; i < lanes; i += L) {
      FloatVector key = FloatVector.fromArray(S, keys, i);
      low = low.min(key);
      high = high.max(key);
    }
    float most = high.reduceLanes(MAX);
    float step = most - low.reduceLanes(MIN);
    long kept = among;
    for (int round = 0; round < ROUNDS; round++) {
      step *= 0.5f;
      long below = 0;
      for (int i = 0; i < lanes; i += L) {
        FloatVector key = FloatVector.fromArray(S, keys, i);
        below |= key.compare(LE, most - step).toLong() << i;
      }
      below &= among;
      long few = (Long.bitCount(below) - (long) k) >> 63;
      kept = (kept & few) | (below & ~few);
      most -= Float.intBitsToFloat(Float.floatToRawIntBits(step) & (int) ~few);
    }
    return kept;
  }

  private static int euclideanBounds(
      Probe probe, int[] a, int from, int grid, int limit, int[] bounds, int to) {
    float[] q = probe.q;
    int d = dimensions(probe);
    IntVector none = IntVector.zero(I);
    int accepted = 0;
    for (int i = 0; i < FAN; i += L) {
      FloatVector s = FloatVector.zero(S);
      for (int j = 0; j < d; j += 2) {
        IntVector codes = IntVector.fromArray(I, a, from + i + j / 2 * FAN);
        int g = grid + 2 * j;
        FloatVector low = (FloatVector) codes.and(255).convert(I2F, 0);
        FloatVector high = (FloatVector) codes.lanewise(LSHR, 8).and(255).convert(I2F, 0);
        FloatVector origin = IntVector.broadcast(I, a[g]).reinterpretAsFloats();
        FloatVector step = IntVector.broadcast(I, a[g + 1]).reinterpretAsFloats();
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        IntVector below = low.fma(step, origin).sub(qj).reinterpretAsInts();
        IntVector above = qj.sub(high.fma(step, origin)).reinterpretAsInts();
        FloatVector t = below.max(above).max(none).reinterpretAsFloats();
        s = t.fma(t, s);
        if (j + 1 < d) {
          low = (FloatVector) codes.lanewise(LSHR, 16).and(255).convert(I2F, 0);
          high = (FloatVector) codes.lanewise(LSHR, 24).convert(I2F, 0);
          origin = IntVector.broadcast(I, a[g + 2]).reinterpretAsFloats();
          step = IntVector.broadcast(I, a[g + 3]).reinterpretAsFloats();
          qj = FloatVector.broadcast(S, q[j + 1]);
          below = low.fma(step, origin).sub(qj).reinterpretAsInts();
          above = qj.sub(high.fma(step, origin)).reinterpretAsInts();
          t = below.max(above).max(none).reinterpretAsFloats();
          s = t.fma(t, s);
        }
      }
      IntVector bits = s.reinterpretAsInts();
      bits = bits.blend(Integer.MIN_VALUE, s.test(IS_NAN).cast(I));
      bits.intoArray(bounds, to + i);
      accepted |= (int) bits.compare(LE, limit).toLong() << i;
    }
    return accepted;
  }

  private static int weightedBounds(
      Probe probe, int[] a, int from, int grid, float[] w, int limit, int[] bounds, int to) {
    float[] q = probe.q;
    int d = dimensions(probe);
    IntVector none = IntVector.zero(I);
    int accepted = 0;
    for (int i = 0; i < FAN; i += L) {
      FloatVector s = FloatVector.zero(S);
      for (int j = 0; j < d; j += 2) {
        IntVector codes = IntVector.fromArray(I, a, from + i + j / 2 * FAN);
        int g = grid + 2 * j;
        FloatVector low = (FloatVector) codes.and(255).convert(I2F, 0);
        FloatVector high = (FloatVector) codes.lanewise(LSHR, 8).and(255).convert(I2F, 0);
        FloatVector origin = IntVector.broadcast(I, a[g]).reinterpretAsFloats();
        FloatVector step = IntVector.broadcast(I, a[g + 1]).reinterpretAsFloats();
        FloatVector qj = FloatVector.broadcast(S, q[j]);
        IntVector below = low.fma(step, origin).sub(qj).reinterpretAsInts();
        IntVector above = qj.sub(high.fma(step, origin)).reinterpretAsInts();
        FloatVector t = below.max(above).max(none).reinterpretAsFloats();
        s = t.mul(w[j]).fma(t, s);
        if (j + 1 < d) {
          low = (FloatVector) codes.lanewise(LSHR, 16).and(255).convert(I2F, 0);
          high = (FloatVector) codes.lanewise(LSHR, 24).convert(I2F, 0);
          origin = IntVector.broadcast(I, a[g + 2]).reinterpretAsFloats();
          step = IntVector.broadcast(I, a[g + 3]).reinterpretAsFloats();
          qj = FloatVector.broadcast(S, q[j + 1]);
          below = low.fma(step, origin).sub(qj).reinterpretAsInts();
          above = qj.sub(high.fma(step, origin)).reinterpretAsInts();
          t = below.max(above).max(none).reinterpretAsFloats();
          s = t.mul(w[j + 1]).fma(t, s);
        }
      }
      IntVector bits = s.reinterpretAsInts();
      bits = bits.blend(Integer.MIN_VALUE, s.test(IS_NAN).cast(I));
      bits.intoArray(bounds, to + i);
      accepted |= (int) bits.compare(LE, limit).toLong() << i;
    }
    return accepted;
  }

  private static int dotBounds(
      Probe probe, int[] a, int from, int grid, int limit, int[] bounds, int to) {
    float[] q = probe.q;
    int d = dimensions(probe);
    int bias = probe.biased ? 1 : 0;
    int accepted = 0;
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
      bits.intoArray(bounds, to + i);
      accepted |= (int) bits.compare(LE, limit).toLong() << i;
    }
    return accepted;
  }
}

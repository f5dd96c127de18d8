package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of six queries by four vectors of items for AVX-512, which has 32 registers, and by two
 * narrower vectors, as AVX2 has 16. Registers hold 24 or 12 sums, the vectors of items, which serve
 * six queries each, and the attribute of a query in every lane. Letters name the queries, digits
 * the vectors.
 *
 * <p>Everything is written out. The compiler keeps local vectors in registers, and an array of them
 * in memory. In a method of this size C2 (JDK 25) inlines nothing but the Vector API itself, and
 * other methods would take their vectors as objects.
 */
final class VectorTileKernel extends TileKernel {
  /** The metrics, each a case of {@link KernelCopies}. */
  static final int EUCLIDEAN = 1;

  static final int DOT = 2;

  /** Whether this copy serves dot products; a constant, so that the compiler drops the rest. */
  private static final boolean IS_DOT = KernelCopies.number(MethodHandles.lookup()) == DOT;

  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int STRIP = Blocks.STRIP;
  private static final int Q = Panels.QUERIES;

  /** Whether a tile has four vectors, not two; a constant too. */
  private static final boolean FOUR = L == STRIP;

  private static final int ITEMS = FOUR ? 4 * L : 2 * L;

  @Override
  public int items() {
    return ITEMS;
  }

  @Override
  public int scan(
      Panels panels, int from, float[] chunk, int offset, Lookahead ahead, float[] keys) {
    float[] values = panels.values();
    float[] limits = panels.limits();
    int count = panels.count();
    int rows = panels.rows();
    int gap = FOUR ? rows * STRIP : L;
    float start = panels.start();
    for (int p = from; p < count; p++) {
      ahead.step(chunk);
      FloatVector a0 = FloatVector.broadcast(S, start);
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
      FloatVector e0 = a0;
      FloatVector e1 = a0;
      FloatVector e2 = a0;
      FloatVector e3 = a0;
      FloatVector f0 = a0;
      FloatVector f1 = a0;
      FloatVector f2 = a0;
      FloatVector f3 = a0;
      for (int j = 0, x = offset, q = p * Q * rows; j < rows; j++, x += STRIP, q += Q) {
        FloatVector x0 = FloatVector.fromArray(S, chunk, x);
        FloatVector x1 = FloatVector.fromArray(S, chunk, x + gap);
        FloatVector x2 = FOUR ? FloatVector.fromArray(S, chunk, x + 2 * gap) : x0;
        FloatVector x3 = FOUR ? FloatVector.fromArray(S, chunk, x + 3 * gap) : x0;
        FloatVector q0 = FloatVector.broadcast(S, values[q]);
        FloatVector t = IS_DOT ? x0 : x0.sub(q0);
        a0 = t.fma(IS_DOT ? q0 : t, a0);
        t = IS_DOT ? x1 : x1.sub(q0);
        a1 = t.fma(IS_DOT ? q0 : t, a1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q0);
          a2 = t.fma(IS_DOT ? q0 : t, a2);
          t = IS_DOT ? x3 : x3.sub(q0);
          a3 = t.fma(IS_DOT ? q0 : t, a3);
        }
        FloatVector q1 = FloatVector.broadcast(S, values[q + 1]);
        t = IS_DOT ? x0 : x0.sub(q1);
        b0 = t.fma(IS_DOT ? q1 : t, b0);
        t = IS_DOT ? x1 : x1.sub(q1);
        b1 = t.fma(IS_DOT ? q1 : t, b1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q1);
          b2 = t.fma(IS_DOT ? q1 : t, b2);
          t = IS_DOT ? x3 : x3.sub(q1);
          b3 = t.fma(IS_DOT ? q1 : t, b3);
        }
        FloatVector q2 = FloatVector.broadcast(S, values[q + 2]);
        t = IS_DOT ? x0 : x0.sub(q2);
        c0 = t.fma(IS_DOT ? q2 : t, c0);
        t = IS_DOT ? x1 : x1.sub(q2);
        c1 = t.fma(IS_DOT ? q2 : t, c1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q2);
          c2 = t.fma(IS_DOT ? q2 : t, c2);
          t = IS_DOT ? x3 : x3.sub(q2);
          c3 = t.fma(IS_DOT ? q2 : t, c3);
        }
        FloatVector q3 = FloatVector.broadcast(S, values[q + 3]);
        t = IS_DOT ? x0 : x0.sub(q3);
        d0 = t.fma(IS_DOT ? q3 : t, d0);
        t = IS_DOT ? x1 : x1.sub(q3);
        d1 = t.fma(IS_DOT ? q3 : t, d1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q3);
          d2 = t.fma(IS_DOT ? q3 : t, d2);
          t = IS_DOT ? x3 : x3.sub(q3);
          d3 = t.fma(IS_DOT ? q3 : t, d3);
        }
        FloatVector q4 = FloatVector.broadcast(S, values[q + 4]);
        t = IS_DOT ? x0 : x0.sub(q4);
        e0 = t.fma(IS_DOT ? q4 : t, e0);
        t = IS_DOT ? x1 : x1.sub(q4);
        e1 = t.fma(IS_DOT ? q4 : t, e1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q4);
          e2 = t.fma(IS_DOT ? q4 : t, e2);
          t = IS_DOT ? x3 : x3.sub(q4);
          e3 = t.fma(IS_DOT ? q4 : t, e3);
        }
        FloatVector q5 = FloatVector.broadcast(S, values[q + 5]);
        t = IS_DOT ? x0 : x0.sub(q5);
        f0 = t.fma(IS_DOT ? q5 : t, f0);
        t = IS_DOT ? x1 : x1.sub(q5);
        f1 = t.fma(IS_DOT ? q5 : t, f1);
        if (FOUR) {
          t = IS_DOT ? x2 : x2.sub(q5);
          f2 = t.fma(IS_DOT ? q5 : t, f2);
          t = IS_DOT ? x3 : x3.sub(q5);
          f3 = t.fma(IS_DOT ? q5 : t, f3);
        }
      }
      VectorOperators.Comparison past = IS_DOT ? LE : GE;
      FloatVector l0 = FloatVector.broadcast(S, limits[p * Q]);
      VectorMask<Float> m0 = a0.compare(past, l0).and(a1.compare(past, l0));
      FloatVector l1 = FloatVector.broadcast(S, limits[p * Q + 1]);
      VectorMask<Float> m1 = b0.compare(past, l1).and(b1.compare(past, l1));
      FloatVector l2 = FloatVector.broadcast(S, limits[p * Q + 2]);
      VectorMask<Float> m2 = c0.compare(past, l2).and(c1.compare(past, l2));
      FloatVector l3 = FloatVector.broadcast(S, limits[p * Q + 3]);
      VectorMask<Float> m3 = d0.compare(past, l3).and(d1.compare(past, l3));
      FloatVector l4 = FloatVector.broadcast(S, limits[p * Q + 4]);
      VectorMask<Float> m4 = e0.compare(past, l4).and(e1.compare(past, l4));
      FloatVector l5 = FloatVector.broadcast(S, limits[p * Q + 5]);
      VectorMask<Float> m5 = f0.compare(past, l5).and(f1.compare(past, l5));
      if (FOUR) {
        m0 = m0.and(a2.compare(past, l0)).and(a3.compare(past, l0));
        m1 = m1.and(b2.compare(past, l1)).and(b3.compare(past, l1));
        m2 = m2.and(c2.compare(past, l2)).and(c3.compare(past, l2));
        m3 = m3.and(d2.compare(past, l3)).and(d3.compare(past, l3));
        m4 = m4.and(e2.compare(past, l4)).and(e3.compare(past, l4));
        m5 = m5.and(f2.compare(past, l5)).and(f3.compare(past, l5));
      }
      if (m0.and(m1).and(m2.and(m3)).and(m4.and(m5)).allTrue()) {
        continue;
      }
      int found = 0;
      if (!m0.allTrue()) {
        (IS_DOT ? a0.neg() : a0).intoArray(keys, 0);
        (IS_DOT ? a1.neg() : a1).intoArray(keys, L);
        if (FOUR) {
          (IS_DOT ? a2.neg() : a2).intoArray(keys, 2 * L);
          (IS_DOT ? a3.neg() : a3).intoArray(keys, 3 * L);
        }
        found |= 1;
      }
      if (!m1.allTrue()) {
        (IS_DOT ? b0.neg() : b0).intoArray(keys, ITEMS);
        (IS_DOT ? b1.neg() : b1).intoArray(keys, ITEMS + L);
        if (FOUR) {
          (IS_DOT ? b2.neg() : b2).intoArray(keys, ITEMS + 2 * L);
          (IS_DOT ? b3.neg() : b3).intoArray(keys, ITEMS + 3 * L);
        }
        found |= 2;
      }
      if (!m2.allTrue()) {
        (IS_DOT ? c0.neg() : c0).intoArray(keys, 2 * ITEMS);
        (IS_DOT ? c1.neg() : c1).intoArray(keys, 2 * ITEMS + L);
        if (FOUR) {
          (IS_DOT ? c2.neg() : c2).intoArray(keys, 2 * ITEMS + 2 * L);
          (IS_DOT ? c3.neg() : c3).intoArray(keys, 2 * ITEMS + 3 * L);
        }
        found |= 4;
      }
      if (!m3.allTrue()) {
        (IS_DOT ? d0.neg() : d0).intoArray(keys, 3 * ITEMS);
        (IS_DOT ? d1.neg() : d1).intoArray(keys, 3 * ITEMS + L);
        if (FOUR) {
          (IS_DOT ? d2.neg() : d2).intoArray(keys, 3 * ITEMS + 2 * L);
          (IS_DOT ? d3.neg() : d3).intoArray(keys, 3 * ITEMS + 3 * L);
        }
        found |= 8;
      }
      if (!m4.allTrue()) {
        (IS_DOT ? e0.neg() : e0).intoArray(keys, 4 * ITEMS);
        (IS_DOT ? e1.neg() : e1).intoArray(keys, 4 * ITEMS + L);
        if (FOUR) {
          (IS_DOT ? e2.neg() : e2).intoArray(keys, 4 * ITEMS + 2 * L);
          (IS_DOT ? e3.neg() : e3).intoArray(keys, 4 * ITEMS + 3 * L);
        }
        found |= 16;
      }
      if (!m5.allTrue()) {
        (IS_DOT ? f0.neg() : f0).intoArray(keys, 5 * ITEMS);
        (IS_DOT ? f1.neg() : f1).intoArray(keys, 5 * ITEMS + L);
        if (FOUR) {
          (IS_DOT ? f2.neg() : f2).intoArray(keys, 5 * ITEMS + 2 * L);
          (IS_DOT ? f3.neg() : f3).intoArray(keys, 5 * ITEMS + 3 * L);
        }
        found |= 32;
      }
      return stop(p, found);
    }
    return stop(count, 0);
  }
}

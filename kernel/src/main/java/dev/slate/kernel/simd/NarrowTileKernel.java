package dev.slate.kernel.simd;

import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of six queries by two vectors of items, for the 16 registers of AVX2 and NEON: 12 sums, two
 * vectors of items, and the attribute of a query in every lane. Letters name the queries, digits
 * the vectors. The sums are written out as in {@link WideTileKernel}.
 */
final class NarrowTileKernel extends TileKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int ITEMS = 2 * L;
  private static final int STRIP = Blocks.STRIP;
  private static final int Q = Panels.QUERIES;

  @Override
  public int items() {
    return ITEMS;
  }

  @Override
  public int scan(
      Panels panels, int from, float[] chunk, int offset, Lookahead ahead, float[] keys) {
    float[] values = panels.values();
    float[] limits = panels.limits();
    return panels.dot()
        ? dot(
            values,
            limits,
            from,
            panels.count(),
            panels.rows(),
            panels.start(),
            chunk,
            offset,
            ahead,
            keys)
        : euclidean(
            values, limits, from, panels.count(), panels.rows(), chunk, offset, ahead, keys);
  }

  private static int dot(
      float[] b,
      float[] limits,
      int from,
      int count,
      int rows,
      float start,
      float[] a,
      int offset,
      Lookahead ahead,
      float[] keys) {
    for (int p = from; p < count; p++) {
      ahead.step(a);
      FloatVector a0 = FloatVector.broadcast(S, start);
      FloatVector a1 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector c0 = a0;
      FloatVector c1 = a0;
      FloatVector d0 = a0;
      FloatVector d1 = a0;
      FloatVector e0 = a0;
      FloatVector e1 = a0;
      FloatVector f0 = a0;
      FloatVector f1 = a0;
      for (int j = 0, x = offset, q = p * Q * rows; j < rows; j++, x += STRIP, q += Q) {
        FloatVector x0 = FloatVector.fromArray(S, a, x);
        FloatVector x1 = FloatVector.fromArray(S, a, x + L);
        FloatVector q0 = FloatVector.broadcast(S, b[q]);
        a0 = x0.fma(q0, a0);
        a1 = x1.fma(q0, a1);
        FloatVector q1 = FloatVector.broadcast(S, b[q + 1]);
        b0 = x0.fma(q1, b0);
        b1 = x1.fma(q1, b1);
        FloatVector q2 = FloatVector.broadcast(S, b[q + 2]);
        c0 = x0.fma(q2, c0);
        c1 = x1.fma(q2, c1);
        FloatVector q3 = FloatVector.broadcast(S, b[q + 3]);
        d0 = x0.fma(q3, d0);
        d1 = x1.fma(q3, d1);
        FloatVector q4 = FloatVector.broadcast(S, b[q + 4]);
        e0 = x0.fma(q4, e0);
        e1 = x1.fma(q4, e1);
        FloatVector q5 = FloatVector.broadcast(S, b[q + 5]);
        f0 = x0.fma(q5, f0);
        f1 = x1.fma(q5, f1);
      }
      FloatVector l0 = FloatVector.broadcast(S, limits[p * Q]);
      VectorMask<Float> m0 = a0.compare(LE, l0).and(a1.compare(LE, l0));
      FloatVector l1 = FloatVector.broadcast(S, limits[p * Q + 1]);
      VectorMask<Float> m1 = b0.compare(LE, l1).and(b1.compare(LE, l1));
      FloatVector l2 = FloatVector.broadcast(S, limits[p * Q + 2]);
      VectorMask<Float> m2 = c0.compare(LE, l2).and(c1.compare(LE, l2));
      FloatVector l3 = FloatVector.broadcast(S, limits[p * Q + 3]);
      VectorMask<Float> m3 = d0.compare(LE, l3).and(d1.compare(LE, l3));
      FloatVector l4 = FloatVector.broadcast(S, limits[p * Q + 4]);
      VectorMask<Float> m4 = e0.compare(LE, l4).and(e1.compare(LE, l4));
      FloatVector l5 = FloatVector.broadcast(S, limits[p * Q + 5]);
      VectorMask<Float> m5 = f0.compare(LE, l5).and(f1.compare(LE, l5));
      if (m0.and(m1).and(m2.and(m3)).and(m4.and(m5)).allTrue()) {
        continue;
      }
      int found = 0;
      if (!m0.allTrue()) {
        a0.neg().intoArray(keys, 0);
        a1.neg().intoArray(keys, L);
        found |= 1;
      }
      if (!m1.allTrue()) {
        b0.neg().intoArray(keys, ITEMS);
        b1.neg().intoArray(keys, ITEMS + L);
        found |= 2;
      }
      if (!m2.allTrue()) {
        c0.neg().intoArray(keys, 2 * ITEMS);
        c1.neg().intoArray(keys, 2 * ITEMS + L);
        found |= 4;
      }
      if (!m3.allTrue()) {
        d0.neg().intoArray(keys, 3 * ITEMS);
        d1.neg().intoArray(keys, 3 * ITEMS + L);
        found |= 8;
      }
      if (!m4.allTrue()) {
        e0.neg().intoArray(keys, 4 * ITEMS);
        e1.neg().intoArray(keys, 4 * ITEMS + L);
        found |= 16;
      }
      if (!m5.allTrue()) {
        f0.neg().intoArray(keys, 5 * ITEMS);
        f1.neg().intoArray(keys, 5 * ITEMS + L);
        found |= 32;
      }
      return stop(p, found);
    }
    return stop(count, 0);
  }

  private static int euclidean(
      float[] b,
      float[] limits,
      int from,
      int count,
      int rows,
      float[] a,
      int offset,
      Lookahead ahead,
      float[] keys) {
    for (int p = from; p < count; p++) {
      ahead.step(a);
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = a0;
      FloatVector b0 = a0;
      FloatVector b1 = a0;
      FloatVector c0 = a0;
      FloatVector c1 = a0;
      FloatVector d0 = a0;
      FloatVector d1 = a0;
      FloatVector e0 = a0;
      FloatVector e1 = a0;
      FloatVector f0 = a0;
      FloatVector f1 = a0;
      for (int j = 0, x = offset, q = p * Q * rows; j < rows; j++, x += STRIP, q += Q) {
        FloatVector x0 = FloatVector.fromArray(S, a, x);
        FloatVector x1 = FloatVector.fromArray(S, a, x + L);
        FloatVector q0 = FloatVector.broadcast(S, b[q]);
        FloatVector t00 = x0.sub(q0);
        a0 = t00.fma(t00, a0);
        FloatVector t01 = x1.sub(q0);
        a1 = t01.fma(t01, a1);
        FloatVector q1 = FloatVector.broadcast(S, b[q + 1]);
        FloatVector t10 = x0.sub(q1);
        b0 = t10.fma(t10, b0);
        FloatVector t11 = x1.sub(q1);
        b1 = t11.fma(t11, b1);
        FloatVector q2 = FloatVector.broadcast(S, b[q + 2]);
        FloatVector t20 = x0.sub(q2);
        c0 = t20.fma(t20, c0);
        FloatVector t21 = x1.sub(q2);
        c1 = t21.fma(t21, c1);
        FloatVector q3 = FloatVector.broadcast(S, b[q + 3]);
        FloatVector t30 = x0.sub(q3);
        d0 = t30.fma(t30, d0);
        FloatVector t31 = x1.sub(q3);
        d1 = t31.fma(t31, d1);
        FloatVector q4 = FloatVector.broadcast(S, b[q + 4]);
        FloatVector t40 = x0.sub(q4);
        e0 = t40.fma(t40, e0);
        FloatVector t41 = x1.sub(q4);
        e1 = t41.fma(t41, e1);
        FloatVector q5 = FloatVector.broadcast(S, b[q + 5]);
        FloatVector t50 = x0.sub(q5);
        f0 = t50.fma(t50, f0);
        FloatVector t51 = x1.sub(q5);
        f1 = t51.fma(t51, f1);
      }
      FloatVector l0 = FloatVector.broadcast(S, limits[p * Q]);
      VectorMask<Float> m0 = a0.compare(GE, l0).and(a1.compare(GE, l0));
      FloatVector l1 = FloatVector.broadcast(S, limits[p * Q + 1]);
      VectorMask<Float> m1 = b0.compare(GE, l1).and(b1.compare(GE, l1));
      FloatVector l2 = FloatVector.broadcast(S, limits[p * Q + 2]);
      VectorMask<Float> m2 = c0.compare(GE, l2).and(c1.compare(GE, l2));
      FloatVector l3 = FloatVector.broadcast(S, limits[p * Q + 3]);
      VectorMask<Float> m3 = d0.compare(GE, l3).and(d1.compare(GE, l3));
      FloatVector l4 = FloatVector.broadcast(S, limits[p * Q + 4]);
      VectorMask<Float> m4 = e0.compare(GE, l4).and(e1.compare(GE, l4));
      FloatVector l5 = FloatVector.broadcast(S, limits[p * Q + 5]);
      VectorMask<Float> m5 = f0.compare(GE, l5).and(f1.compare(GE, l5));
      if (m0.and(m1).and(m2.and(m3)).and(m4.and(m5)).allTrue()) {
        continue;
      }
      int found = 0;
      if (!m0.allTrue()) {
        a0.intoArray(keys, 0);
        a1.intoArray(keys, L);
        found |= 1;
      }
      if (!m1.allTrue()) {
        b0.intoArray(keys, ITEMS);
        b1.intoArray(keys, ITEMS + L);
        found |= 2;
      }
      if (!m2.allTrue()) {
        c0.intoArray(keys, 2 * ITEMS);
        c1.intoArray(keys, 2 * ITEMS + L);
        found |= 4;
      }
      if (!m3.allTrue()) {
        d0.intoArray(keys, 3 * ITEMS);
        d1.intoArray(keys, 3 * ITEMS + L);
        found |= 8;
      }
      if (!m4.allTrue()) {
        e0.intoArray(keys, 4 * ITEMS);
        e1.intoArray(keys, 4 * ITEMS + L);
        found |= 16;
      }
      if (!m5.allTrue()) {
        f0.intoArray(keys, 5 * ITEMS);
        f1.intoArray(keys, 5 * ITEMS + L);
        found |= 32;
      }
      return stop(p, found);
    }
    return stop(count, 0);
  }
}

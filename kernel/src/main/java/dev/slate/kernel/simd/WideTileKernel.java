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
 * Tiles of six queries by four vectors of items, for the 32 registers of AVX-512: 24 sums, four
 * vectors of items that serve six queries each, and the attribute of a query in every lane. Letters
 * name the queries, digits the vectors.
 *
 * <p>The sums are written out one by one: the compiler keeps local variables in registers, and an
 * array of vectors in memory.
 */
final class WideTileKernel extends TileKernel {
  private static final VectorSpecies<Float> S = Simd.species();
  private static final int L = S.length();
  private static final int ITEMS = 4 * L;
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
    int strip = rows * STRIP;
    for (int p = from; p < count; p++) {
      ahead.step(a);
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
        FloatVector x0 = FloatVector.fromArray(S, a, x);
        FloatVector x1 = FloatVector.fromArray(S, a, x + strip);
        FloatVector x2 = FloatVector.fromArray(S, a, x + 2 * strip);
        FloatVector x3 = FloatVector.fromArray(S, a, x + 3 * strip);
        FloatVector q0 = FloatVector.broadcast(S, b[q]);
        a0 = x0.fma(q0, a0);
        a1 = x1.fma(q0, a1);
        a2 = x2.fma(q0, a2);
        a3 = x3.fma(q0, a3);
        FloatVector q1 = FloatVector.broadcast(S, b[q + 1]);
        b0 = x0.fma(q1, b0);
        b1 = x1.fma(q1, b1);
        b2 = x2.fma(q1, b2);
        b3 = x3.fma(q1, b3);
        FloatVector q2 = FloatVector.broadcast(S, b[q + 2]);
        c0 = x0.fma(q2, c0);
        c1 = x1.fma(q2, c1);
        c2 = x2.fma(q2, c2);
        c3 = x3.fma(q2, c3);
        FloatVector q3 = FloatVector.broadcast(S, b[q + 3]);
        d0 = x0.fma(q3, d0);
        d1 = x1.fma(q3, d1);
        d2 = x2.fma(q3, d2);
        d3 = x3.fma(q3, d3);
        FloatVector q4 = FloatVector.broadcast(S, b[q + 4]);
        e0 = x0.fma(q4, e0);
        e1 = x1.fma(q4, e1);
        e2 = x2.fma(q4, e2);
        e3 = x3.fma(q4, e3);
        FloatVector q5 = FloatVector.broadcast(S, b[q + 5]);
        f0 = x0.fma(q5, f0);
        f1 = x1.fma(q5, f1);
        f2 = x2.fma(q5, f2);
        f3 = x3.fma(q5, f3);
      }
      FloatVector l0 = FloatVector.broadcast(S, limits[p * Q]);
      VectorMask<Float> m0 =
          a3.compare(LE, l0, a2.compare(LE, l0, a1.compare(LE, l0, a0.compare(LE, l0))));
      FloatVector l1 = FloatVector.broadcast(S, limits[p * Q + 1]);
      VectorMask<Float> m1 =
          b3.compare(LE, l1, b2.compare(LE, l1, b1.compare(LE, l1, b0.compare(LE, l1))));
      FloatVector l2 = FloatVector.broadcast(S, limits[p * Q + 2]);
      VectorMask<Float> m2 =
          c3.compare(LE, l2, c2.compare(LE, l2, c1.compare(LE, l2, c0.compare(LE, l2))));
      FloatVector l3 = FloatVector.broadcast(S, limits[p * Q + 3]);
      VectorMask<Float> m3 =
          d3.compare(LE, l3, d2.compare(LE, l3, d1.compare(LE, l3, d0.compare(LE, l3))));
      FloatVector l4 = FloatVector.broadcast(S, limits[p * Q + 4]);
      VectorMask<Float> m4 =
          e3.compare(LE, l4, e2.compare(LE, l4, e1.compare(LE, l4, e0.compare(LE, l4))));
      FloatVector l5 = FloatVector.broadcast(S, limits[p * Q + 5]);
      VectorMask<Float> m5 =
          f3.compare(LE, l5, f2.compare(LE, l5, f1.compare(LE, l5, f0.compare(LE, l5))));
      if (m0.and(m1).and(m2.and(m3)).and(m4.and(m5)).allTrue()) {
        continue;
      }
      int found = 0;
      if (!m0.allTrue()) {
        a0.neg().intoArray(keys, 0);
        a1.neg().intoArray(keys, L);
        a2.neg().intoArray(keys, 2 * L);
        a3.neg().intoArray(keys, 3 * L);
        found |= 1;
      }
      if (!m1.allTrue()) {
        b0.neg().intoArray(keys, ITEMS);
        b1.neg().intoArray(keys, ITEMS + L);
        b2.neg().intoArray(keys, ITEMS + 2 * L);
        b3.neg().intoArray(keys, ITEMS + 3 * L);
        found |= 2;
      }
      if (!m2.allTrue()) {
        c0.neg().intoArray(keys, 2 * ITEMS);
        c1.neg().intoArray(keys, 2 * ITEMS + L);
        c2.neg().intoArray(keys, 2 * ITEMS + 2 * L);
        c3.neg().intoArray(keys, 2 * ITEMS + 3 * L);
        found |= 4;
      }
      if (!m3.allTrue()) {
        d0.neg().intoArray(keys, 3 * ITEMS);
        d1.neg().intoArray(keys, 3 * ITEMS + L);
        d2.neg().intoArray(keys, 3 * ITEMS + 2 * L);
        d3.neg().intoArray(keys, 3 * ITEMS + 3 * L);
        found |= 8;
      }
      if (!m4.allTrue()) {
        e0.neg().intoArray(keys, 4 * ITEMS);
        e1.neg().intoArray(keys, 4 * ITEMS + L);
        e2.neg().intoArray(keys, 4 * ITEMS + 2 * L);
        e3.neg().intoArray(keys, 4 * ITEMS + 3 * L);
        found |= 16;
      }
      if (!m5.allTrue()) {
        f0.neg().intoArray(keys, 5 * ITEMS);
        f1.neg().intoArray(keys, 5 * ITEMS + L);
        f2.neg().intoArray(keys, 5 * ITEMS + 2 * L);
        f3.neg().intoArray(keys, 5 * ITEMS + 3 * L);
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
    int strip = rows * STRIP;
    for (int p = from; p < count; p++) {
      ahead.step(a);
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
      FloatVector e0 = a0;
      FloatVector e1 = a0;
      FloatVector e2 = a0;
      FloatVector e3 = a0;
      FloatVector f0 = a0;
      FloatVector f1 = a0;
      FloatVector f2 = a0;
      FloatVector f3 = a0;
      for (int j = 0, x = offset, q = p * Q * rows; j < rows; j++, x += STRIP, q += Q) {
        FloatVector x0 = FloatVector.fromArray(S, a, x);
        FloatVector x1 = FloatVector.fromArray(S, a, x + strip);
        FloatVector x2 = FloatVector.fromArray(S, a, x + 2 * strip);
        FloatVector x3 = FloatVector.fromArray(S, a, x + 3 * strip);
        FloatVector q0 = FloatVector.broadcast(S, b[q]);
        FloatVector t00 = x0.sub(q0);
        a0 = t00.fma(t00, a0);
        FloatVector t01 = x1.sub(q0);
        a1 = t01.fma(t01, a1);
        FloatVector t02 = x2.sub(q0);
        a2 = t02.fma(t02, a2);
        FloatVector t03 = x3.sub(q0);
        a3 = t03.fma(t03, a3);
        FloatVector q1 = FloatVector.broadcast(S, b[q + 1]);
        FloatVector t10 = x0.sub(q1);
        b0 = t10.fma(t10, b0);
        FloatVector t11 = x1.sub(q1);
        b1 = t11.fma(t11, b1);
        FloatVector t12 = x2.sub(q1);
        b2 = t12.fma(t12, b2);
        FloatVector t13 = x3.sub(q1);
        b3 = t13.fma(t13, b3);
        FloatVector q2 = FloatVector.broadcast(S, b[q + 2]);
        FloatVector t20 = x0.sub(q2);
        c0 = t20.fma(t20, c0);
        FloatVector t21 = x1.sub(q2);
        c1 = t21.fma(t21, c1);
        FloatVector t22 = x2.sub(q2);
        c2 = t22.fma(t22, c2);
        FloatVector t23 = x3.sub(q2);
        c3 = t23.fma(t23, c3);
        FloatVector q3 = FloatVector.broadcast(S, b[q + 3]);
        FloatVector t30 = x0.sub(q3);
        d0 = t30.fma(t30, d0);
        FloatVector t31 = x1.sub(q3);
        d1 = t31.fma(t31, d1);
        FloatVector t32 = x2.sub(q3);
        d2 = t32.fma(t32, d2);
        FloatVector t33 = x3.sub(q3);
        d3 = t33.fma(t33, d3);
        FloatVector q4 = FloatVector.broadcast(S, b[q + 4]);
        FloatVector t40 = x0.sub(q4);
        e0 = t40.fma(t40, e0);
        FloatVector t41 = x1.sub(q4);
        e1 = t41.fma(t41, e1);
        FloatVector t42 = x2.sub(q4);
        e2 = t42.fma(t42, e2);
        FloatVector t43 = x3.sub(q4);
        e3 = t43.fma(t43, e3);
        FloatVector q5 = FloatVector.broadcast(S, b[q + 5]);
        FloatVector t50 = x0.sub(q5);
        f0 = t50.fma(t50, f0);
        FloatVector t51 = x1.sub(q5);
        f1 = t51.fma(t51, f1);
        FloatVector t52 = x2.sub(q5);
        f2 = t52.fma(t52, f2);
        FloatVector t53 = x3.sub(q5);
        f3 = t53.fma(t53, f3);
      }
      FloatVector l0 = FloatVector.broadcast(S, limits[p * Q]);
      VectorMask<Float> m0 =
          a3.compare(GE, l0, a2.compare(GE, l0, a1.compare(GE, l0, a0.compare(GE, l0))));
      FloatVector l1 = FloatVector.broadcast(S, limits[p * Q + 1]);
      VectorMask<Float> m1 =
          b3.compare(GE, l1, b2.compare(GE, l1, b1.compare(GE, l1, b0.compare(GE, l1))));
      FloatVector l2 = FloatVector.broadcast(S, limits[p * Q + 2]);
      VectorMask<Float> m2 =
          c3.compare(GE, l2, c2.compare(GE, l2, c1.compare(GE, l2, c0.compare(GE, l2))));
      FloatVector l3 = FloatVector.broadcast(S, limits[p * Q + 3]);
      VectorMask<Float> m3 =
          d3.compare(GE, l3, d2.compare(GE, l3, d1.compare(GE, l3, d0.compare(GE, l3))));
      FloatVector l4 = FloatVector.broadcast(S, limits[p * Q + 4]);
      VectorMask<Float> m4 =
          e3.compare(GE, l4, e2.compare(GE, l4, e1.compare(GE, l4, e0.compare(GE, l4))));
      FloatVector l5 = FloatVector.broadcast(S, limits[p * Q + 5]);
      VectorMask<Float> m5 =
          f3.compare(GE, l5, f2.compare(GE, l5, f1.compare(GE, l5, f0.compare(GE, l5))));
      if (m0.and(m1).and(m2.and(m3)).and(m4.and(m5)).allTrue()) {
        continue;
      }
      int found = 0;
      if (!m0.allTrue()) {
        a0.intoArray(keys, 0);
        a1.intoArray(keys, L);
        a2.intoArray(keys, 2 * L);
        a3.intoArray(keys, 3 * L);
        found |= 1;
      }
      if (!m1.allTrue()) {
        b0.intoArray(keys, ITEMS);
        b1.intoArray(keys, ITEMS + L);
        b2.intoArray(keys, ITEMS + 2 * L);
        b3.intoArray(keys, ITEMS + 3 * L);
        found |= 2;
      }
      if (!m2.allTrue()) {
        c0.intoArray(keys, 2 * ITEMS);
        c1.intoArray(keys, 2 * ITEMS + L);
        c2.intoArray(keys, 2 * ITEMS + 2 * L);
        c3.intoArray(keys, 2 * ITEMS + 3 * L);
        found |= 4;
      }
      if (!m3.allTrue()) {
        d0.intoArray(keys, 3 * ITEMS);
        d1.intoArray(keys, 3 * ITEMS + L);
        d2.intoArray(keys, 3 * ITEMS + 2 * L);
        d3.intoArray(keys, 3 * ITEMS + 3 * L);
        found |= 8;
      }
      if (!m4.allTrue()) {
        e0.intoArray(keys, 4 * ITEMS);
        e1.intoArray(keys, 4 * ITEMS + L);
        e2.intoArray(keys, 4 * ITEMS + 2 * L);
        e3.intoArray(keys, 4 * ITEMS + 3 * L);
        found |= 16;
      }
      if (!m5.allTrue()) {
        f0.intoArray(keys, 5 * ITEMS);
        f1.intoArray(keys, 5 * ITEMS + L);
        f2.intoArray(keys, 5 * ITEMS + 2 * L);
        f3.intoArray(keys, 5 * ITEMS + 3 * L);
        found |= 32;
      }
      return stop(p, found);
    }
    return stop(count, 0);
  }
}

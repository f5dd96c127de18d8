package dev.slate.bench.roofline;

import static jdk.incubator.vector.VectorOperators.ADD;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rate at which this machine scores attributes when none comes from memory: twelve independent
 * chains in registers, enough to hide the latency of two fused multiply-adds a cycle. The upper
 * limit of any batch of queries.
 */
public final class ArithmeticPeak {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int STEPS = 20_000;
  private static final int WARM_STEPS = 20;

  private final LockstepThreads lockstep;
  private final float warmed;

  /**
   * Creates a measurement.
   *
   * @param threads how many threads compute
   */
  public ArithmeticPeak(int threads) {
    this.lockstep = new LockstepThreads(threads);
    warmed =
        VectorWarmUp.run(() -> fmaChains(1, WARM_STEPS))
            + VectorWarmUp.run(() -> subtractFmaChains(1, WARM_STEPS));
  }

  /**
   * Measures one fused multiply-add for each attribute, as DOT and COSINE need.
   *
   * @param budget nanoseconds to spend
   * @return attributes per nanosecond, over all threads
   */
  public double fma(long budget) {
    return best(budget, member -> fmaChains(warmed, STEPS));
  }

  /**
   * Measures a subtraction and a fused multiply-add for each attribute, as EUCLIDEAN needs.
   *
   * @param budget nanoseconds to spend
   * @return attributes per nanosecond, over all threads
   */
  public double subtractFma(long budget) {
    return best(budget, member -> subtractFmaChains(warmed, STEPS));
  }

  private double best(long budget, LockstepThreads.Work work) {
    double best = 0;
    long start = System.nanoTime();
    do {
      long nanos = lockstep.time(work);
      best = Math.max(best, (double) STEPS * CHAINS * S.length() * lockstep.size() / nanos);
    } while (System.nanoTime() - start < budget);
    return best;
  }

  private static float fmaChains(float seed, int steps) {
    FloatVector half = FloatVector.broadcast(S, 0.5f);
    FloatVector a = FloatVector.broadcast(S, seed);
    FloatVector b = FloatVector.broadcast(S, seed + 1);
    FloatVector c = FloatVector.broadcast(S, seed + 2);
    FloatVector d = FloatVector.broadcast(S, seed + 3);
    FloatVector e = FloatVector.broadcast(S, seed + 4);
    FloatVector f = FloatVector.broadcast(S, seed + 5);
    FloatVector g = FloatVector.broadcast(S, seed + 6);
    FloatVector h = FloatVector.broadcast(S, seed + 7);
    FloatVector i = FloatVector.broadcast(S, seed + 8);
    FloatVector j = FloatVector.broadcast(S, seed + 9);
    FloatVector k = FloatVector.broadcast(S, seed + 10);
    FloatVector l = FloatVector.broadcast(S, seed + 11);
    for (int step = 0; step < steps; step++) {
      a = a.fma(half, half);
      b = b.fma(half, half);
      c = c.fma(half, half);
      d = d.fma(half, half);
      e = e.fma(half, half);
      f = f.fma(half, half);
      g = g.fma(half, half);
      h = h.fma(half, half);
      i = i.fma(half, half);
      j = j.fma(half, half);
      k = k.fma(half, half);
      l = l.fma(half, half);
    }
    return total(a, b, c, d, e, f).add(total(g, h, i, j, k, l)).reduceLanes(ADD);
  }

  private static float subtractFmaChains(float seed, int steps) {
    FloatVector q = FloatVector.broadcast(S, seed);
    FloatVector m = FloatVector.broadcast(S, -0.5f);
    FloatVector a = FloatVector.broadcast(S, 2f);
    FloatVector b = FloatVector.broadcast(S, 3f);
    FloatVector c = FloatVector.broadcast(S, 4f);
    FloatVector d = FloatVector.broadcast(S, 5f);
    FloatVector e = FloatVector.broadcast(S, 6f);
    FloatVector f = FloatVector.broadcast(S, 7f);
    FloatVector g = FloatVector.broadcast(S, 8f);
    FloatVector h = FloatVector.broadcast(S, 9f);
    FloatVector i = FloatVector.broadcast(S, 10f);
    FloatVector j = FloatVector.broadcast(S, 11f);
    FloatVector k = FloatVector.broadcast(S, 12f);
    FloatVector l = FloatVector.broadcast(S, 13f);
    for (int step = 0; step < steps; step++) {
      a = a.sub(q).fma(m, a);
      b = b.sub(q).fma(m, b);
      c = c.sub(q).fma(m, c);
      d = d.sub(q).fma(m, d);
      e = e.sub(q).fma(m, e);
      f = f.sub(q).fma(m, f);
      g = g.sub(q).fma(m, g);
      h = h.sub(q).fma(m, h);
      i = i.sub(q).fma(m, i);
      j = j.sub(q).fma(m, j);
      k = k.sub(q).fma(m, k);
      l = l.sub(q).fma(m, l);
    }
    return total(a, b, c, d, e, f).add(total(g, h, i, j, k, l)).reduceLanes(ADD);
  }

  private static FloatVector total(
      FloatVector a, FloatVector b, FloatVector c, FloatVector d, FloatVector e, FloatVector f) {
    return a.add(b).add(c.add(d)).add(e.add(f));
  }
}

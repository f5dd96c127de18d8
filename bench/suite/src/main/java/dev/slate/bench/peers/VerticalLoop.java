package dev.slate.bench.peers;

import dev.slate.bench.dataset.CanonicalScore;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop that an engineer writes who knows SIMD: each lane scores one item.
 *
 * <pre>
 *   block of 64 items, dimension-major:  x0[0..63]  x1[0..63]  ...  x(d-1)[0..63]
 *   four accumulators of the preferred width run down the dimensions
 *   min of the four, one compare with the worst score kept; what passes goes to a heap
 * </pre>
 *
 * <p>One stream over all blocks. DOT and COSINE keep the largest by the smallest negated score.
 * Sums follow the order of the dimensions, so scores have the bits of the naive loop; items come in
 * order, so the heap keeps the smaller ordinal among equal scores. Scores are taken to be finite.
 */
final class VerticalLoop implements Peer {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int BLOCK = 64;

  private final BestByHeap best = new BestByHeap();
  private final float[] scores = new float[BLOCK];
  private float[] blocks = {};
  private int n;
  private int d;
  private Metric metric = Metric.EUCLIDEAN;

  @Override
  public void build(Catalog items, Metric metric) {
    this.metric = metric;
    n = items.size();
    d = items.dimensions();
    blocks = new float[(n + BLOCK - 1) / BLOCK * BLOCK * d];
    RowReader.each(
        items,
        (i, row) -> {
          if (metric == Metric.COSINE) {
            CanonicalScore.normalise(row, d);
          }
          int at = i / BLOCK * BLOCK * d + i % BLOCK;
          for (int j = 0; j < d; j++) {
            blocks[at + j * BLOCK] = row[j];
          }
        });
  }

  @Override
  public int[] search(float[] query, int k) {
    float[] q = query;
    if (metric == Metric.COSINE) {
      q = query.clone();
      CanonicalScore.normalise(q, d);
    }
    boolean euclidean = metric == Metric.EUCLIDEAN;
    float worst = Float.POSITIVE_INFINITY;
    for (int first = 0, at = 0; first < n; first += BLOCK, at += BLOCK * d) {
      for (int lane = 0; lane < BLOCK; lane += 4 * L) {
        if (euclidean ? nearer(q, at, lane, worst) : larger(q, at, lane, worst)) {
          worst = keep(first, lane, k, worst);
        }
      }
    }
    return best.drain();
  }

  private float keep(int first, int lane, int k, float worst) {
    float bound = worst;
    int end = Math.min(lane + 4 * L, n - first);
    for (int i = lane; i < end; i++) {
      if (scores[i] < bound || best.size() < k) {
        bound = best.keep(scores[i], first + i, k);
      }
    }
    return bound;
  }

  /** Scores four vectors of items by distance; whether one of them may be kept. */
  private boolean nearer(float[] q, int block, int lane, float worst) {
    float[] x = blocks;
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector e = a;
    for (int j = 0, at = block + lane; j < q.length; j++, at += BLOCK) {
      FloatVector y = FloatVector.broadcast(S, q[j]);
      FloatVector ta = FloatVector.fromArray(S, x, at).sub(y);
      FloatVector tb = FloatVector.fromArray(S, x, at + L).sub(y);
      FloatVector tc = FloatVector.fromArray(S, x, at + 2 * L).sub(y);
      FloatVector te = FloatVector.fromArray(S, x, at + 3 * L).sub(y);
      a = ta.fma(ta, a);
      b = tb.fma(tb, b);
      c = tc.fma(tc, c);
      e = te.fma(te, e);
    }
    if (worst < Float.POSITIVE_INFINITY && !a.min(b).min(c.min(e)).lt(worst).anyTrue()) {
      return false;
    }
    a.intoArray(scores, lane);
    b.intoArray(scores, lane + L);
    c.intoArray(scores, lane + 2 * L);
    e.intoArray(scores, lane + 3 * L);
    return true;
  }

  /** Scores four vectors of items by negated product; whether one of them may be kept. */
  private boolean larger(float[] q, int block, int lane, float worst) {
    float[] x = blocks;
    FloatVector a = FloatVector.zero(S);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector e = a;
    for (int j = 0, at = block + lane; j < q.length; j++, at += BLOCK) {
      FloatVector y = FloatVector.broadcast(S, q[j]);
      a = FloatVector.fromArray(S, x, at).fma(y, a);
      b = FloatVector.fromArray(S, x, at + L).fma(y, b);
      c = FloatVector.fromArray(S, x, at + 2 * L).fma(y, c);
      e = FloatVector.fromArray(S, x, at + 3 * L).fma(y, e);
    }
    boolean full = worst < Float.POSITIVE_INFINITY;
    if (full && !a.max(b).max(c.max(e)).compare(VectorOperators.GT, -worst).anyTrue()) {
      return false;
    }
    a.neg().intoArray(scores, lane);
    b.neg().intoArray(scores, lane + L);
    c.neg().intoArray(scores, lane + 2 * L);
    e.neg().intoArray(scores, lane + 3 * L);
    return true;
  }
}

package dev.slate.kernel.simd;

import dev.slate.kernel.query.CompiledQuery;
import dev.slate.kernel.select.Candidate;
import java.util.Arrays;

/** The tree's kernel for a JVM without the Vector API. */
final class ScalarTreeKernel extends TreeKernel {
  @Override
  public long leaf(
      CompiledQuery query, float[] chunk, int at, int lanes, float limit, float[] keys, int to) {
    long taken = 0;
    for (int i = 0; i < lanes; i++) {
      float key = query.key(chunk, at + i, lanes);
      keys[to + i] = key;
      taken |= key > limit ? 0 : 1L << i;
    }
    return taken;
  }

  @Override
  public void bounds(
      CompiledQuery query, int[] nodes, int at, int grid, int fan, int[] bounds, int to) {
    Arrays.fill(bounds, to + fan, to + FAN, Integer.MAX_VALUE);
    for (int c = 0; c < fan; c++) {
      float key =
          query.dot ? dot(query, nodes, at + c, grid) : euclidean(query, nodes, at + c, grid);
      int bits = Float.floatToRawIntBits(key);
      bounds[to + c] = Float.isNaN(key) ? Integer.MIN_VALUE : Candidate.sortable(bits);
    }
  }

  @Override
  public int least(int[] bounds, int at) {
    int least = 0;
    for (int c = 1; c < FAN; c++) {
      least = bounds[at + c] < bounds[at + least] ? c : least;
    }
    return least;
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
    int taken = n;
    for (int c = 0; c < FAN; c++) {
      if (Candidate.first(bounds[at + c], nodes[ordinals + c]) < worst) {
        children[taken] = first + c;
        kept[taken++] = bounds[at + c];
      }
    }
    return taken;
  }

  @Override
  public boolean order(float[] keys, int lanes, int[] byRank) {
    for (int i = 0; i < lanes; i++) {
      float key = keys[i];
      if (Float.isNaN(key)) {
        return false;
      }
      int rank = i;
      for (; rank > 0 && keys[byRank[rank - 1]] > key; rank--) {
        byRank[rank] = byRank[rank - 1];
      }
      byRank[rank] = i;
    }
    return true;
  }

  private static float euclidean(CompiledQuery query, int[] nodes, int at, int grid) {
    float[] q = query.q;
    float[] w = query.w;
    float s = 0f;
    for (int j = 0; j < query.d; j++) {
      float below = end(nodes, at, grid, j, 0) - q[j];
      float above = q[j] - end(nodes, at, grid, j, 8);
      float t = Math.max(Math.max(below, above), 0f);
      s = Math.fma(w == null ? t : w[j] * t, t, s);
    }
    return s;
  }

  private static float dot(CompiledQuery query, int[] nodes, int at, int grid) {
    float[] q = query.q;
    int first = query.biased ? 1 : 0;
    float s = query.biased ? end(nodes, at, grid, 0, 8) : 0f;
    for (int j = 0; j < query.d; j++) {
      s = Math.fma(end(nodes, at, grid, first + j, q[j] < 0 ? 0 : 8), q[j], s);
    }
    return -s;
  }

  private static float end(int[] nodes, int at, int grid, int row, int side) {
    int shift = (row & 1) * 16 + side;
    int code = (nodes[at + (row >> 1) * FAN] >>> shift) & 255;
    float origin = Float.intBitsToFloat(nodes[grid + 2 * row]);
    float step = Float.intBitsToFloat(nodes[grid + 2 * row + 1]);
    return Math.fma((float) code, step, origin);
  }
}

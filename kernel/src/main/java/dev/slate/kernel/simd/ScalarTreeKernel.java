package dev.slate.kernel.simd;

import dev.slate.kernel.search.Probe;

/** The tree's kernel for a JVM without the Vector API. */
final class ScalarTreeKernel extends TreeKernel {
  @Override
  public long leaf(Probe probe, float[] chunk, int at, int lanes, float limit, float[] keys) {
    boolean every = Float.isNaN(limit);
    long accepted = 0;
    for (int i = 0; i < lanes; i++) {
      float key = probe.key(chunk, at + i, lanes);
      keys[i] = key;
      accepted |= every || key <= limit ? 1L << i : 0;
    }
    return accepted;
  }

  @Override
  public int bounds(Probe probe, int[] nodes, int at, int grid, int limit, int[] bounds, int to) {
    int accepted = 0;
    for (int c = 0; c < FAN; c++) {
      float key =
          probe.dot ? dot(probe, nodes, at + c, grid) : euclidean(probe, nodes, at + c, grid);
      int bits = Float.floatToRawIntBits(key);
      int bound = Float.isNaN(key) ? Integer.MIN_VALUE : bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      bounds[to + c] = bound;
      accepted |= bound <= limit ? 1 << c : 0;
    }
    return accepted;
  }

  @Override
  public int least(int[] bounds, int at, int among) {
    int least = Integer.numberOfTrailingZeros(among);
    for (int left = among; left != 0; left &= left - 1) {
      int c = Integer.numberOfTrailingZeros(left);
      least = bounds[at + c] < bounds[at + least] ? c : least;
    }
    return least;
  }

  @Override
  public long smallest(float[] keys, int lanes, long among, int k) {
    return among;
  }

  private static float euclidean(Probe probe, int[] nodes, int at, int grid) {
    float[] q = probe.q;
    float[] w = probe.w;
    float s = 0f;
    for (int j = 0; j < probe.d; j++) {
      float below = end(nodes, at, grid, j, 0) - q[j];
      float above = q[j] - end(nodes, at, grid, j, 8);
      float t = Math.max(Math.max(below, above), 0f);
      s = Math.fma(w == null ? t : w[j] * t, t, s);
    }
    return s;
  }

  private static float dot(Probe probe, int[] nodes, int at, int grid) {
    float[] q = probe.q;
    int first = probe.biased ? 1 : 0;
    float s = probe.biased ? end(nodes, at, grid, 0, 8) : 0f;
    for (int j = 0; j < probe.d; j++) {
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

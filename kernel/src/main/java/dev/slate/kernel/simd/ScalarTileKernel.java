package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Lookahead;
import dev.slate.kernel.layout.Panels;
import java.util.Arrays;

/** The tiles of a JVM without the Vector API. */
final class ScalarTileKernel extends TileKernel {
  private static final int Q = Panels.QUERIES;

  @Override
  public int items() {
    return Blocks.STRIP;
  }

  @Override
  public int scan(
      Panels panels, int from, float[] chunk, int offset, Lookahead ahead, float[] keys) {
    float[] limits = panels.limits();
    for (int p = from; p < panels.count(); p++) {
      ahead.step(chunk);
      int found = 0;
      for (int q = 0; q < Q; q++) {
        int at = p * Q * panels.rows() + q;
        boolean any =
            panels.dot()
                ? dot(panels, at, chunk, offset, limits[p * Q + q], keys, q * Blocks.STRIP)
                : euclidean(panels, at, chunk, offset, limits[p * Q + q], keys, q * Blocks.STRIP);
        found |= any ? 1 << q : 0;
      }
      if (found != 0) {
        return stop(p, found);
      }
    }
    return stop(panels.count(), 0);
  }

  private static boolean dot(
      Panels panels, int from, float[] a, int offset, float limit, float[] s, int to) {
    float[] values = panels.values();
    Arrays.fill(s, to, to + Blocks.STRIP, panels.start());
    for (int j = 0, x = offset, q = from; j < panels.rows(); j++, x += Blocks.STRIP, q += Q) {
      float qj = values[q];
      for (int i = 0; i < Blocks.STRIP; i++) {
        s[to + i] = Math.fma(a[x + i], qj, s[to + i]);
      }
    }
    boolean none = true;
    for (int i = to; i < to + Blocks.STRIP; i++) {
      none &= s[i] <= limit;
      s[i] = -s[i];
    }
    return !none;
  }

  private static boolean euclidean(
      Panels panels, int from, float[] a, int offset, float limit, float[] s, int to) {
    float[] values = panels.values();
    Arrays.fill(s, to, to + Blocks.STRIP, 0f);
    for (int j = 0, x = offset, q = from; j < panels.rows(); j++, x += Blocks.STRIP, q += Q) {
      float qj = values[q];
      for (int i = 0; i < Blocks.STRIP; i++) {
        float t = a[x + i] - qj;
        s[to + i] = Math.fma(t, t, s[to + i]);
      }
    }
    boolean none = true;
    for (int i = to; i < to + Blocks.STRIP; i++) {
      none &= s[i] >= limit;
    }
    return !none;
  }
}

package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;
import java.util.Arrays;

/** The kernel of a JVM without the Vector API. */
final class ScalarKernel extends BlockKernel {
  @Override
  public int lanes() {
    return 1;
  }

  @Override
  int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int gap,
      int advance,
      int steps,
      float bound,
      float[] keys) {
    for (int step = 0; step < steps; step++) {
      for (int strip = 0; strip < Blocks.STRIPS; strip++) {
        int at = offset + step * advance + strip * gap;
        int to = strip * Blocks.STRIP;
        if (query.dot) {
          dot(query, chunk, at, keys, to);
        } else {
          euclidean(query, chunk, at, keys, to);
        }
      }
      if (Float.isNaN(bound) || below(keys, 0, bound) != 0) {
        return step;
      }
    }
    return steps;
  }

  @Override
  public long below(float[] keys, int at, float bound) {
    if (Float.isNaN(bound)) {
      return -1L;
    }
    long lanes = 0;
    for (int i = 0; i < Blocks.SIZE; i++) {
      lanes |= keys[at + i] < bound ? 1L << i : 0;
    }
    return lanes;
  }

  private static void euclidean(CompiledQuery query, float[] chunk, int offset, float[] s, int to) {
    float[] q = query.q;
    float[] w = query.w;
    Arrays.fill(s, to, to + Blocks.STRIP, 0f);
    for (int j = 0, at = offset; j < query.d; j++, at += Blocks.STRIP) {
      float qj = q[j];
      for (int i = 0; i < Blocks.STRIP; i++) {
        float t = chunk[at + i] - qj;
        s[to + i] = Math.fma(w == null ? t : w[j] * t, t, s[to + i]);
      }
    }
  }

  private static void dot(CompiledQuery query, float[] chunk, int offset, float[] s, int to) {
    float[] q = query.q;
    int at = offset;
    if (query.biased) {
      System.arraycopy(chunk, at, s, to, Blocks.STRIP);
      at += Blocks.STRIP;
    } else {
      Arrays.fill(s, to, to + Blocks.STRIP, 0f);
    }
    for (int j = 0; j < query.d; j++, at += Blocks.STRIP) {
      float qj = q[j];
      for (int i = 0; i < Blocks.STRIP; i++) {
        s[to + i] = Math.fma(chunk[at + i], qj, s[to + i]);
      }
    }
    for (int i = to; i < to + Blocks.STRIP; i++) {
      s[i] = -s[i];
    }
  }
}

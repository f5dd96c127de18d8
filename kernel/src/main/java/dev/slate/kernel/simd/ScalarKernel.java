package dev.slate.kernel.simd;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.query.CompiledQuery;

/** The kernel of a JVM without the Vector API. */
final class ScalarKernel extends BlockKernel {
  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public int scan(
      CompiledQuery query,
      float[] chunk,
      int offset,
      int stride,
      int blocks,
      float bound,
      float[] keys) {
    for (int b = 0; b < blocks; b++) {
      int at = offset + b * stride;
      for (int i = 0; i < Blocks.SIZE; i++) {
        keys[i] = 0f;
      }
      if (query.dot) {
        dot(query, chunk, at, keys);
      } else {
        euclidean(query, chunk, at, keys);
      }
      if (Float.isNaN(bound) || below(keys, 0, bound) != 0) {
        return b;
      }
    }
    return blocks;
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

  private static void euclidean(CompiledQuery query, float[] chunk, int offset, float[] s) {
    float[] q = query.q;
    float[] w = query.w;
    for (int j = 0, at = offset; j < query.d; j++, at += Blocks.SIZE) {
      float qj = q[j];
      for (int i = 0; i < Blocks.SIZE; i++) {
        float t = chunk[at + i] - qj;
        s[i] = Math.fma(w == null ? t : w[j] * t, t, s[i]);
      }
    }
  }

  private static void dot(CompiledQuery query, float[] chunk, int offset, float[] s) {
    float[] q = query.q;
    int at = offset;
    if (query.biased) {
      System.arraycopy(chunk, at, s, 0, Blocks.SIZE);
      at += Blocks.SIZE;
    }
    for (int j = 0; j < query.d; j++, at += Blocks.SIZE) {
      float qj = q[j];
      for (int i = 0; i < Blocks.SIZE; i++) {
        s[i] = Math.fma(chunk[at + i], qj, s[i]);
      }
    }
    for (int i = 0; i < Blocks.SIZE; i++) {
      s[i] = -s[i];
    }
  }
}

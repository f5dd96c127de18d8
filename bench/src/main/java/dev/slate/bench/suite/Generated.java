package dev.slate.bench.suite;

import dev.slate.kernel.Catalog;
import java.util.Objects;

/** Uniform in [-1, 1): each attribute is a hash of its place, so rows need not be kept. */
record Generated(String distribution, int size, int dimensions, long seed) implements Catalog {
  Generated {
    if (!distribution.equals("uniform")) {
      throw new IllegalArgumentException("distribution: " + distribution + " is not known");
    }
  }

  @Override
  public void copyRows(int first, int count, float[] dst, int offset) {
    Objects.checkFromIndexSize(first, count, size);
    long from = (long) first * dimensions;
    for (int i = 0; i < count * dimensions; i++) {
      dst[offset + i] = (mix((seed << 48) + from + i) >> 40) * 0x1p-23f;
    }
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long index) {
    long z = (index + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

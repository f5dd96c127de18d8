package dev.slate.recommend.model;

import java.util.SplittableRandom;

/** Arithmetic on rows of floats. Sums have one order, so that they do not depend on the machine. */
final class Dense {
  private static final int LANES = 8;

  private Dense() {}

  /** A dot product in eight sums, which compilers turn into vector code. */
  static float dot(float[] a, int atA, float[] b, int atB, int d) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    int j = 0;
    for (; j + LANES <= d; j += LANES) {
      s0 += a[atA + j] * b[atB + j];
      s1 += a[atA + j + 1] * b[atB + j + 1];
      s2 += a[atA + j + 2] * b[atB + j + 2];
      s3 += a[atA + j + 3] * b[atB + j + 3];
      s4 += a[atA + j + 4] * b[atB + j + 4];
      s5 += a[atA + j + 5] * b[atB + j + 5];
      s6 += a[atA + j + 6] * b[atB + j + 6];
      s7 += a[atA + j + 7] * b[atB + j + 7];
    }
    float rest = 0;
    for (; j < d; j++) {
      rest += a[atA + j] * b[atB + j];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
  }

  /** Normal numbers with a standard deviation. */
  static float[] normal(int length, double deviation, SplittableRandom random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }
}

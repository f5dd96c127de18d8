package dev.slate.kernel;

import java.util.Random;

/** Kinds of data that have broken top-K code before. */
enum Shape {
  UNIFORM {
    @Override
    float value(Random r, int i, int j) {
      return r.nextFloat() * 2 - 1;
    }
  },
  GRID {
    @Override
    float value(Random r, int i, int j) {
      return (r.nextInt(5) - 2) / 2f;
    }
  },
  EQUAL {
    @Override
    float value(Random r, int i, int j) {
      return 0.25f * j;
    }
  },
  CLUSTERED {
    @Override
    float value(Random r, int i, int j) {
      return 31 * (i % 7) % 11 + j % 3 + 0.01f * (float) r.nextGaussian();
    }
  },
  COLLINEAR {
    @Override
    float value(Random r, int i, int j) {
      return i * 0.5f;
    }
  },
  CONSTANT_COLUMN {
    @Override
    float value(Random r, int i, int j) {
      return j % 2 == 0 ? 3f : (float) r.nextGaussian();
    }
  },
  DENORMAL {
    @Override
    float value(Random r, int i, int j) {
      return Float.intBitsToFloat(r.nextInt(1 << 20)) * (r.nextBoolean() ? 1 : -1);
    }
  },
  HUGE {
    @Override
    float value(Random r, int i, int j) {
      return (float) r.nextGaussian() * (r.nextInt(3) == 0 ? 1e30f : 1e18f);
    }
  },
  SIGNED_ZEROS {
    @Override
    float value(Random r, int i, int j) {
      return switch (r.nextInt(4)) {
        case 0 -> 0f;
        case 1 -> -0f;
        case 2 -> Float.MIN_VALUE;
        default -> -Float.MIN_VALUE;
      };
    }
  },
  MIXED_SCALES {
    @Override
    float value(Random r, int i, int j) {
      return (float) (r.nextGaussian() * Math.pow(10, r.nextInt(12) - 6));
    }
  };

  abstract float value(Random r, int i, int j);

  float[] rows(Random r, int n, int d) {
    float[] rows = new float[n * d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = value(r, i, j);
      }
    }
    return rows;
  }
}

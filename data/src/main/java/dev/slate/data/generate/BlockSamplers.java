package dev.slate.data.generate;

import dev.slate.data.memotion.Points;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** The distributions. */
public final class BlockSamplers {
  private static final int CENTRES = 1000;
  private static final float SPREAD = 0.25f;
  private static final int DIMENSIONS_PER_FACTOR = 8;
  private static final float NOISE = 0.1f;

  private BlockSamplers() {}

  /**
   * Each value uniform in [-1, 1), on a grid of 2^-23.
   *
   * @param d numbers in a row
   * @return the distribution
   */
  public static BlockSampler uniform(int d) {
    return (random, dst, offset) -> {
      for (int i = offset; i < offset + BlockSampler.ROWS * d; i++) {
        dst[i] = 2 * random.nextFloat() - 1;
      }
    };
  }

  /**
   * Each value standard normal.
   *
   * @param d numbers in a row
   * @return the distribution
   */
  public static BlockSampler gaussian(int d) {
    return (random, dst, offset) -> normal(random, 1, dst, offset, BlockSampler.ROWS * d);
  }

  /**
   * A centre, one of 1,000 with standard normal values, plus 0.25 times a standard normal vector.
   *
   * @param d numbers in a row
   * @param seed of the centres
   * @return the distribution
   */
  public static BlockSampler clustered(int d, long seed) {
    float[] centres = new float[CENTRES * d];
    normal(world(seed), 1, centres, 0, centres.length);
    return (random, dst, offset) -> {
      normal(random, SPREAD, dst, offset, BlockSampler.ROWS * d);
      for (int row = offset; row < offset + BlockSampler.ROWS * d; row += d) {
        int centre = random.nextInt(CENTRES) * d;
        for (int j = 0; j < d; j++) {
          dst[row + j] += centres[centre + j];
        }
      }
    };
  }

  /**
   * A standard normal vector of d / 8 factors, at least one, times a matrix of standard normal
   * loadings, plus 0.1 times a standard normal vector.
   *
   * @param d numbers in a row
   * @param seed of the loadings
   * @return the distribution
   */
  public static BlockSampler lowRank(int d, long seed) {
    int factors = Math.max(1, d / DIMENSIONS_PER_FACTOR);
    float[][] loadings = new float[factors][d];
    UniformRandomProvider world = world(seed);
    for (float[] loading : loadings) {
      normal(world, 1, loading, 0, d);
    }
    return (random, dst, offset) -> {
      float[] weights = new float[BlockSampler.ROWS * factors];
      normal(random, 1, weights, 0, weights.length);
      normal(random, NOISE, dst, offset, BlockSampler.ROWS * d);
      float[] row = new float[d];
      for (int r = 0; r < BlockSampler.ROWS; r++) {
        System.arraycopy(dst, offset + r * d, row, 0, d);
        for (int f = 0; f < factors; f++) {
          addScaled(weights[r * factors + f], loadings[f], row);
        }
        System.arraycopy(row, 0, dst, offset + r * d, d);
      }
    };
  }

  /**
   * A point of the Memotion labels, drawn as often as it occurs there, moved in each attribute by a
   * uniform value within the jitter, and reflected into [-1, 1].
   *
   * @param jitter from 0 to 1
   * @return the distribution, of five attributes
   */
  public static BlockSampler memotion(float jitter) {
    float[] points = Points.expanded();
    int d = Points.DIMENSIONS;
    return (random, dst, offset) -> {
      for (int row = offset; row < offset + BlockSampler.ROWS * d; row += d) {
        System.arraycopy(points, random.nextInt(points.length / d) * d, dst, row, d);
      }
      for (int i = offset; jitter > 0 && i < offset + BlockSampler.ROWS * d; i++) {
        float moved = dst[i] + jitter * (2 * random.nextFloat() - 1);
        dst[i] = moved > 1 ? 2 - moved : moved < -1 ? -2 - moved : moved;
      }
    };
  }

  /** Whole arrays with one index: the form that the compiler turns into vector code. */
  private static void addScaled(float scale, float[] x, float[] y) {
    for (int j = 0; j < y.length; j++) {
      y[j] += scale * x[j];
    }
  }

  private static UniformRandomProvider world(long seed) {
    return GeneratorStreams.of(seed, GeneratorStreams.Role.WORLD, 0);
  }

  private static void normal(
      UniformRandomProvider random, float scale, float[] dst, int offset, int count) {
    SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
    for (int i = offset; i < offset + count; i++) {
      dst[i] = (float) (scale * normal.sample());
    }
  }
}

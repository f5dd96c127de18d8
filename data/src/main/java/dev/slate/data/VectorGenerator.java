package dev.slate.data;

import dev.slate.data.generate.BlockSampler;
import dev.slate.data.generate.BlockSamplers;
import dev.slate.data.generate.GeneratedRows;
import dev.slate.data.generate.GeneratorStreams;
import dev.slate.kernel.Catalog;
import java.util.Objects;

/**
 * A generator of items, and of queries that have the distribution of the items but are not among
 * them.
 *
 * <p>The seed determines all values. Row r has the same values whatever n is, and in whatever order
 * and by however many threads rows are read. Rows are drawn when they are copied; none are held in
 * memory.
 *
 * @param distribution how values are distributed
 * @param dimensions d, 1..65,536; 5 for {@link Distribution#MEMOTION}
 * @param seed any number
 * @param jitter for {@link Distribution#MEMOTION}: each attribute moves by a uniform value of at
 *     most this, from 0 (the points themselves) to 1, and stays in [-1, 1]; else 0
 */
public record VectorGenerator(Distribution distribution, int dimensions, long seed, float jitter) {
  /** The seed where none is given. */
  public static final long DEFAULT_SEED = 7;

  /** The most attributes of a generated vector, as of any catalogue. */
  public static final int MAX_DIMENSIONS = 65_536;

  /** Number of attributes of {@link Distribution#MEMOTION}. */
  public static final int MEMOTION_DIMENSIONS = 5;

  /**
   * Creates a generator.
   *
   * @param distribution how values are distributed
   * @param dimensions d
   * @param seed any number
   * @param jitter 0 unless the distribution is MEMOTION
   * @throws IllegalArgumentException if d or the jitter is out of range
   */
  public VectorGenerator {
    Objects.requireNonNull(distribution, "distribution");
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw new IllegalArgumentException(
          "d must be from 1 to " + MAX_DIMENSIONS + ", but it is " + dimensions);
    }
    boolean memotion = distribution == Distribution.MEMOTION;
    if (memotion && dimensions != MEMOTION_DIMENSIONS) {
      throw new IllegalArgumentException(
          "memotion has " + MEMOTION_DIMENSIONS + " attributes, not " + dimensions);
    }
    if (!(jitter >= 0 && jitter <= (memotion ? 1 : 0))) {
      throw new IllegalArgumentException(
          memotion
              ? "jitter must be from 0 to 1, but it is " + jitter
              : "jitter goes with memotion only");
    }
  }

  /**
   * Creates a generator without jitter.
   *
   * @param distribution how values are distributed
   * @param dimensions d
   * @param seed any number
   * @throws IllegalArgumentException if d is out of range
   */
  public VectorGenerator(Distribution distribution, int dimensions, long seed) {
    this(distribution, dimensions, seed, 0);
  }

  /**
   * The items.
   *
   * @param n how many
   * @return a catalogue that draws its rows; safe from many threads
   * @throws IllegalArgumentException if n is negative
   */
  public Catalog items(int n) {
    return rows(block(), GeneratorStreams.Role.ITEMS, n);
  }

  /**
   * Queries: drawn like the items (same centres, same loadings) from a stream of their own; for
   * MEMOTION, users' preferences uniform in [-1, 1).
   *
   * @param n how many
   * @return a catalogue that draws its rows; safe from many threads
   * @throws IllegalArgumentException if n is negative
   */
  public Catalog queries(int n) {
    BlockSampler block =
        distribution == Distribution.MEMOTION ? BlockSamplers.uniform(dimensions) : block();
    return rows(block, GeneratorStreams.Role.QUERIES, n);
  }

  private Catalog rows(BlockSampler block, GeneratorStreams.Role role, int n) {
    if (n < 0) {
      throw new IllegalArgumentException("n must not be negative, but it is " + n);
    }
    return new GeneratedRows(block, seed, role, n, dimensions);
  }

  private BlockSampler block() {
    return switch (distribution) {
      case UNIFORM -> BlockSamplers.uniform(dimensions);
      case GAUSSIAN -> BlockSamplers.gaussian(dimensions);
      case CLUSTERED -> BlockSamplers.clustered(dimensions, seed);
      case LOWRANK -> BlockSamplers.lowRank(dimensions, seed);
      case MEMOTION -> BlockSamplers.memotion(jitter);
    };
  }
}

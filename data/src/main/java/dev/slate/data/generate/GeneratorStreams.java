package dev.slate.data.generate;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Independent random streams, each named by (seed, role, block). What a block holds depends on
 * nothing else, so blocks may be drawn in any order by any number of threads.
 *
 * <p>The generator is L64X128MixRandom (Steele and Vigna, LXM: Better Splittable Pseudorandom
 * Number Generators, OOPSLA 2021). Its seed is the name hashed by the finaliser of SplittableRandom
 * (Stafford's variant 13).
 */
public final class GeneratorStreams {
  private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
      RandomGeneratorFactory.of("L64X128MixRandom");
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private GeneratorStreams() {}

  /** What a stream is for. */
  public enum Role {
    /** What items and queries have in common: centres, loadings. */
    WORLD(1),
    /** The catalogue. */
    ITEMS(2),
    /** Queries unseen by the catalogue. */
    QUERIES(3);

    private final long number;

    Role(long number) {
      this.number = number;
    }
  }

  /**
   * Starts a stream.
   *
   * @param seed chosen by the user
   * @param role its role
   * @param block a part of it
   * @return a source for one thread
   */
  public static UniformRandomProvider of(long seed, Role role, long block) {
    long name = mix(mix(seed + GOLDEN) + GOLDEN * role.number);
    return FACTORY.create(mix(name + GOLDEN * (block + 1)))::nextLong;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

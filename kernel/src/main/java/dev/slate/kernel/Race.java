package dev.slate.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times several ways to search the same items, in turns of a few milliseconds, so that each meets
 * the same moods of the machine. A turn is a number of queries, the same for all; each round has
 * other ones, as far as there are, since a repeated query finds what it reads in a cache.
 */
final class Race {
  /** Time for each contender and number of items wanted, at least and at most. */
  private static final long LEAST = 20_000_000;

  private static final long MOST = 300_000_000;

  /** Fewest rounds, however long they take. */
  private static final int ROUNDS = 6;

  /** Turns get longer up to this. */
  private static final long TURN = 10_000_000;

  /** Turns do not get so long that a phase has fewer rounds than these. */
  private static final int MANY_ROUNDS = 12;

  private final List<Contender> contenders;
  private final float[][] queries;
  private final LongSupplier clock;
  private int next;

  /**
   * Prepares to time.
   *
   * @param contenders what is timed
   * @param queries rows of d attributes
   * @param clock in nanoseconds
   */
  Race(List<Contender> contenders, float[][] queries, LongSupplier clock) {
    this.contenders = contenders;
    this.queries = queries;
    this.clock = clock;
  }

  /** A way to search. */
  @FunctionalInterface
  interface Contender {
    /** As {@link Searcher#search(float[], Slate)}. */
    void search(float[] query, Slate out);
  }

  /**
   * Times searches for some numbers of items.
   *
   * @param wanted numbers of items
   * @param budget nanoseconds to take for all of it, as far as that makes sense
   * @return nanoseconds of a search: for each contender, for each number
   */
  double[][] run(int[] wanted, long budget) {
    long each = budget / (wanted.length + 1) / contenders.size();
    long phase = Math.clamp(each, LEAST, MOST) * contenders.size();
    double[][] nanos = new double[contenders.size()][wanted.length];
    rounds(wanted[0], phase); // lets the searches be compiled
    for (int w = 0; w < wanted.length; w++) {
      List<double[]> rounds = rounds(wanted[w], phase);
      for (int i = 0; i < nanos.length; i++) {
        nanos[i][w] = settled(rounds, i);
      }
    }
    return nanos;
  }

  /** What a search takes with each contender, round by round. */
  private List<double[]> rounds(int k, long phase) {
    Slate slate = new Slate(k);
    List<double[]> rounds = new ArrayList<>();
    long turn = Math.min(TURN, phase / contenders.size() / MANY_ROUNDS);
    int count = 1;
    long start = clock.getAsLong();
    while (rounds.size() < ROUNDS || clock.getAsLong() - start < phase) {
      double[] round = new double[contenders.size()];
      long longest = 0;
      for (int i = 0; i < round.length; i++) {
        long taken = turn(contenders.get(i), count, slate);
        round[i] = (double) taken / count;
        longest = Math.max(longest, taken);
      }
      rounds.add(round);
      next = (next + count) % queries.length;
      if (longest < turn) {
        count = Math.min(2 * count, queries.length);
      }
    }
    return rounds;
  }

  private long turn(Contender contender, int count, Slate slate) {
    long start = clock.getAsLong();
    for (int i = 0; i < count; i++) {
      contender.search(queries[(next + i) % queries.length], slate);
    }
    return clock.getAsLong() - start;
  }

  /** The median of the second half of the rounds. */
  private static double settled(List<double[]> rounds, int contender) {
    double[] late =
        rounds.stream().skip(rounds.size() / 2).mapToDouble(r -> r[contender]).sorted().toArray();
    return late[late.length / 2];
  }
}

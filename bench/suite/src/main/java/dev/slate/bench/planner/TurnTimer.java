package dev.slate.bench.planner;

import dev.slate.kernel.Index;
import dev.slate.kernel.Searcher;
import dev.slate.kernel.Slate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Times several indexes on the same queries, in turns and in an order that is shuffled each round,
 * so that a drift of the machine meets all alike. An index is warm when it has searched for a time
 * and a number of queries; each round times every index for one slice, query by query.
 *
 * @param rounds how many slices each index gets
 * @param sliceNanos of one slice
 * @param warmNanos of searches before the first slice
 * @param clock nanoseconds, as {@link System#nanoTime}
 */
record TurnTimer(int rounds, long sliceNanos, long warmNanos, LongSupplier clock) {
  private static final int MOST_SAMPLES = 1 << 20;
  private static final int WARM_QUERIES = 2_000;

  /**
   * Times them.
   *
   * @param indexes of the same items
   * @param queries not among them
   * @param k number of items of an answer
   * @return median microseconds of a query, for each index
   */
  double[] medians(List<Index> indexes, float[][] queries, int k) {
    List<Runnable> searches = new ArrayList<>();
    for (Index index : indexes) {
      searches.add(search(index, queries, k));
    }
    return medians(searches);
  }

  private static Runnable search(Index index, float[][] queries, int k) {
    Searcher searcher = index.searcher();
    Slate slate = new Slate(k);
    int[] next = {0};
    return () -> {
      searcher.search(queries[next[0]], slate);
      next[0] = (next[0] + 1) % queries.length;
    };
  }

  /** The same of any operations. */
  double[] medians(List<Runnable> operations) {
    operations.forEach(this::warm);
    double[][] samples = new double[operations.size()][MOST_SAMPLES / Math.max(1, rounds)];
    int[] counts = new int[operations.size()];
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      order.add(i);
    }
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, new Random(round));
      for (int i : order) {
        counts[i] = slice(operations.get(i), samples[i], counts[i]);
      }
    }
    double[] medians = new double[operations.size()];
    for (int i = 0; i < medians.length; i++) {
      double[] taken = Arrays.copyOf(samples[i], counts[i]);
      Arrays.sort(taken);
      medians[i] = taken[taken.length / 2] / 1e3;
    }
    return medians;
  }

  private void warm(Runnable operation) {
    long start = clock.getAsLong();
    int count = 0;
    do {
      operation.run();
      count++;
    } while (count < WARM_QUERIES && clock.getAsLong() - start < warmNanos);
  }

  /** One untimed operation brings back the caches; then one slice, at least one operation long. */
  private int slice(Runnable operation, double[] samples, int from) {
    operation.run();
    int count = from;
    long start = clock.getAsLong();
    long before = start;
    do {
      operation.run();
      long now = clock.getAsLong();
      if (count < samples.length) {
        samples[count++] = now - before;
      }
      before = now;
    } while (before - start < sliceNanos);
    return count;
  }
}

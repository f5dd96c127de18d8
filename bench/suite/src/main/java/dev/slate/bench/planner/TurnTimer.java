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
 * so that a drift of the machine meets all alike. An index is warm when it has searched for a time;
 * each round times every index for one slice, query by query.
 *
 * <p><b>Again.</b> Where an index's median of the first half of the rounds is more than {@value
 * #MOST_DRIFT} times that of the second half, or less than its inverse, something else was timed as
 * well: the compiler, or another process. All indexes are then measured again, at most twice; the
 * measurement whose halves agree best counts.
 *
 * @param rounds how many slices each index gets, at least two
 * @param sliceNanos of one slice
 * @param warmNanos of searches before the first slice
 * @param clock nanoseconds, as {@link System#nanoTime}
 */
record TurnTimer(int rounds, long sliceNanos, long warmNanos, LongSupplier clock) {
  /** Chosen: above what the clock of a busy machine varies by, below what a compiler gains. */
  static final double MOST_DRIFT = 1.5;

  private static final int MEASUREMENTS = 3;
  private static final int MOST_SAMPLES = 1 << 20;

  /**
   * Times them.
   *
   * @param indexes of the same items
   * @param queries not among them
   * @param k number of items of an answer
   * @return median microseconds of a query, for each index
   */
  double[] medians(List<Index> indexes, float[][] queries, int k) {
    return medians(indexes.stream().map(index -> search(index, queries, k)).toList());
  }

  /** Searches for the next query each time. */
  static Runnable search(Index index, float[][] queries, int k) {
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
    Samples steadiest = measure(operations);
    for (int i = 1; i < MEASUREMENTS && steadiest.drift() > MOST_DRIFT; i++) {
      Samples again = measure(operations);
      if (again.drift() < steadiest.drift()) {
        steadiest = again;
      }
    }
    return steadiest.medians();
  }

  /**
   * Runs operations in turns, a slice each, until none's median differs from that of its slice
   * before by more than a limit, or all have run for a time.
   *
   * @param operations to run
   * @param limit ratio of two medians that counts as equal
   * @param mostNanos for each operation
   */
  void settle(List<Runnable> operations, double limit, long mostNanos) {
    double[] before = new double[operations.size()];
    double[] samples = new double[MOST_SAMPLES];
    boolean settled = false;
    for (long nanos = 0; !settled && nanos < mostNanos; nanos += sliceNanos) {
      settled = true;
      for (int i = 0; i < before.length; i++) {
        double now = median(samples, 0, slice(operations.get(i), samples, 0));
        settled &= ratio(before[i], now) <= limit;
        before[i] = now;
      }
    }
  }

  private Samples measure(List<Runnable> operations) {
    int n = operations.size();
    Samples samples =
        new Samples(new double[n][MOST_SAMPLES / Math.max(1, rounds)], new int[n], new int[n]);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      order.add(i);
    }
    for (int round = 0; round < rounds; round++) {
      if (round == rounds / 2) {
        System.arraycopy(samples.counts, 0, samples.halves, 0, n);
      }
      Collections.shuffle(order, new Random(round));
      for (int i : order) {
        samples.counts[i] = slice(operations.get(i), samples.nanos[i], samples.counts[i]);
      }
    }
    return samples;
  }

  /**
   * What a measurement took.
   *
   * @param nanos of each operation's runs, in their order
   * @param counts how many of them there are
   * @param halves how many of them the first half of the rounds took
   */
  private record Samples(double[][] nanos, int[] counts, int[] halves) {
    double[] medians() {
      double[] medians = new double[nanos.length];
      Arrays.setAll(medians, i -> median(nanos[i], 0, counts[i]) / 1e3);
      return medians;
    }

    /** The largest ratio of the medians of two halves. */
    double drift() {
      double most = 1;
      for (int i = 0; i < nanos.length; i++) {
        if (halves[i] > 0 && halves[i] < counts[i]) {
          double first = median(nanos[i], 0, halves[i]);
          most = Math.max(most, ratio(first, median(nanos[i], halves[i], counts[i])));
        }
      }
      return most;
    }
  }

  private static double median(double[] samples, int from, int to) {
    double[] taken = Arrays.copyOfRange(samples, from, to);
    Arrays.sort(taken);
    return taken[taken.length / 2];
  }

  /** At least 1; infinite where one of them is 0 and the other is not. */
  private static double ratio(double one, double other) {
    return one == other ? 1 : Math.max(one, other) / Math.min(one, other);
  }

  private void warm(Runnable operation) {
    long start = clock.getAsLong();
    do {
      operation.run();
    } while (clock.getAsLong() - start < warmNanos);
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

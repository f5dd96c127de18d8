package dev.slate.kernel.planner;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.RowSample;
import dev.slate.kernel.rows.Rows;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.SearchContext;
import dev.slate.kernel.search.SharedSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Times searches of several indexes of the same items, in turns of a few milliseconds, so that the
 * load of the machine is about the same for all. A turn is a number of queries, equal for all
 * indexes. Each round takes other queries while there are some, since a repeated query finds its
 * rows in a cache.
 */
final class StrategyTimer {
  private static final int QUERIES = 1_024;

  /** Nanoseconds for each index and number of items wanted. */
  private static final long PHASE = 50_000_000;

  /** Nanoseconds of a turn, at most, unless one query takes longer. */
  private static final long TURN = 4_000_000;

  private static final int FEWEST_ROUNDS = 6;

  /** Nanoseconds in which code is compiled, at least and at most. */
  private static final long LEAST_WARM_UP = 300_000_000;

  private static final long MOST_WARM_UP = 2_000_000_000;

  /**
   * Code counts as compiled when a phase takes at least this share of the time of the one before.
   */
  private static final double SETTLED = 0.8;

  private final float[][] queries;
  private final LongSupplier clock;
  private final Metric metric;
  private final boolean biased;
  private final boolean told;
  private final SharedSearch alone = new SharedSearch(1);
  private int next;

  /**
   * Chooses queries.
   *
   * @param items the items that are indexed
   * @param metric how they are scored
   * @param expected queries; none if they will be like the items
   * @param clock in nanoseconds
   */
  StrategyTimer(Catalog items, Metric metric, float[][] expected, LongSupplier clock) {
    this.clock = clock;
    this.told = expected.length > 0;
    this.metric = metric;
    this.biased = items.hasBias();
    this.queries = told ? expected : sampled(items);
  }

  private static float[][] sampled(Catalog items) {
    Rows source = new Rows(items, false, false);
    int count = Math.min(QUERIES, items.size());
    RowSample sample = RowSample.scattered(source, count, 1, new WorkerGroup(null, 1));
    float[][] queries = new float[sample.count][];
    int d = sample.width;
    Arrays.setAll(queries, i -> Arrays.copyOfRange(sample.rows, i * d, (i + 1) * d));
    return queries;
  }

  /**
   * Times searches.
   *
   * @param engines the indexes
   * @param wanted numbers of items
   * @return nanoseconds of a search: for each index, for each number
   */
  double[][] time(List<Engine> engines, int[] wanted) {
    List<SearchContext> contexts = new ArrayList<>();
    for (Engine engine : engines) {
      contexts.add(new SearchContext(engine, metric, biased));
    }
    warmUp(contexts, wanted);
    double[][] nanos = new double[contexts.size()][wanted.length];
    for (int w = 0; w < wanted.length; w++) {
      double[] medians = phase(contexts, wanted[w]);
      for (int i = 0; i < medians.length; i++) {
        nanos[i][w] = medians[i];
      }
    }
    return nanos;
  }

  private void warmUp(List<SearchContext> contexts, int[] wanted) {
    long start = clock.getAsLong();
    long taken = 0;
    double[] now = phase(contexts, wanted[0]);
    for (boolean settled = false; taken < (settled ? LEAST_WARM_UP : MOST_WARM_UP); ) {
      double[] before = now;
      now = phase(contexts, wanted[0]);
      taken = clock.getAsLong() - start;
      settled = true;
      for (int i = 0; i < now.length; i++) {
        settled &= now[i] > SETTLED * before[i];
      }
    }
  }

  /** The median time of a search of each index. */
  private double[] phase(List<SearchContext> contexts, int k) {
    // a query that is an item finds itself first
    int wanted = told ? k : k + 1;
    List<double[]> rounds = new ArrayList<>();
    int count = 1;
    long start = clock.getAsLong();
    while (rounds.size() < FEWEST_ROUNDS || clock.getAsLong() - start < PHASE * contexts.size()) {
      double[] round = new double[contexts.size()];
      long longest = 0;
      for (int i = 0; i < round.length; i++) {
        long taken = turn(contexts.get(i), count, wanted);
        round[i] = (double) taken / count;
        longest = Math.max(longest, taken);
      }
      rounds.add(round);
      next = (next + count) % queries.length;
      if (longest < TURN / 2) {
        count = Math.min(2 * count, queries.length);
      }
    }
    double[] medians = new double[contexts.size()];
    Arrays.setAll(medians, i -> median(rounds, i));
    return medians;
  }

  private long turn(SearchContext context, int count, int k) {
    long start = clock.getAsLong();
    for (int i = 0; i < count; i++) {
      context.start(queries[(next + i) % queries.length], 0, k);
      alone.reset();
      context.search(context.query, alone);
      context.best.finish();
    }
    return clock.getAsLong() - start;
  }

  /** The median of the second half of the rounds, whose turns are long. */
  private static double median(List<double[]> rounds, int index) {
    double[] late =
        rounds.stream().skip(rounds.size() / 2).mapToDouble(r -> r[index]).sorted().toArray();
    return late[late.length / 2];
  }
}

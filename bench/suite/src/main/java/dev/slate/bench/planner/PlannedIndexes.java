package dev.slate.bench.planner;

import dev.slate.bench.dataset.DataSet;
import dev.slate.data.Distribution;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Plan;
import dev.slate.kernel.Planning;
import dev.slate.kernel.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One index of each strategy over the items of a cell, which serve every k; the planned one is
 * built for each k.
 *
 * @param cell whose items they hold
 * @param items in memory
 * @param queries not among the items
 * @param byStrategy an index of each strategy, in the order of {@link #strategies}
 */
record PlannedIndexes(RegretCell cell, Catalog items, float[][] queries, List<Index> byStrategy) {
  private static final int MOST_QUERIES = 1_000;

  /** Of the indexes that are searched before the first cell: every strategy serves them well. */
  private static final int WARM_N = 10_000;

  private static final int WARM_D = 8;
  private static final int WARM_K = 10;

  /** Ratio of the medians of two slices in succession that ends the warm-up. */
  private static final double SETTLED = 1.1;

  /** Builds of a cell with planning: fewer than at most where they take longer than this time. */
  private static final int FEWEST_BUILDS = 2;

  private static final int MOST_BUILDS = 5;

  private static final long BUILD_NANOS = 1_000_000_000;

  /** The strategies that answer one query each in its own way. */
  static List<Strategy> strategies() {
    return List.of(Strategy.values());
  }

  /** Draws the items and builds an index of each strategy, by all processors. */
  static PlannedIndexes build(RegretCell cell) {
    DataSet data = DataSet.of(cell.distribution(), cell.n(), cell.d());
    float[] rows = new float[cell.n() * cell.d()];
    data.items().copyRows(0, cell.n(), rows, 0);
    Catalog items = Catalog.of(rows, cell.d());
    int threads = Runtime.getRuntime().availableProcessors();
    List<Index> indexes = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (Strategy strategy : strategies()) {
        indexes.add(
            Index.builder(items)
                .metric(cell.metric())
                .strategy(strategy)
                .executor(executor, threads)
                .build());
      }
    }
    float[][] all = data.queries();
    float[][] some = Arrays.copyOf(all, Math.min(MOST_QUERIES, all.length));
    return new PlannedIndexes(cell, items, some, indexes);
  }

  /**
   * Runs builds with planning, and searches of each strategy and metric on small indexes, until
   * their times settle or each has run for a second: the compiler is then done with what all cells
   * share.
   *
   * @param metrics of the cells
   * @param timer whose slices are used
   */
  static void warmUp(List<Metric> metrics, TurnTimer timer) {
    List<Runnable> operations = new ArrayList<>();
    for (Metric metric : metrics) {
      PlannedIndexes small = build(new RegretCell(Distribution.UNIFORM, WARM_N, WARM_D, metric, 1));
      small.byStrategy.forEach(
          index -> operations.add(TurnTimer.search(index, small.queries, WARM_K)));
      operations.add(() -> Index.builder(small.items).metric(metric).build());
    }
    timer.settle(operations, SETTLED, 1_000_000_000);
  }

  /**
   * An index that was planned, and how long builds took.
   *
   * @param index the last one
   * @param plannedMillis least time of a build with planning
   * @param aloneMillis least time of a build with the plan given
   */
  private record Builds(Index index, double plannedMillis, double aloneMillis) {}

  /** Builds by one thread, with planning and with its plan given, in turns. */
  private Builds builds(int k, Planning planning) {
    Index planned;
    double plannedMillis = Double.POSITIVE_INFINITY;
    double aloneMillis = Double.POSITIVE_INFINITY;
    long start = System.nanoTime();
    int rounds = 0;
    do {
      long before = System.nanoTime();
      planned = Index.builder(items).metric(cell.metric()).expectedK(k).planning(planning).build();
      long between = System.nanoTime();
      Index.builder(items).metric(cell.metric()).plan(planned.plan()).build();
      plannedMillis = Math.min(plannedMillis, (between - before) / 1e6);
      aloneMillis = Math.min(aloneMillis, (System.nanoTime() - between) / 1e6);
      rounds++;
    } while (rounds < FEWEST_BUILDS
        || (rounds < MOST_BUILDS && System.nanoTime() - start < BUILD_NANOS));
    return new Builds(planned, plannedMillis, aloneMillis);
  }

  /**
   * Plans for a number of items, and times the planned index beside those of the strategies. Where
   * its settings are those of the strategy's own index, the two are the same index, which is timed
   * once: they cannot differ but by noise.
   *
   * @param k number of items of an answer
   * @param planning how the strategy is chosen
   * @param timer times the indexes
   */
  RegretRow measure(int k, Planning planning, TurnTimer timer) {
    Builds builds = builds(k, planning);
    Index planned = builds.index;
    List<Index> all = new ArrayList<>(byStrategy);
    int chosen = timedAs(planned.plan(), byStrategy.stream().map(Index::plan).toList());
    if (chosen == all.size()) {
      all.add(planned);
    }
    double[] micros = timer.medians(all, queries, k);
    Map<String, Double> byName = new HashMap<>();
    for (int i = 0; i < byStrategy.size(); i++) {
      byName.put(PlannerCommand.lower(strategies().get(i)), micros[i]);
    }
    RegretCell asked = new RegretCell(cell.distribution(), cell.n(), cell.d(), cell.metric(), k);
    return new RegretRow(
        asked,
        PlannerCommand.lower(planned.plan().strategy()),
        byName,
        micros[chosen],
        builds.plannedMillis,
        builds.aloneMillis);
  }

  /** The place of a plan of the same strategy and settings among others; their number if none. */
  static int timedAs(Plan plan, List<Plan> others) {
    for (int i = 0; i < others.size(); i++) {
      Plan other = others.get(i);
      if (other.strategy() == plan.strategy() && other.settings().equals(plan.settings())) {
        return i;
      }
    }
    return others.size();
  }
}

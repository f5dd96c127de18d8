package dev.slate.kernel;

import dev.slate.kernel.catalog.ArrayCatalog;
import dev.slate.kernel.layout.Ids;
import dev.slate.kernel.layout.OrdinalsById;
import dev.slate.kernel.observe.BuildEvent;
import dev.slate.kernel.observe.Observer;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.planner.Planner;
import dev.slate.kernel.planner.Planner.Planned;
import dev.slate.kernel.planner.Strategies;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.StoredRows;
import dev.slate.kernel.strategy.BuildInput;
import dev.slate.kernel.strategy.BuildSize;
import dev.slate.kernel.strategy.SearchStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how an {@link Index} is built. Not thread-safe.
 *
 * {@snippet :
 * Index index =
 *     Index.builder(items)
 *         .metric(Metric.DOT)
 *         .expectedK(20)
 *         .executor(executor, 4)
 *         .build();
 * System.err.println(index.plan());
 * }
 */
public final class IndexBuilder {
  /** Expected queries that are kept, at most. */
  private static final int MOST_EXPECTED = 1_024;

  private final Catalog items;
  private final List<SearchStrategy> strategies;
  private Metric metric = Metric.EUCLIDEAN;
  private @Nullable Plan plan;
  private Planning planning = Planning.ESTIMATED;
  private int expectedK;
  private float[][] expectedQueries = {};
  private @Nullable Executor executor;
  private int threads = 1;
  private Observer observer = Observer.NONE;

  IndexBuilder(Catalog items, List<SearchStrategy> strategies) {
    this.items = items;
    this.strategies = strategies;
  }

  /**
   * Sets the metric.
   *
   * @param metric how items are scored; EUCLIDEAN unless set
   * @return this
   */
  public IndexBuilder metric(Metric metric) {
    this.metric = Objects.requireNonNull(metric, "metric");
    return this;
  }

  /**
   * Sets the strategy, with its default settings, instead of planning.
   *
   * @param strategy how the answer is found
   * @return this
   */
  public IndexBuilder strategy(Strategy strategy) {
    Objects.requireNonNull(strategy, "strategy");
    return plan(new Plan(strategy, Map.of(), List.of("asked for")));
  }

  /**
   * Replays a plan instead of planning: the strategy with its settings, as {@link Index#plan}
   * returned them for an earlier build.
   *
   * @param plan the plan
   * @return this
   */
  public IndexBuilder plan(Plan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
    return this;
  }

  /**
   * Sets how a strategy is chosen.
   *
   * @param planning ESTIMATED unless set
   * @return this
   */
  public IndexBuilder planning(Planning planning) {
    this.planning = Objects.requireNonNull(planning, "planning");
    this.plan = null;
    return this;
  }

  /**
   * Tells the planner how many items most queries will want, since the fastest strategy can depend
   * on it. Queries may still want fewer or more. Unless told, the planner minimises the largest
   * regret over k = 1, 10, 100 and 1,000, where the regret of a strategy is its cost divided by the
   * lowest cost of all.
   *
   * @param k number of items
   * @return this
   * @throws IllegalArgumentException if k is below 1
   */
  public IndexBuilder expectedK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but it is " + k);
    }
    this.expectedK = k;
    return this;
  }

  /**
   * Gives the planner typical queries. Unless given, items that are left out of its sample serve as
   * queries. Give some where queries are distributed differently, as the users of a recommender
   * are.
   *
   * @param queries m x d finite attributes, row-major; copied, at most 1,024 of them; 100 suffice
   * @return this
   * @throws IllegalArgumentException if the queries are not m rows of d, at least one, an attribute
   *     is not finite, naming row and column, or d is out of range
   */
  public IndexBuilder expectedQueries(float[] queries) {
    int d = items.dimensions();
    ArrayCatalog.checkDimensions(d);
    if (queries.length == 0 || queries.length % d != 0) {
      throw new IllegalArgumentException(
          "queries must be rows of d = " + d + ", but there are " + queries.length + " floats");
    }
    QueryCompiler.checkFinite(queries, d);
    int m = queries.length / d;
    float[][] some = new float[Math.min(m, MOST_EXPECTED)][];
    for (int i = 0; i < some.length; i++) {
      int row = (int) ((long) i * m / some.length);
      some[i] = Arrays.copyOfRange(queries, row * d, row * d + d);
    }
    this.expectedQueries = some;
    return this;
  }

  /**
   * Lets other threads take part in the build.
   *
   * @param executor where they run
   * @param threads how many threads take part, the caller included
   * @return this
   * @throws IllegalArgumentException if threads is not in 1..1024
   */
  public IndexBuilder executor(Executor executor, int threads) {
    Searcher.checkThreads(threads);
    this.executor = Objects.requireNonNull(executor, "executor");
    this.threads = threads;
    return this;
  }

  /**
   * Sets the listener of the build, and later of the files that the index is saved to and of its
   * slow searches.
   *
   * @param listener called after each of them
   * @return this
   */
  public IndexBuilder listener(IndexListener listener) {
    return observer(new Observer(Objects.requireNonNull(listener, "listener")));
  }

  IndexBuilder observer(Observer observer) {
    this.observer = observer;
    return this;
  }

  /**
   * Builds the index. Reads each row of the catalogue once or twice, and samples of the rows. Time:
   * O(n d) for {@link Strategy#SCAN}, O(n d log n) for the others. Memory while it builds: at most
   * about twice the rows; with {@link Planning#MEASURED}, as many indexes at once as are timed.
   *
   * @return the index
   * @throws IllegalArgumentException if d is out of range, an attribute or bias is not finite
   *     (naming row and column), biases come with another metric than DOT, or ids repeat
   */
  public Index build() {
    long start = System.nanoTime();
    BuildEvent event = Observer.beginBuild();
    ArrayCatalog.checkDimensions(items.dimensions());
    if (items.hasBias() && metric != Metric.DOT) {
      throw new IllegalArgumentException("a bias goes with DOT only, but the metric is " + metric);
    }
    WorkerGroup workers = new WorkerGroup(executor, threads);
    Ids ids = items.hasIds() ? ids() : null;
    Planned planned = plan == null ? planner().build(planning, workers) : replayed(plan, workers);
    Index index =
        new Index(
            new StoredRows(planned.engine(), items.size()),
            metric,
            planned.plan(),
            items.hasBias(),
            ids,
            ids == null ? null : OrdinalsById.filled(ids),
            Map.of(),
            null,
            observer);
    Strategy strategy = planned.plan().strategy();
    observer.built(event, start, strategy, index.size(), index.dimensions(), index.bytes());
    return index;
  }

  /**
   * Upper bound of the heap that {@link #build} takes at its peak: the index, its ids with their
   * hash table, and the scratch of the build on each of its threads. It depends on the number and
   * width of the items and not on their values, so it always includes the sketch of {@link
   * Strategy#QUANTIZED}, which is built for some data only. Unless a strategy or plan is set, it is
   * the bound of the strategy that needs the most; with {@link Planning#MEASURED}, the sum over all
   * strategies. Not counted: the catalogue, code, and the reserve of the garbage collector. O(1).
   *
   * @return bytes; where a strategy or a plan is set, less than twice the peak of a large build
   * @throws IllegalArgumentException if d is out of range
   */
  public long estimatedPeakBytes() {
    ArrayCatalog.checkDimensions(items.dimensions());
    int n = items.size();
    long ids = items.hasIds() ? (long) n * Long.BYTES + OrdinalsById.bytes(n) : 0;
    if (plan == null) {
      return ids + planner().peakBytes(planning, threads);
    }
    BuildSize size = BuildSize.of(items, threads);
    return ids + Strategies.named(plan.strategy(), strategies).peakBytes(size);
  }

  private Planner planner() {
    return new Planner(strategies, items, metric, expectedK, expectedQueries);
  }

  private Planned replayed(Plan plan, WorkerGroup workers) {
    Engine engine =
        Strategies.named(plan.strategy(), strategies)
            .build(BuildInput.of(items, metric, plan.settings(), workers));
    List<String> reasons = new ArrayList<>(plan.reasons());
    reasons.removeAll(engine.description());
    reasons.addAll(engine.description());
    return new Planned(engine, new Plan(plan.strategy(), plan.settings(), reasons));
  }

  private Ids ids() {
    Ids ids = new Ids(items.size());
    for (int i = 0; i < items.size(); i++) {
      ids.set(i, items.id(i));
    }
    return ids;
  }
}

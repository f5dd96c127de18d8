package dev.slate.kernel;

import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.layout.Rows;
import dev.slate.kernel.layout.Transposer;
import dev.slate.kernel.planes.PlanesBuilder;
import dev.slate.kernel.planes.PlanesEngine;
import dev.slate.kernel.scan.ScanEngine;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.search.Team;
import dev.slate.kernel.tile.TileEngine;
import dev.slate.kernel.tree.TreeBuilder;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Chooses how an {@link Index} is built. Not thread-safe. */
public final class IndexBuilder {
  /** How many times the size of the rows an index takes while it is built, at most. */
  private static final long BUILD = 2;

  private final Catalog items;
  private Metric metric = Metric.EUCLIDEAN;
  private Strategy strategy = Strategy.AUTO;
  private int expectedK;
  private float[][] expectedQueries = {};
  private int sampled;
  private @Nullable Executor executor;
  private int threads = 1;

  IndexBuilder(Catalog items) {
    this.items = items;
    this.sampled = items.size();
  }

  /** Says that the items are a sample: planes get as many cells as for so many items. */
  IndexBuilder sampleOf(int n) {
    this.sampled = n;
    return this;
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
   * Sets the strategy.
   *
   * @param strategy how the answer is found; AUTO unless set
   * @return this
   */
  public IndexBuilder strategy(Strategy strategy) {
    this.strategy = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Tells {@link Strategy#AUTO} and {@link Strategy#ESTIMATED} how many items queries will want,
   * most of the time: which strategy is the fastest can depend on it. Queries remain free to want
   * fewer or more. Unless told, a strategy is chosen that is never far behind for 1 to 1,000 items.
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
   * Tells {@link Strategy#AUTO} and {@link Strategy#ESTIMATED} what queries will be like. Unless
   * told, queries are taken to be like the items; those of a recommender, where users have vectors
   * of another kind, are not.
   *
   * @param queries some typical ones, m x d finite attributes, row-major; 100 do well, of more than
   *     1,024 a part is copied
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
    Query.checkFinite(queries, d);
    int m = queries.length / d;
    float[][] some = new float[Math.min(m, Planner.RACED)][];
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
   * @throws IllegalArgumentException if threads is below 1
   */
  public IndexBuilder executor(Executor executor, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but it is " + threads);
    }
    this.executor = Objects.requireNonNull(executor, "executor");
    this.threads = threads;
    return this;
  }

  /**
   * Builds the index. Reads each row of the catalogue once or twice, and a sample of the rows where
   * the strategy or its choice needs one. {@link Strategy#AUTO} and {@link Strategy#ESTIMATED} cost
   * the building and searching of trial indexes of at most 16 million floats besides, on the
   * calling thread; AUTO may build further indexes of all items, and time them.
   *
   * @return the index
   * @throws IllegalArgumentException if d is out of range, an attribute or bias is not finite
   *     (naming row and column), biases come with another metric than DOT, or ids repeat
   */
  public Index build() {
    ArrayCatalog.checkDimensions(items.dimensions());
    if (items.hasBias() && metric != Metric.DOT) {
      throw new IllegalArgumentException("a bias goes with DOT only, but the metric is " + metric);
    }
    Team team = new Team(executor, threads);
    long[] ids = items.hasIds() ? ids() : null;
    Planned planned = planned(team);
    return index(planned.engine, planned.plan, ids);
  }

  private Index index(Engine engine, Plan plan, long @Nullable [] ids) {
    return new Index(
        engine,
        items.size(),
        metric,
        plan,
        items.hasBias(),
        ids,
        ids == null ? null : ordinals(ids));
  }

  private record Planned(Engine engine, Plan plan) {}

  private Planned planned(Team team) {
    return switch (strategy) {
      case AUTO -> auto(team);
      case ESTIMATED -> chosen(planner().choose(), team);
      case SCAN, TREE, PLANES -> asked("asked for", team);
      case TILE -> asked("asked for; a query on its own is a scan", team);
    };
  }

  private Planned asked(String reason, Team team) {
    Plan plan = new Plan(strategy, List.of(reason));
    return served(engine(strategy, team), new Outlook.Choice(plan, false, PlanesEngine.NEVER));
  }

  private Planner planner() {
    return new Planner(items, metric, expectedK, expectedQueries);
  }

  /** Builds what may be the fastest, and keeps what is. */
  private Planned auto(Team team) {
    long start = System.nanoTime();
    Planner planner = planner();
    Outlook outlook = planner.outlook();
    List<Strategy> contenders = outlook.contenders();
    if (contenders.size() == 1) {
      return chosen(outlook.choose(), team);
    }
    if (!room(contenders.size())) {
      Planned planned = chosen(outlook.choose(), team);
      String reason =
          "no clock was asked, as memory for " + contenders.size() + " indexes is short";
      return new Planned(planned.engine, planned.plan.because(List.of(reason)));
    }
    Map<Strategy, Index> built = new EnumMap<>(Strategy.class);
    for (Strategy each : contenders) {
      Plan plan = new Plan(each, List.of("one of several"));
      built.put(each, index(engine(each, team), plan, null));
    }
    long budget = System.nanoTime() - start;
    Outlook.Choice choice = planner.timed(outlook, built, budget).choose();
    Index best = Objects.requireNonNull(built.get(choice.plan().strategy()));
    return served(best.engine, choice);
  }

  private Planned chosen(Outlook.Choice choice, Team team) {
    return served(engine(choice.plan().strategy(), team), choice);
  }

  /** Whether several indexes of all items fit into memory for sure. */
  private boolean room(int indexes) {
    Runtime runtime = Runtime.getRuntime();
    long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    return free > BUILD * indexes * items.size() * items.dimensions() * Float.BYTES;
  }

  private static Planned served(Engine engine, Outlook.Choice choice) {
    Plan plan = choice.plan();
    return engine instanceof PlanesEngine planes
        ? new Planned(
            planes.serving(choice.tiles(), choice.scanFrom()), plan.because(planes.reasons()))
        : new Planned(engine, plan);
  }

  private Engine engine(Strategy of, Team team) {
    return switch (of) {
      case TREE -> new TreeBuilder(rows(), team).build();
      case PLANES ->
          new PlanesBuilder(rows(), metric.largerIsBetter(), team).sampleOf(sampled).build();
      case TILE -> new TileEngine(blocks(team), items.dimensions());
      default -> new ScanEngine(blocks(team), items.dimensions());
    };
  }

  private Blocks blocks(Team team) {
    return new Transposer(items, metric == Metric.COSINE, items.hasBias()).blocks(team);
  }

  private Rows rows() {
    return new Rows(items, metric == Metric.COSINE, items.hasBias());
  }

  private long[] ids() {
    long[] ids = new long[items.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = items.id(i);
    }
    return ids;
  }

  private static Long2IntOpenHashMap ordinals(long[] ids) {
    Long2IntOpenHashMap ordinals = new Long2IntOpenHashMap(ids.length);
    ordinals.defaultReturnValue(-1);
    for (int i = 0; i < ids.length; i++) {
      int before = ordinals.put(ids[i], i);
      if (before >= 0) {
        throw new IllegalArgumentException(
            "id " + ids[i] + " is that of row " + before + " already, row " + i);
      }
    }
    return ordinals;
  }
}

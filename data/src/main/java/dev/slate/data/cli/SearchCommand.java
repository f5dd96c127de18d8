package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorStream;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import dev.slate.kernel.SearchStats;
import dev.slate.kernel.Slate;
import dev.slate.kernel.Strategy;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code slate search}. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the best items for each query, exactly.",
      "",
      "Files: .npy .fvecs .bvecs .ivecs .csv .tsv (also .gz), .hdf5:DATASET, memotion,"
          + " memotion:LABELS.csv, or generated ones such as gaussian:1m:5:7"
          + " (gaussian:100:5:7:queries); - is standard input, as CSV.",
      ""
    })
public final class SearchCommand implements Callable<Integer> {
  private static final int DEFAULT_K = 10;
  private static final int MAX_DIMENSIONS = 4096;
  private static final int BATCH_FLOATS = 1 << 20;
  private static final int BATCH_ANSWERS = 1 << 20;
  private static final int MAX_BATCH = 1 << 13;
  private static final int UNBOUNDED_BATCH = 1 << 6;

  @Spec private CommandSpec spec;

  @Option(names = "--items", required = true, paramLabel = "FILE", description = "What to search.")
  private String items;

  @Option(
      names = "--queries",
      required = true,
      paramLabel = "FILE",
      description = "What to search for, one query a row.")
  private String queries;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "EUCLIDEAN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Metric metric;

  @Option(
      names = "-k",
      paramLabel = "K",
      converter = CountConverter.class,
      description = "Items in an answer (default: 10; with --radius, all that match).")
  private @Nullable Integer k;

  @Option(
      names = "--strategy",
      paramLabel = "S",
      defaultValue = "AUTO",
      description =
          "How to find them: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). The answer is the"
              + " same.")
  private Strategy strategy;

  @Option(
      names = "--threads",
      paramLabel = "T",
      defaultValue = "1",
      converter = CountConverter.class,
      description = "Threads for building and searching (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--allow",
      paramLabel = "FILE",
      description = "Return only these items: text, one ordinal a line.")
  private @Nullable String allow;

  @Option(
      names = "--deny",
      paramLabel = "FILE",
      description = "Return none of these items: text, one ordinal a line.")
  private @Nullable String deny;

  @Option(
      names = "--radius",
      paramLabel = "R",
      description =
          "Return only items at least this good: squared distance at most R, or score at least R.")
  private @Nullable Float radius;

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "W",
      description = "A weight for each attribute, euclidean only.")
  private float @Nullable [] weights;

  @Option(
      names = "--bias",
      paramLabel = "FILE",
      description = "What each item's dot product starts with: one column, a row for each item.")
  private @Nullable String bias;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "C",
      description = "Columns of the items to take: names, numbers from 0, or ranges such as 0-127.")
  private List<String> columns = List.of();

  @Option(
      names = "--query-columns",
      split = ",",
      paramLabel = "C",
      description = "Columns of the queries to take, where all are not wanted.")
  private List<String> queryColumns = List.of();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to: .csv or .tsv (also .gz) with query,rank,item,score; .ivecs or .npy with the items"
              + " alone (default: CSV on standard output).")
  private @Nullable String out;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description = "Print the recall against these neighbours, such as FILE.hdf5:neighbors.")
  private @Nullable String check;

  @Option(
      names = "--explain",
      description = "Print the plan, how much was looked at, and how long it took.")
  private boolean explain;

  @Override
  public Integer call() {
    if (bias != null && metric != Metric.DOT) {
      throw new InputException("--bias", "goes with --metric dot only");
    }
    if (items.equals("-") && queries.equals("-")) {
      throw new InputException("--queries", "standard input is read for --items already");
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads, SearchCommand::daemon)) {
      run(executor);
    }
    return 0;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "slate-search");
    thread.setDaemon(true);
    return thread;
  }

  private void run(ExecutorService executor) {
    long start = System.nanoTime();
    Index index = build(executor);
    double buildMillis = (System.nanoTime() - start) / 1e6;
    int most = k != null ? k : radius == null ? DEFAULT_K : Integer.MAX_VALUE;
    int limit = most == Integer.MAX_VALUE ? most : Math.min(most, index.size());
    Conditions conditions = Conditions.of(index, allow, deny, radius, weights);
    PrintWriter err = spec.commandLine().getErr();
    BatchSearch search = new BatchSearch(index, conditions, executor, threads);
    try (VectorStream rows = Inputs.stream(queries, ReadOptions.DEFAULT.withColumns(queryColumns));
        Results results = Results.to(out, spec.commandLine().getOut(), limit)) {
      if (rows.dimensions() != index.dimensions()) {
        throw new InputException(
            queries,
            "has %d columns, but the items have %d"
                .formatted(rows.dimensions(), index.dimensions()));
      }
      try (GroundTruth truth = check == null ? null : truth(check, index, conditions, limit);
          Progress progress = new Progress(err, "search", rows.size())) {
        Run run = new Run(rows, search, results, truth, progress);
        run.all(limit, index.dimensions());
        results.commit();
        if (truth != null) {
          err.println(truth.report());
        }
        if (explain) {
          explain(err, index, search.stats(), buildMillis, run);
        }
        err.flush();
      }
    }
  }

  private static GroundTruth truth(String file, Index index, Conditions conditions, int limit) {
    if (limit == Integer.MAX_VALUE) {
      throw new InputException("--check", "needs -k");
    }
    return new GroundTruth(file, index, conditions, limit);
  }

  private Index build(ExecutorService executor) {
    try (VectorFile file = Inputs.open(items, ReadOptions.DEFAULT.withColumns(columns))) {
      if (file.dimensions() > MAX_DIMENSIONS) {
        throw new InputException(
            items, "has " + file.dimensions() + " columns; the most is " + MAX_DIMENSIONS);
      }
      Catalog catalog = bias == null ? file : Vectors.withBias(file, bias);
      try {
        return Index.builder(catalog)
            .metric(metric)
            .strategy(strategy)
            .executor(executor, threads)
            .build();
      } catch (IllegalArgumentException e) {
        if (strategy == Strategy.AUTO || strategy == Strategy.SCAN) {
          throw e;
        }
        throw new InputException("--strategy", String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static void explain(
      PrintWriter err, Index index, SearchStats stats, double buildMillis, Run run) {
    err.println("plan: " + index.plan());
    err.printf("build: %.1f ms, %.1f MB%n", buildMillis, index.bytes() / 1e6);
    double searchMillis = run.nanos / 1e6;
    err.printf(
        "search: %.1f ms for %d queries, %.4f ms each%n",
        searchMillis, run.done, searchMillis / Math.max(1, run.done));
    err.printf(
        "items scored: %d; blocks visited: %d, pruned: %d; bytes read: %d%n",
        stats.itemsScored(), stats.blocksVisited(), stats.blocksPruned(), stats.bytesRead());
  }

  /** All queries, batch by batch. */
  private static final class Run {
    private final VectorStream rows;
    private final BatchSearch search;
    private final Results results;
    private final @Nullable GroundTruth truth;
    private final Progress progress;
    private long done;
    private long nanos;

    Run(
        VectorStream rows,
        BatchSearch search,
        Results results,
        @Nullable GroundTruth truth,
        Progress progress) {
      this.rows = rows;
      this.search = search;
      this.results = results;
      this.truth = truth;
      this.progress = progress;
    }

    void all(int limit, int d) {
      int answers = limit == Integer.MAX_VALUE ? UNBOUNDED_BATCH : BATCH_ANSWERS / limit;
      int most = Math.clamp(Math.min(answers, BATCH_FLOATS / d), 1, MAX_BATCH);
      float[] batch = new float[most * d];
      Slate[] slates = new Slate[most];
      Arrays.setAll(slates, i -> limit == Integer.MAX_VALUE ? Slate.unbounded() : new Slate(limit));
      for (int count = rows.next(batch, most); count > 0; count = rows.next(batch, most)) {
        Slate[] some = count == most ? slates : Arrays.copyOf(slates, count);
        long start = System.nanoTime();
        search.search(batch, some);
        nanos += System.nanoTime() - start;
        for (int i = 0; i < count; i++) {
          if (truth != null) {
            truth.add(Arrays.copyOfRange(batch, i * d, (i + 1) * d), some[i]);
          }
          results.add(some[i]);
        }
        done += count;
        progress.update(done);
      }
    }
  }
}

package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.data.VectorFile;
import dev.slate.data.VectorGenerator;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Opening;
import dev.slate.kernel.Planning;
import dev.slate.kernel.Strategy;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the items that are searched. */
final class ItemOptions {
  private static final int MAX_DIMENSIONS = VectorGenerator.MAX_DIMENSIONS;

  /** What was decided when an index was built. */
  private static final List<String> OF_A_BUILD =
      List.of(
          "--strategy", "--planning", "--bias", "--center", "--columns", "--header", "--id-column");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--items", required = true, paramLabel = "FILE", description = "What to search.")
  private String items;

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--bias",
      paramLabel = "FILE",
      description = "What each item's dot product starts with: one column, a row for each item.")
  private @Nullable String bias;

  @Option(
      names = "--metric",
      paramLabel = "M",
      defaultValue = "EUCLIDEAN",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Metric metric;

  @Option(
      names = "--strategy",
      paramLabel = "S",
      defaultValue = "AUTO",
      description =
          "How to find them: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). The answer is the"
              + " same.")
  private StrategyName strategy;

  @Option(
      names = "--planning",
      paramLabel = "P",
      defaultValue = "ESTIMATED",
      description =
          "How --strategy auto chooses: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
              + " estimated tries a sample, and chooses the same on every run; measured builds"
              + " and times what may be the fastest.")
  private Planning planning;

  /** A strategy, or none in particular. */
  enum StrategyName {
    AUTO,
    SCAN,
    TREE,
    QUANTIZED
  }

  @Option(
      names = "--id-column",
      paramLabel = "C",
      description =
          "A column, by name or number, that names the items in CSV answers; it is no attribute.")
  private @Nullable String idColumn;

  @Option(
      names = "--center",
      description =
          "Subtract from items and queries the midpoint of each column of the items, before values"
              + " are rounded to float32: for coordinates and times, euclidean only.")
  private boolean center;

  boolean onStandardInput() {
    return Inputs.isStandard(items);
  }

  /** Whether the items are those of an index in a file. */
  boolean areIndexed() {
    return StoredIndex.isNamed(items);
  }

  /** Says what is wrong, where a search could not read what it needed of an index. */
  RuntimeException unreadable(UncheckedIOException e) {
    return areIndexed() ? StoredIndex.damaged(items, e) : e;
  }

  /** As text is cut into cells: the items' way, of the queries. */
  ReadOptions cut(ReadOptions options) {
    return reading.cut(options);
  }

  private ReadOptions options() {
    ReadOptions asked = reading.asked().withIdColumn(idColumn);
    if (!center) {
      return asked;
    }
    if (metric != Metric.EUCLIDEAN) {
      throw new InputException("--center", "goes with --metric euclidean only");
    }
    if (onStandardInput()) {
      throw new InputException("--center", "reads the items twice, so they must be in a file");
    }
    return asked.withOrigin(Vectors.midpoints(items, asked));
  }

  /**
   * Opens the index, or reads the items into one.
   *
   * @param k how many items queries will want; {@link Integer#MAX_VALUE} where there is no limit
   * @param queries are opened for their number of attributes
   */
  StoredIndex index(
      int k, QueryRows queries, ExecutorService executor, int threads, PrintWriter err) {
    if (!areIndexed()) {
      return build(k, queries, executor, threads, err);
    }
    StoredIndex.refuse(command, items, OF_A_BUILD);
    StoredIndex opened = StoredIndex.open(items, Opening.ON_DEMAND);
    opened.requireMetric(command, items, metric);
    queries.open(opened.index().dimensions(), opened.origin());
    return opened;
  }

  /**
   * Reads the items into an index, and tells how far that is.
   *
   * @param k how many items queries will want; {@link Integer#MAX_VALUE} where there is no limit
   * @param queries are opened for their number of attributes; null where they are not known
   */
  StoredIndex build(
      int k, @Nullable QueryRows queries, ExecutorService executor, int threads, PrintWriter err) {
    if (bias != null && metric != Metric.DOT) {
      throw new InputException("--bias", "goes with --metric dot only");
    }
    ReadOptions options = options();
    try (VectorFile file = Inputs.open(items, options, err)) {
      if (file.dimensions() > MAX_DIMENSIONS) {
        throw new InputException(
            items, "has " + file.dimensions() + " columns; the most is " + MAX_DIMENSIONS);
      }
      float[] expected = queries == null ? null : queries.open(file.dimensions(), options.origin());
      List<String> names = List.copyOf(file.ids());
      Catalog catalog = bias == null ? file : Vectors.withBias(file, bias);
      try (WatchedItems watched = new WatchedItems(catalog, new RowProgress(err, "build", -1))) {
        IndexBuilder builder =
            Index.builder(watched).metric(metric).planning(planning).executor(executor, threads);
        if (expected != null) {
          builder.expectedQueries(expected);
        }
        if (strategy != StrategyName.AUTO) {
          builder.strategy(Strategy.valueOf(strategy.name()));
        }
        Index index = (k == Integer.MAX_VALUE ? builder : builder.expectedK(k)).build();
        return new StoredIndex(index, names, options.origin(), watched.smallest());
      }
    }
  }
}

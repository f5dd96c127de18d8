package dev.slate.data.cli;

import dev.slate.data.InputException;
import dev.slate.data.VectorFile;
import dev.slate.data.Vectors;
import dev.slate.kernel.Catalog;
import dev.slate.kernel.Index;
import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.Metric;
import dev.slate.kernel.Strategy;
import java.io.PrintWriter;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is searched, and how. */
final class ItemOptions {
  private static final int MAX_DIMENSIONS = 4096;

  /** Floats that are scanned in about a second. */
  private static final double CLOCKED = 1e10;

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
  private Strategy strategy;

  boolean onStandardInput() {
    return Inputs.isStandard(items);
  }

  /**
   * Reads the items into an index, and tells how far that is.
   *
   * @param k how many items queries will want; {@link Integer#MAX_VALUE} where there is no limit
   * @param queries are opened for their number of attributes
   */
  Index index(int k, QueryRows queries, ExecutorService executor, int threads, PrintWriter err) {
    if (bias != null && metric != Metric.DOT) {
      throw new InputException("--bias", "goes with --metric dot only");
    }
    try (VectorFile file = Inputs.open(items, reading.asked(), err)) {
      if (file.dimensions() > MAX_DIMENSIONS) {
        throw new InputException(
            items, "has " + file.dimensions() + " columns; the most is " + MAX_DIMENSIONS);
      }
      float[] expected = queries.open(file.dimensions());
      Catalog catalog = bias == null ? file : Vectors.withBias(file, bias);
      try (WatchedItems watched = new WatchedItems(catalog, new Progress(err, "build", -1))) {
        IndexBuilder builder =
            Index.builder(watched)
                .metric(metric)
                .strategy(strategy(queries.size(), file))
                .expectedQueries(expected)
                .executor(executor, threads);
        return (k == Integer.MAX_VALUE ? builder : builder.expectedK(k)).build();
      }
    }
  }

  /** The strategy, but no clock where scans are done sooner than it could tell what is faster. */
  private Strategy strategy(long queries, Catalog items) {
    double scanned = (double) queries * items.size() * items.dimensions();
    boolean few = queries >= 0 && scanned < CLOCKED;
    return strategy == Strategy.AUTO && few ? Strategy.ESTIMATED : strategy;
  }
}

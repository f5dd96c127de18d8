package dev.slate.data.cli;

import dev.slate.data.Header;
import dev.slate.data.ReadOptions;
import dev.slate.kernel.Index;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is searched for. */
final class QueryOptions {
  private static final int DEFAULT_K = 10;

  @Option(
      names = "--queries",
      required = true,
      paramLabel = "FILE",
      description = "What to search for, one query a row.")
  private String queries;

  @Option(
      names = "--query-columns",
      split = ",",
      paramLabel = "C",
      description = "As --columns, of the queries.")
  private List<String> columns = List.of();

  @Option(
      names = "--query-header",
      paramLabel = "H",
      defaultValue = "AUTO",
      description = "As --header, of the queries.")
  private Header header;

  @Option(
      names = "-k",
      paramLabel = "K",
      converter = CountConverter.class,
      description = "Items in an answer (default: 10; with --radius, all that match).")
  private @Nullable Integer k;

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

  boolean onStandardInput() {
    return Inputs.isStandard(queries);
  }

  /** The most items in an answer; {@link Integer#MAX_VALUE} where there is no limit. */
  int limit(int items) {
    if (k == null && radius != null) {
      return Integer.MAX_VALUE;
    }
    return Math.min(k == null ? DEFAULT_K : k, items);
  }

  Conditions conditions(Index index) {
    return Conditions.of(index, allow, deny, radius, weights);
  }

  QueryRows rows() {
    return new QueryRows(queries, ReadOptions.DEFAULT.withColumns(columns).withHeader(header));
  }
}

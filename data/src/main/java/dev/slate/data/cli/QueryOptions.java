package dev.slate.data.cli;

import dev.slate.data.Header;
import dev.slate.data.InputException;
import dev.slate.data.ReadOptions;
import dev.slate.kernel.Index;
import dev.slate.kernel.Metric;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the queries. */
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
          "Return only items at least this good: squared distance at most R, or score at least R."
              + " Cosine: the score of equal vectors differs from 1 by up to d / 2^24, so that"
              + " R = 0.9999 finds them and R = 1 may not.")
  private @Nullable Float radius;

  @Option(
      names = "--weights",
      split = ",",
      paramLabel = "W",
      description = "A weight for each attribute, euclidean only.")
  private float @Nullable [] weights;

  @Option(
      names = "--distances",
      description =
          "Distances as they are, not squared, in --radius and in answers; euclidean only.")
  private boolean distances;

  @Option(
      names = "--exclude-self",
      description = "Leave item number i out of the answer to query number i.")
  private boolean excludeSelf;

  @Option(
      names = "--deny-lists",
      paramLabel = "FILE",
      description = "A line for each query: ordinals, with blanks or commas between, to leave out.")
  private @Nullable String denyLists;

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
    if (distances && index.metric() != Metric.EUCLIDEAN) {
      throw new InputException("--distances", "goes with --metric euclidean only");
    }
    Float worst = radius != null && distances ? Float.valueOf(squared(radius)) : radius;
    return Conditions.of(index, allow, deny, worst, weights);
  }

  boolean distances() {
    return distances;
  }

  /** What each query leaves out. */
  Exclusions exclusions(int items) {
    return new Exclusions(excludeSelf, denyLists, items);
  }

  /** The largest square whose root, rounded to float32, is at most the radius. */
  static float squared(float radius) {
    if (!(radius >= 0)) {
      throw new InputException("--radius", "a distance is at least 0, not " + radius);
    }
    float square = (float) ((double) radius * radius);
    while (square > 0 && (float) Math.sqrt((double) square) > radius) {
      square = Math.nextDown(square);
    }
    while (square < Float.MAX_VALUE && (float) Math.sqrt((double) Math.nextUp(square)) <= radius) {
      square = Math.nextUp(square);
    }
    return square;
  }

  QueryRows rows(UnaryOperator<ReadOptions> cut, PrintWriter err) {
    ReadOptions options =
        cut.apply(ReadOptions.DEFAULT)
            .withColumns(columns)
            .withHeader(header)
            .withNotices(new Notices(err, queries, "--query-"));
    return new QueryRows(queries, options);
  }
}

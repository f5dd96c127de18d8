package dev.slate.bench.run;

import dev.slate.bench.report.TextTable;
import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.util.Locale;

/**
 * The question that is asked of each subject.
 *
 * @param distribution how items and queries are drawn
 * @param n number of items
 * @param d number of attributes
 * @param k number of items of an answer
 * @param metric how items are scored
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers; 1 is a single search
 * @param density share of the items that a filter admits; 1 is no filter
 */
public record Shape(
    Distribution distribution,
    int n,
    int d,
    int k,
    Metric metric,
    int threads,
    int queries,
    double density) {
  /** Bytes of the attributes as float32. */
  public long bytes() {
    return (long) n * d * Float.BYTES;
  }

  /** Name of the file of items in the directory of a run. */
  public String dataKey() {
    return lower(distribution) + "-" + n + "x" + d;
  }

  /** Whether a filter keeps items out. */
  public boolean filtered() {
    return density < 1;
  }

  /** In words, for people. */
  public String title() {
    String filter = filtered() ? ", filter of density " + density : "";
    String batch = queries > 1 ? ", " + queries + " queries at once" : "";
    String team = threads > 1 ? ", " + threads + " threads" : "";
    return TextTable.count(n)
        + " items, d = "
        + d
        + ", k = "
        + k
        + ", "
        + lower(metric)
        + ", "
        + lower(distribution)
        + filter
        + batch
        + team;
  }

  /** The name of a constant as people write it. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

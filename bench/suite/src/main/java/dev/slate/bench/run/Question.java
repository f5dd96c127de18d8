package dev.slate.bench.run;

import dev.slate.bench.dataset.DataSet;
import dev.slate.bench.dataset.ExactAnswers;
import dev.slate.bench.dataset.VectorSource;
import dev.slate.bench.report.TextTable;
import dev.slate.kernel.Metric;
import java.util.Locale;

/**
 * What each subject has to answer: data, and size of answer and operation.
 *
 * @param data items and queries
 * @param k number of items of an answer
 * @param metric how items are scored
 * @param threads how many threads share an operation
 * @param queries how many queries an operation answers; 1 is a single search
 * @param density share of the items that a filter admits; 1 is no filter
 */
public record Question(
    VectorSource data, int k, Metric metric, int threads, int queries, double density) {
  /** Number of items. */
  public int n() {
    return data.n();
  }

  /** Number of attributes. */
  public int d() {
    return data.d();
  }

  /** Bytes of the attributes as float32. */
  public long bytes() {
    return (long) n() * d() * Float.BYTES;
  }

  /** Tells the data from that of other questions, as a part of file names. */
  public String dataKey() {
    return DataSet.fileName(data.parameter()) + "-" + n() + "x" + d();
  }

  /** Name of the file of items in the directory of a run. */
  String itemsFile() {
    return DataSet.itemsFile(data.parameter(), n(), d());
  }

  /** Name of the file of queries in the directory of a run. */
  String queriesFile() {
    return DataSet.queriesFile(data.parameter(), d());
  }

  /** Name of the file of exact answers in the directory of a run. */
  String answersFile() {
    return ExactAnswers.file(data.parameter(), n(), d(), metric, k);
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
    return TextTable.count(n())
        + " items, d = "
        + d()
        + ", k = "
        + k
        + ", "
        + lower(metric)
        + ", "
        + data.title()
        + filter
        + batch
        + team;
  }

  /** The name of a constant as people write it. */
  public static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}

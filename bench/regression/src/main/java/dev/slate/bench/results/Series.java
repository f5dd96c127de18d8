package dev.slate.bench.results;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The scores of one row, fork by fork. The fork is the unit of the sample: iterations of one JVM
 * share its code layout and its compilations, so they are not independent.
 *
 * @param key which row
 * @param metric the metric
 * @param environment the conditions of the measurement
 * @param forks one array of finite iteration scores for each fork, none empty; in sample mode, the
 *     median of each iteration's operations. No forks at all: JMH reported no number
 * @param harness the part of the score that may be the harness's own, in the metric's unit; 0 if
 *     none or unknown
 */
public record Series(
    RowKey key,
    BenchmarkMetric metric,
    Environment environment,
    List<double[]> forks,
    double harness) {

  /** Copies the list. */
  public Series {
    forks = List.copyOf(forks);
  }

  /**
   * Scores of which no part is known to be the harness's.
   *
   * @param key which row
   * @param metric the metric
   * @param environment the conditions of the measurement
   * @param forks the scores of each fork
   */
  public Series(RowKey key, BenchmarkMetric metric, Environment environment, List<double[]> forks) {
    this(key, metric, environment, forks, 0);
  }

  /**
   * The score of each fork.
   *
   * @return the median of its iterations, in the order of the forks
   */
  public double[] forkMedians() {
    return forks.stream().mapToDouble(Series::median).toArray();
  }

  /**
   * The score of the row.
   *
   * @return the median of the forks' medians; NaN where there are none
   */
  public double median() {
    return median(forkMedians());
  }

  /**
   * The same scores with another idea of what is better.
   *
   * @param direction which way the metric gets better
   * @return a series that differs in this
   */
  public Series better(Direction direction) {
    return new Series(key, metric.better(direction), environment, forks, harness);
  }

  /**
   * The forks of two runs of the same row under the same environment.
   *
   * @param more the later run
   * @return a series of this key with the forks of both, this one's first, and this one's part of
   *     the harness
   */
  Series plus(Series more) {
    List<double[]> all = new ArrayList<>(forks);
    all.addAll(more.forks);
    return new Series(key, metric, environment, all, harness);
  }

  /**
   * The median.
   *
   * @param values any number, in any order; left as they are
   * @return the middle value, or the mean of the middle two; NaN for none
   */
  public static double median(double[] values) {
    return Median.withDefaults().withCopy(true).evaluate(values);
  }
}

package dev.slate.bench.results;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The identity of a row: two runs measured the same thing if their keys are equal.
 *
 * @param benchmark the full name of the method
 * @param mode JMH's short label: {@code thrpt}, {@code avgt}, {@code sample}, {@code ss}
 * @param threads that ran the method at once
 * @param params the benchmark's parameters, by name; immutable
 * @param metric the name of the metric
 * @param unit the unit of the metric
 */
public record RowKey(
    String benchmark,
    String mode,
    int threads,
    SortedMap<String, String> params,
    String metric,
    String unit)
    implements Comparable<RowKey> {
  private static final Comparator<RowKey> ORDER =
      Comparator.comparing(RowKey::benchmark)
          .thenComparing(RowKey::mode)
          .thenComparingInt(RowKey::threads)
          .thenComparing(RowKey::paramsText)
          .thenComparing(key -> !key.metric.equals(BenchmarkMetric.PRIMARY))
          .thenComparing(RowKey::metric)
          .thenComparing(RowKey::unit);

  /** Copies the parameters. */
  public RowKey {
    params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
  }

  /**
   * The parameters in one line.
   *
   * @return {@code name=value} pairs by name, separated by spaces; empty where there are none
   */
  public String paramsText() {
    return params.entrySet().stream()
        .map(param -> param.getKey() + "=" + param.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * The benchmark without its package.
   *
   * @return class and method
   */
  public String shortName() {
    int method = benchmark.lastIndexOf('.');
    return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
  }

  /**
   * What the benchmark ran under, besides its name.
   *
   * @return mode, threads unless one, and parameters, separated by spaces
   */
  public String conditions() {
    String text = mode + (threads == 1 ? "" : " " + threads + " threads");
    return params.isEmpty() ? text : text + " " + paramsText();
  }

  /**
   * The run of the benchmark that this row is one metric of.
   *
   * @return a key that all metrics of one benchmark share
   */
  public RowKey run() {
    return new RowKey(benchmark, mode, threads, params, "", "");
  }

  /**
   * The same row in any unit.
   *
   * @return a key without unit
   */
  public RowKey withoutUnit() {
    return new RowKey(benchmark, mode, threads, params, metric, "");
  }

  /**
   * Builds a key of a whole run.
   *
   * @param benchmark the full name of the method
   * @param mode JMH's short label
   * @param threads that ran the method at once
   * @param params by name
   * @return a key without metric and unit
   */
  public static RowKey run(String benchmark, String mode, int threads, Map<String, String> params) {
    return new RowKey(benchmark, mode, threads, new TreeMap<>(params), "", "");
  }

  /**
   * The key of one metric of this run.
   *
   * @param what the metric
   * @return a key with name and unit
   */
  public RowKey of(BenchmarkMetric what) {
    return new RowKey(benchmark, mode, threads, params, what.name(), what.unit());
  }

  @Override
  public int compareTo(RowKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(benchmark).append(' ').append(conditions());
    if (!metric.isEmpty() && !metric.equals(BenchmarkMetric.PRIMARY)) {
      text.append(' ').append(metric);
    }
    return unit.isEmpty() ? text.toString() : text.append(' ').append(unit).toString();
  }
}

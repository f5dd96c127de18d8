package dev.slate.bench.planner;

import dev.slate.data.Distribution;
import dev.slate.kernel.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The input of the planner in a cell of the table.
 *
 * @param distribution how items and queries are drawn
 * @param n number of items
 * @param d number of attributes
 * @param metric how items are scored
 * @param k number of items of an answer
 */
record RegretCell(Distribution distribution, int n, int d, Metric metric, int k) {
  /** The cells of all combinations; those that share items follow each other. */
  static List<RegretCell> all(
      List<Distribution> distributions,
      List<Integer> sizes,
      List<Integer> dims,
      List<Metric> metrics,
      List<Integer> ks) {
    List<RegretCell> cells = new ArrayList<>();
    for (Distribution distribution : distributions) {
      for (int n : sizes) {
        for (int d : distribution == Distribution.MEMOTION ? List.of(5) : dims) {
          for (Metric metric : metrics) {
            ks.forEach(k -> cells.add(new RegretCell(distribution, n, d, metric, k)));
          }
        }
      }
    }
    return cells.stream().distinct().toList();
  }

  /** Whether the strategies' indexes of one serve the other. */
  boolean sharesIndexes(RegretCell other) {
    return distribution == other.distribution
        && n == other.n
        && d == other.d
        && metric == other.metric;
  }

  /** In words, for people. */
  String title() {
    return "%s, n = %d, d = %d, %s, k = %d"
        .formatted(
            distribution.name().toLowerCase(Locale.ROOT),
            n,
            d,
            metric.name().toLowerCase(Locale.ROOT),
            k);
  }
}

package dev.slate.kernel.strategy;

import dev.slate.kernel.Catalog;
import dev.slate.kernel.Metric;
import dev.slate.kernel.parallel.WorkerGroup;
import dev.slate.kernel.rows.Rows;
import java.util.Map;

/**
 * The input of a build.
 *
 * @param rows the items, as they are scored
 * @param metric how they are scored
 * @param settings the strategy's own, as its {@link CostEstimate} named them; empty for defaults
 * @param workers the threads that share the work
 */
public record BuildInput(
    Rows rows, Metric metric, Map<String, Integer> settings, WorkerGroup workers) {

  /** Reads a catalogue under a metric. */
  public static BuildInput of(
      Catalog items, Metric metric, Map<String, Integer> settings, WorkerGroup workers) {
    Rows rows = new Rows(items, metric == Metric.COSINE, items.hasBias());
    return new BuildInput(rows, metric, settings, workers);
  }

  /** Whether a larger score is better: DOT and COSINE. */
  public boolean dot() {
    return metric.largerIsBetter();
  }
}

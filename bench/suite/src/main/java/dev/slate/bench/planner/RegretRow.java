package dev.slate.bench.planner;

import java.util.Map;

/**
 * The measurement of a cell.
 *
 * @param cell the cell
 * @param chosen name of the strategy that the planner chose, lower case
 * @param micros median time of a query by each strategy, by its name
 * @param chosenMicros median time of a query by the planned index; where it has no settings of its
 *     own, the very time of the chosen strategy, so that the regret of the fastest is 1
 */
record RegretRow(RegretCell cell, String chosen, Map<String, Double> micros, double chosenMicros) {
  RegretRow {
    micros = Map.copyOf(micros);
  }

  /** Name of the fastest strategy. */
  String fastest() {
    return least().getKey();
  }

  private Map.Entry<String, Double> least() {
    return micros.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
  }

  /** How many times the fastest strategy's time the planned index takes; at least 1. */
  double regret() {
    return Math.max(1, chosenMicros / least().getValue());
  }
}

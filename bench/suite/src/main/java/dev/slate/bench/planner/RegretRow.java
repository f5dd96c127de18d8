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
 * @param plannedMillis least time of a build with planning, by one thread
 * @param buildMillis the same of a build with the plan given
 */
record RegretRow(
    RegretCell cell,
    String chosen,
    Map<String, Double> micros,
    double chosenMicros,
    double plannedMillis,
    double buildMillis) {
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

  /** What planning adds to the build of the chosen strategy, in milliseconds. */
  double overheadMillis() {
    return Math.max(0, plannedMillis - buildMillis);
  }

  /** The same as a share of that build. */
  double overhead() {
    return overheadMillis() / buildMillis;
  }
}

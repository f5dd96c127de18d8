package dev.slate.kernel.strategy;

import java.util.Map;

/**
 * Estimated cost of searches with one strategy.
 *
 * @param costs of a search for each number of items wanted, in the unit of {@link SearchCost}
 * @param settings with which the strategy is to be built
 */
public record CostEstimate(double[] costs, Map<String, Integer> settings) {}

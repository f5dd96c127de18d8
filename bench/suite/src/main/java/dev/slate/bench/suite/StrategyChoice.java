package dev.slate.bench.suite;

import dev.slate.kernel.IndexBuilder;
import dev.slate.kernel.Planning;
import dev.slate.kernel.Strategy;

/** A strategy by name, or how the planner is to choose one. */
public enum StrategyChoice {
  /** As the planner estimates. */
  AUTO,
  /** As the planner measures. */
  MEASURED,
  /** Every item is streamed. */
  SCAN,
  /** Boxes are pruned. */
  TREE,
  /** Codes prune. */
  QUANTIZED;

  /**
   * The planner's choice.
   *
   * @param planning how it chooses
   */
  public static StrategyChoice planned(Planning planning) {
    return planning == Planning.MEASURED ? MEASURED : AUTO;
  }

  /** Tells a builder. */
  IndexBuilder tell(IndexBuilder builder) {
    return switch (this) {
      case AUTO -> builder.planning(Planning.ESTIMATED);
      case MEASURED -> builder.planning(Planning.MEASURED);
      default -> builder.strategy(Strategy.valueOf(name()));
    };
  }
}

package dev.slate.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which strategy serves an index, and why.
 *
 * @param strategy the strategy, never {@link Strategy#AUTO} or {@link Strategy#ESTIMATED}
 * @param reasons sentences, most important first
 */
public record Plan(Strategy strategy, List<String> reasons) {
  /**
   * Creates a plan.
   *
   * @param strategy the strategy
   * @param reasons sentences; copied
   */
  public Plan {
    reasons = List.copyOf(reasons);
  }

  /** This plan with further reasons behind its own. */
  Plan because(List<String> further) {
    return new Plan(strategy, Stream.concat(reasons.stream(), further.stream()).toList());
  }

  @Override
  public String toString() {
    return strategy.name().toLowerCase(Locale.ROOT) + ": " + String.join("; ", reasons);
  }
}

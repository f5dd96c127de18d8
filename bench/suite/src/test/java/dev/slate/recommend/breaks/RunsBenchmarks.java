package dev.slate.recommend.breaks;

import dev.slate.bench.suite.StrategyChoice;

/** Breaks the rule that this part does not know benchmarks. */
public final class RunsBenchmarks {
  public String tell(StrategyChoice strategyChoice) {
    return strategyChoice.toString();
  }
}

package dev.slate.kernel;

import org.junit.jupiter.api.Tag;

/** The strategy that the planner chooses by default. */
@Tag("planned")
class PlannedTest extends StrategyContract {
  @Override
  IndexBuilder builder(Catalog items) {
    return Index.builder(items);
  }

  @Override
  Strategy strategy() {
    throw new AssertionError("the planner chooses");
  }

  @Override
  double heapFactor() {
    return 1.10 + 0.35;
  }
}

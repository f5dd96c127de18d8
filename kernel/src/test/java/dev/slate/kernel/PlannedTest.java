package dev.slate.kernel;

/** The strategy that the planner chooses by default. */
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

package dev.slate.kernel;

class AutoTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.AUTO;
  }

  @Override
  double heapFactor() {
    return 1.10 + 0.35;
  }
}

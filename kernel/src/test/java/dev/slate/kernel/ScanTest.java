package dev.slate.kernel;

class ScanTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.SCAN;
  }
}

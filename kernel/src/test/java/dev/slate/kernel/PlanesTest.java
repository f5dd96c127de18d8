package dev.slate.kernel;

class PlanesTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.PLANES;
  }

  @Override
  double heapFactor() {
    return 1.10 + 0.35;
  }
}

package dev.slate.kernel;

class PlanesTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.PLANES;
  }
}

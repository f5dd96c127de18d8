package dev.slate.kernel;

class QuantizedTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.QUANTIZED;
  }

  @Override
  double heapFactor() {
    return 1.10 + 0.35;
  }
}

package dev.slate.kernel;

class TreeTest extends StrategyContract {
  @Override
  Strategy strategy() {
    return Strategy.TREE;
  }
}

package example;

import dev.slate.sim.Selector;
import dev.slate.sim.SelectorContract;

class LoudestTest extends SelectorContract {
  @Override
  protected Selector selector() {
    return new Loudest();
  }
}

package dev.slate.kernel.planner;

import dev.slate.kernel.Strategy;
import dev.slate.kernel.quantized.QuantizedStrategy;
import dev.slate.kernel.scan.ScanStrategy;
import dev.slate.kernel.strategy.SearchStrategy;
import dev.slate.kernel.tree.TreeStrategy;
import java.util.List;

/**
 * The strategies there are. A new one is a package, a line in {@link #ALL}, and its public name in
 * {@link Strategy}.
 */
public final class Strategies {
  /** All of them; the first one serves where nothing speaks for another. */
  public static final List<SearchStrategy> ALL =
      List.of(new ScanStrategy(), new TreeStrategy(), new QuantizedStrategy());

  private Strategies() {}

  /** Finds a strategy by its public name. */
  public static SearchStrategy named(Strategy name, List<SearchStrategy> among) {
    return among.stream().filter(s -> s.name() == name).findFirst().orElseThrow();
  }
}

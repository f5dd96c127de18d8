package dev.slate.kernel.scan;

import dev.slate.kernel.Strategy;
import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.rows.Transposer;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.strategy.BuildInput;
import dev.slate.kernel.strategy.BuildSize;
import dev.slate.kernel.strategy.CostEstimate;
import dev.slate.kernel.strategy.SampleProfile;
import dev.slate.kernel.strategy.SearchCost;
import dev.slate.kernel.strategy.SearchStrategy;
import java.io.IOException;
import java.util.Map;

/** Streams every item; scores batches in tiles. Its cost depends on the size alone. */
public final class ScanStrategy implements SearchStrategy {
  // Prices: SearchCost tells their unit, and how they were fitted.
  private static final double CACHED_BYTE = 0.3;

  /** Cost of a block beyond that of its bytes, where these come from a core's own cache. */
  private static final double CACHED_BLOCK = 600;

  private static final double OFFER = 420;

  @Override
  public Strategy name() {
    return Strategy.SCAN;
  }

  @Override
  public Engine build(BuildInput input) {
    Blocks blocks = new Transposer(input.rows()).blocks(input.workers());
    return new ScanEngine(blocks, input.rows().dimensions());
  }

  /** The blocks, and the rows that each thread reads at once. */
  @Override
  public long peakBytes(BuildSize size) {
    return Blocks.bytes(size.n(), size.width())
        + size.threads() * Transposer.scratchBytes(size.width());
  }

  @Override
  public Engine read(ArrayReader in) throws IOException {
    return ScanEngine.read(in);
  }

  @Override
  public CostEstimate estimate(SampleProfile sample) {
    return new CostEstimate(costs(sample), Map.of());
  }

  /** Cost of a scan for each number of items wanted. */
  public static double[] costs(SampleProfile sample) {
    double bytes = sample.bytes();
    double price = SearchCost.ofByte(bytes, CACHED_BYTE);
    double blocks =
        (double) sample.n / Blocks.SIZE * CACHED_BLOCK * (1 - price) / (1 - CACHED_BYTE);
    double[] costs = new double[sample.wanted.length];
    for (int w = 0; w < costs.length; w++) {
      costs[w] = bytes * price + blocks + OFFER * SearchCost.offers(sample.wanted[w], sample.n);
    }
    return costs;
  }
}

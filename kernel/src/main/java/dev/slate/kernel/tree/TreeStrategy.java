package dev.slate.kernel.tree;

import dev.slate.kernel.Strategy;
import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.search.Counters;
import dev.slate.kernel.search.Engine;
import dev.slate.kernel.strategy.BuildInput;
import dev.slate.kernel.strategy.BuildSize;
import dev.slate.kernel.strategy.CostEstimate;
import dev.slate.kernel.strategy.SampleProfile;
import dev.slate.kernel.strategy.SearchCost;
import dev.slate.kernel.strategy.SearchStrategy;
import java.io.IOException;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Prunes boxes.
 *
 * <p><b>Estimate.</b> The cost of a search is
 *
 * <pre>
 *   fixed + visits x price of a visit + bytes x price of a byte + offers x price of an offer
 * </pre>
 *
 * <p>The counts come from two trees, of the sample and of a quarter of it. Each count is taken to
 * grow like a power of the number of items, with an exponent between 0 and 1 that the two trees
 * give. The exponent depends on the share k / n of the items that is wanted. It is measured at the
 * geometric mean of the two shares that matter, k / sample size and k / n. An extrapolated count is
 * limited to the share of the sample that a search of it for k x (sample size) / n items visits:
 * leaves of all items cover less space.
 */
public final class TreeStrategy implements SearchStrategy {
  /** Boxes of more attributes exclude nearly nothing, whatever the data. */
  private static final int MOST_DIMENSIONS = 32;

  /** Ratio of the two sizes of sample. */
  private static final int STEP = 4;

  // Prices: SearchCost tells their unit, and how they were fitted.
  private static final double FIXED = 6_000;
  private static final double VISIT = 320;
  private static final double CACHED_BYTE = 0.44;
  private static final double OFFER = 350;

  @Override
  public Strategy name() {
    return Strategy.TREE;
  }

  @Override
  public Engine build(BuildInput input) {
    return new TreeBuilder(input.rows(), input.workers()).build();
  }

  @Override
  public long peakBytes(BuildSize size) {
    return TreeBuilder.peakBytes(size);
  }

  @Override
  public Engine read(ArrayReader in) throws IOException {
    return TreeEngine.read(in);
  }

  @Override
  public @Nullable CostEstimate estimate(SampleProfile sample) {
    if (sample.d > MOST_DIMENSIONS) {
      return null;
    }
    int size = sample.size();
    int[] halfway = sample.scaled(Math.sqrt((double) size / sample.n / STEP));
    Engine engine = build(sample.input(size));
    Growth growth =
        new Growth(
            sample.search(build(sample.input(size / STEP)), size / STEP, halfway),
            sample.search(engine, size, halfway),
            sample.search(engine, size, sample.wanted),
            sample.search(engine, size, sample.scaled((double) size / sample.n)),
            (double) sample.n / size);
    double price = SearchCost.ofByte(sample.bytes(), CACHED_BYTE);
    double[] costs = new double[sample.wanted.length];
    for (int w = 0; w < costs.length; w++) {
      double scored = growth.of(w, c -> c.itemsScored);
      costs[w] =
          FIXED
              + growth.of(w, c -> c.blocksVisited) * VISIT
              + growth.of(w, c -> c.bytesRead) * price
              + SearchCost.offers(sample.wanted[w], scored) * OFFER;
    }
    return new CostEstimate(costs, Map.of());
  }

  /**
   * Extrapolates counts to all items.
   *
   * @param few counts in the tree of a quarter of the sample, with k / n at the geometric mean
   * @param many counts in the tree of the sample, for the same k
   * @param whole counts in the tree of the sample, for k as wanted
   * @param share counts in the tree of the sample, for k scaled to its size
   * @param larger ratio of the number of all items to the size of the sample
   */
  record Growth(
      Counters[] few, Counters[] many, Counters[] whole, Counters[] share, double larger) {

    double of(int w, ToLongFunction<Counters> count) {
      double step = Math.max(1, count.applyAsLong(many[w]));
      double factor = Math.clamp(step / Math.max(1, count.applyAsLong(few[w])), 1.0, STEP);
      double grown = Math.pow(factor, Math.log(larger) / Math.log(STEP));
      double sampled = count.applyAsLong(whole[w]);
      return Math.min(sampled * grown, Math.max(sampled, count.applyAsLong(share[w]) * larger));
    }
  }
}

package dev.slate.kernel.quantized;

import dev.slate.kernel.Strategy;
import dev.slate.kernel.file.ArrayReader;
import dev.slate.kernel.layout.Blocks;
import dev.slate.kernel.scan.ScanStrategy;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prunes with certified bounds from short codes, and computes the canonical scores of the rest.
 *
 * <p><b>Estimate.</b> The cost of a search is
 *
 * <pre>
 *   fixed + visits x price of a visit + bytes x price of a byte + offers x price of an offer
 *         + clusters x price of a centre + items scored x price of a row
 * </pre>
 *
 * <p>The counts come from an index of a part of the sample with as many clusters as all items have.
 * Then the same share of blocks is visited for the same share of the items. Where that is less than
 * one item of the sample, counts fall from one item on as they do from four to one.
 *
 * <p><b>Settings.</b> {@value #SCAN_FROM_K}: queries for this many items or more are answered by a
 * scan of the rows, which the layout holds anyway. {@value #TILED_BATCHES}: 1 where a batch is
 * scored in tiles, as the codes exclude too little, 0 where its queries are searched one by one;
 * unless it is set, batches are scored in tiles where there are packed codes. There nearly all
 * codes are read for each query, which takes as long as to score the query in a tile or up to twice
 * as long (GloVe's 340,479 x 100 and 1m x 64 Gaussian attributes on Zen 3, one thread and two).
 */
public final class QuantizedStrategy implements SearchStrategy {
  /** Setting: least k that is answered by a scan. */
  public static final String SCAN_FROM_K = "scanFromK";

  /** Setting: 1 where batches are scored in tiles. */
  public static final String TILED_BATCHES = "tiledBatches";

  /** With fewer attributes, codes save few bytes beyond their overhead. */
  private static final int FEWEST_DIMENSIONS = 8;

  /** One sampled item in this many is tried: the build takes longer than a tree's. */
  private static final int SAMPLE_SHARE = 4;

  private static final int FEWEST_SAMPLED = 4_096;

  /** Ratio of the two numbers of items by whose counts smaller ones are extrapolated. */
  private static final int STEP = 4;

  /** Cost of a query in a batch that is scored in tiles, in scans; at least. */
  private static final double TILES = 0.2;

  /** Index of the number of items that batches are expected to want: the second, 10 by default. */
  private static final int TYPICAL = 1;

  private static final double FIXED = 42_000;
  private static final double VISIT = 1_850;
  private static final double VISIT_ATTRIBUTE = 13.5;
  private static final double CACHED_BYTE = 0.33;
  private static final double OFFER = 240;
  private static final double CENTRE = 58;
  private static final double ROW = 12;
  private static final double ROW_BYTE = 0.83;

  /** Bytes of rows beyond which those scored one by one come from memory. */
  private static final double FAR = 1 << 24;

  private static final int LINE = 64;

  @Override
  public Strategy name() {
    return Strategy.QUANTIZED;
  }

  @Override
  public Engine build(BuildInput input) {
    int scanFrom = input.settings().getOrDefault(SCAN_FROM_K, QuantizedEngine.NEVER);
    QuantizedEngine engine =
        new QuantizedBuilder(input.rows(), input.dot(), input.workers()).build();
    int tiled = input.settings().getOrDefault(TILED_BATCHES, engine.packed == null ? 0 : 1);
    return engine.serving(tiled != 0, scanFrom);
  }

  @Override
  public long peakBytes(BuildSize size) {
    return QuantizedBuilder.peakBytes(size);
  }

  @Override
  public Engine read(ArrayReader in) throws IOException {
    return QuantizedEngine.read(in);
  }

  @Override
  public @Nullable CostEstimate estimate(SampleProfile sample) {
    if (sample.d < FEWEST_DIMENSIONS) {
      return null;
    }
    double[] costs = codes(sample);
    double[] scans = ScanStrategy.costs(sample);
    Map<String, Integer> settings = new TreeMap<>();
    int typical = Math.min(TYPICAL, costs.length - 1);
    if (costs[typical] > TILES * scans[typical]) {
      settings.put(TILED_BATCHES, 1);
    }
    for (int w = 0; w < costs.length; w++) {
      if (costs[w] > scans[w]) {
        settings.putIfAbsent(SCAN_FROM_K, sample.wanted[w]);
      }
      if (settings.containsKey(SCAN_FROM_K)) {
        costs[w] = scans[w];
      }
    }
    return new CostEstimate(costs, settings);
  }

  private static double[] codes(SampleProfile sample) {
    int size = Math.min(sample.size(), Math.max(FEWEST_SAMPLED, sample.size() / SAMPLE_SHARE));
    BuildInput input = sample.input(size);
    Engine engine =
        new QuantizedBuilder(input.rows(), input.dot(), input.workers()).sampleOf(sample.n).build();
    int[] share = sample.scaled((double) size / sample.n);
    Counters[] looked = sample.search(engine, size, share);
    Counters four = sample.search(engine, size, new int[] {STEP})[0];
    double[] costs = new double[share.length];
    for (int w = 0; w < costs.length; w++) {
      costs[w] = cost(sample.n, sample.d, size, sample.wanted[w], looked[w], four);
    }
    return costs;
  }

  /**
   * Estimates the cost of a search of all items.
   *
   * @param n number of items
   * @param d number of attributes
   * @param size items of the sample
   * @param k number of items wanted
   * @param looked counts of a search of the sample for the same share of its items, at least one
   * @param four counts of a search of the sample for four items
   */
  static double cost(double n, int d, int size, int k, Counters looked, Counters four) {
    double less = Math.min(1, k * (double) size / n);
    double rowBytes = (double) d * Float.BYTES;
    double visited = Math.max(1, looked.blocksVisited);
    double pieces = visited + looked.blocksPruned;
    double clusters = Math.max(0, pieces - (double) size / Blocks.SIZE);
    double fewer = fall(looked.blocksVisited, four.blocksVisited, less);
    double visits = fewer * visited / pieces * (n / Blocks.SIZE + clusters);
    double centres = clusters * d;
    double bytes = centres + Math.max(0, looked.bytesRead - centres) / visited * visits;
    double scored =
        fall(looked.itemsScored, four.itemsScored, less) * looked.itemsScored * n / size;
    double row = ROW + (n * rowBytes < FAR ? 0 : Math.max(0, rowBytes - LINE) * ROW_BYTE);
    return FIXED
        + visits * (VISIT + VISIT_ATTRIBUTE * d)
        + bytes * SearchCost.ofByte(n * rowBytes, CACHED_BYTE)
        + SearchCost.offers(k, scored) * OFFER
        + clusters * CENTRE
        + scored * row;
  }

  /** Factor by which a count falls from one item to a share of an item. */
  private static double fall(long one, long four, double share) {
    double factor = Math.clamp((double) Math.max(1, four) / Math.max(1, one), 1.0, STEP);
    return Math.pow(factor, Math.log(share) / Math.log(STEP));
  }
}

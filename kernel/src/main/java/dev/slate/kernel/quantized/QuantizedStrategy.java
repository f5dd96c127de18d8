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
 *         + items whose codes are read by themselves x price of a cache miss
 * </pre>
 *
 * <p>The counts come from a trial: an index of a part of the sample with as many clusters as all
 * items would have, trained on the rest of the sample, and with a sketch or packed codes where all
 * items would have them. A search of the trial for the same share of its items visits the same
 * share of pieces, and leaves the same share of items behind each level of codes. The first block
 * is scored whole whatever the number of items. Where the share is less than one item of the trial,
 * counts follow the power law between those for four items and for one.
 *
 * <p>Pieces are counted, not blocks: a block of the trial holds pieces of several clusters.
 *
 * <p><b>Settings.</b> {@value #SCAN_FROM_K}: queries for this many items or more are answered by a
 * scan of the rows, which the layout holds anyway. {@value #TILED_BATCHES}: 1 where a batch is
 * scored in tiles, as the codes exclude too little, 0 where its queries are searched one by one;
 * unless it is set, batches are scored in tiles where there are packed codes. There nearly all
 * codes are read for each query, which takes at least as long as to score the query in a tile.
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

  // Prices: SearchCost tells their unit, and how they were fitted.
  private static final double FIXED = 42_000;
  private static final double VISIT = 1_850;
  private static final double VISIT_ATTRIBUTE = 13.5;

  /**
   * The same of packed codes; chosen between the prices of Gaussian attributes and of word vectors,
   * on processors with vectors of 256 and of 512 bits.
   */
  private static final double VISIT_PACKED = 30;

  private static final double CACHED_BYTE = 0.33;

  /**
   * An item whose codes are read by themselves, with a cache miss or two, beside their bytes;
   * chosen between the prices on two processors, one of which streams a byte in a third of the
   * time.
   */
  private static final double SCATTERED = 2_600;

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
    QuantizedEngine engine =
        new QuantizedBuilder(input.rows(), input.dot(), input.workers())
            .sampleOf(sample.n, sample.others(size))
            .build();
    Trial trial = Trial.of(engine);
    Counters[] looked = sample.search(engine, size, sample.scaled((double) size / sample.n));
    Counters four = sample.search(engine, size, new int[] {STEP})[0];
    double[] costs = new double[looked.length];
    for (int w = 0; w < costs.length; w++) {
      costs[w] = cost(sample.n, sample.d, sample.wanted[w], trial, looked[w], four);
    }
    return costs;
  }

  /**
   * An index of sampled items, as far as the counts of its searches depend on it.
   *
   * @param size number of items
   * @param clusters number of clusters
   * @param pieces number of pieces of clusters
   * @param centreBytes of the codes of all centres
   * @param blockBytes of the codes of a block that a visit reads first
   * @param itemBytes of the codes of an item that are read by themselves; 0 where there are no
   *     packed codes
   */
  record Trial(
      int size, int clusters, int pieces, long centreBytes, int blockBytes, int itemBytes) {

    static Trial of(QuantizedEngine engine) {
      Clusters clusters = engine.clusters;
      CodedRows first = engine.sketch == null ? engine.full : engine.sketch;
      return new Trial(
          engine.blocks.size(),
          clusters.count(),
          clusters.firstPiece[clusters.count()],
          clusters.centres.bytes(),
          engine.packed == null ? first.codes.stride() : engine.packed.stride(),
          engine.packed == null ? 0 : engine.full.codes.rows());
    }

    double visited(Counters counts) {
      return Math.max(1, pieces - counts.blocksPruned);
    }

    /** Items that were scored, without those of the first block. */
    double scored(Counters counts) {
      return Math.max(0, counts.itemsScored - Blocks.SIZE);
    }

    /**
     * Bytes that were read of items that the first codes did not exclude, without the rows of the
     * first block.
     */
    double left(Counters counts, double rowBytes) {
      double first = (double) counts.blocksVisited * blockBytes + Blocks.SIZE * rowBytes;
      return Math.max(0, counts.bytesRead - centreBytes - first);
    }
  }

  /**
   * Estimates the cost of a search of all items.
   *
   * @param n number of items
   * @param d number of attributes
   * @param k number of items wanted
   * @param trial the index of the sample
   * @param looked counts of a search of it for the same share of its items, at least one
   * @param four counts of a search of it for four items
   */
  static double cost(double n, int d, int k, Trial trial, Counters looked, Counters four) {
    double less = Math.min(1, k * (double) trial.size / n);
    double larger = n / trial.size;
    double rowBytes = (double) d * Float.BYTES;
    double share = extrapolated(trial.visited(looked), trial.visited(four), less) / trial.pieces;
    double visits = share * (n / Blocks.SIZE + trial.clusters * (1 - share));
    double others = larger * extrapolated(trial.scored(looked), trial.scored(four), less);
    double left =
        larger * extrapolated(trial.left(looked, rowBytes), trial.left(four, rowBytes), less);
    double scattered =
        trial.itemBytes > 0 ? Math.max(0, left - others * rowBytes) / trial.itemBytes : 0;
    double scored = Math.min(n, Blocks.SIZE + others);
    double bytes = trial.centreBytes + visits * trial.blockBytes + left;
    double row = ROW + (n * rowBytes < FAR ? 0 : Math.max(0, rowBytes - LINE) * ROW_BYTE);
    return FIXED
        + visits * (VISIT + (trial.itemBytes > 0 ? VISIT_PACKED : VISIT_ATTRIBUTE) * d)
        + bytes * SearchCost.ofByte(n * rowBytes, CACHED_BYTE)
        + scattered * SCATTERED
        + SearchCost.offers(k, scored) * OFFER
        + trial.clusters * CENTRE
        + scored * row;
  }

  /** A count for a share of an item, which falls from one item on as it does from four to one. */
  private static double extrapolated(double one, double four, double share) {
    double factor = Math.clamp(Math.max(1, four) / Math.max(1, one), 1.0, STEP);
    return one * Math.pow(factor, Math.log(share) / Math.log(STEP));
  }
}

package dev.slate.kernel;

import dev.slate.kernel.layout.Blocks;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * What a search costs, from what it looks at: in the time in which a scan reads a byte from behind
 * the caches.
 *
 * <pre>
 *   cost = fixed + visits x cost of a visit + bytes x cost of a byte + offers x cost of an offer
 *          + cells x cost of a cell + rows x cost of a row
 * </pre>
 *
 * <p>Prices are ratios of times, fitted to searches on one processor; on another they are a guess,
 * and only speed depends on them. A search makes many offers to its selection at first and ever
 * fewer, k (1 + ln(scored / k)) in all, if items come in no order. Strategies that prune meet the
 * near items first, which makes an offer cheaper.
 *
 * <p>What is looked at is known for samples only. <b>Trees</b> are tried at two sizes. Between the
 * two each count grows like a power of the size, between 0 and 1; the power is taken to go on up to
 * n. It falls with the share of the items that is wanted, which falls as n grows, so it is measured
 * for the share that is wanted halfway. That misses what changes with the size: a thousand
 * neighbours may fill a cluster of the catalogue, but many of the sample. The same share of the
 * sample lies as near as the thousand do, so all items, whose leaves are smaller, need at most the
 * same share of work: the lower of the two counts. <b>Planes</b> can be given as many cells for a
 * sample as they have for all items; then the same share of pieces is visited for the same share of
 * the items. Where that is less than one item of the sample, counts fall from one item on as they
 * do from four to one.
 */
final class CostModel {
  /** What a byte costs that is found in a cache. */
  static final double CACHED_BYTE = 0.3;

  /** What a block costs a scan besides, where memory does not hide it. */
  private static final double BLOCK = 600;

  private static final double SCAN_OFFER = 420;

  /** What a cell costs planes, which look at each. */
  private static final double CELL = 58;

  /** Of more bytes than these, what lies apart comes slower than what lies together. */
  private static final long FAR = 1L << 24;

  /** What a byte of a row costs planes besides, if it is far, behind the row's first line. */
  private static final double ROW_BYTE = 0.83;

  /** What it costs planes to score an item. */
  private static final double ITEM = 12;

  private static final int LINE = 64;

  /** How many times more, of two sizes of a sample or numbers wanted, to see how counts grow. */
  static final int STEP = 4;

  private static final Prices TREE = new Prices(6_000, 320, 0, 0.44, 350);
  private static final Prices PLANES = new Prices(42_000, 1_850, 13.5, 0.33, 240);

  /**
   * What it costs to prune.
   *
   * @param fixed before the first visit
   * @param visit of a block or a node
   * @param attribute of a visit, besides, for each of d
   * @param cachedByte where bytes lie in a core's caches
   * @param offer of a candidate
   */
  private record Prices(
      double fixed, double visit, double attribute, double cachedByte, double offer) {}

  private final int n;
  private final int d;
  private final int rowBytes;
  private final double bytes;
  private final boolean cached;

  /**
   * Models searches of a catalogue.
   *
   * @param n number of items
   * @param d number of attributes
   * @param cached whether a scan finds them in a cache
   */
  CostModel(int n, int d, boolean cached) {
    this.n = n;
    this.d = d;
    this.rowBytes = d * Float.BYTES;
    this.bytes = (double) n * rowBytes;
    this.cached = cached;
  }

  /** What scans cost, for each number of items wanted. */
  double[] scan(int[] wanted) {
    double streamed = cached ? bytes * CACHED_BYTE + n * BLOCK / Blocks.SIZE : bytes;
    return Arrays.stream(wanted).mapToDouble(k -> streamed + SCAN_OFFER * offers(k, n)).toArray();
  }

  /**
   * What searches of a tree of all items cost.
   *
   * @param few what searches of a quarter of the sample look at, for the shares wanted halfway
   * @param many what searches of the sample look at, for the same numbers
   * @param whole what searches of the sample look at, for each number wanted
   * @param near what searches of the sample for the same share of its items look at
   * @param size items of the sample
   * @param wanted numbers of items
   */
  double[] tree(
      SearchStats[] few,
      SearchStats[] many,
      SearchStats[] whole,
      SearchStats[] near,
      int size,
      int[] wanted) {
    double[] costs = new double[wanted.length];
    for (int w = 0; w < costs.length; w++) {
      SearchStats[] looked = {few[w], many[w], whole[w], near[w]};
      double visits = grown(looked, SearchStats::blocksVisited, size);
      double read = grown(looked, SearchStats::bytesRead, size);
      double scored = grown(looked, SearchStats::itemsScored, size);
      costs[w] = cost(TREE, visits, read, offers(wanted[w], scored));
    }
    return costs;
  }

  /**
   * What searches of planes of all items cost.
   *
   * @param near what searches look at of a sample in as many cells, for the same share of items,
   *     but at least for one
   * @param four what they look at for four items
   * @param size items of the sample
   * @param wanted numbers of items
   */
  double[] planes(SearchStats[] near, SearchStats four, int size, int[] wanted) {
    double row = ITEM + (bytes < FAR ? 0 : Math.max(0, rowBytes - LINE) * ROW_BYTE);
    double[] costs = new double[wanted.length];
    for (int w = 0; w < costs.length; w++) {
      SearchStats looked = near[w];
      double share = Math.min(1, (double) wanted[w] * size / n);
      double visited = Math.max(1, looked.blocksVisited());
      double pieces = visited + looked.blocksPruned();
      double cells = Math.max(0, pieces - (double) size / Blocks.SIZE);
      double fewer = growth(looked.blocksVisited(), four.blocksVisited(), share);
      double visits = fewer * visited / pieces * ((double) n / Blocks.SIZE + cells);
      double centres = cells * d;
      double read = centres + Math.max(0, looked.bytesRead() - centres) / visited * visits;
      double less = growth(looked.itemsScored(), four.itemsScored(), share);
      double scored = less * looked.itemsScored() * n / size;
      costs[w] =
          cost(PLANES, visits, read, offers(wanted[w], scored)) + cells * CELL + scored * row;
    }
    return costs;
  }

  private double cost(Prices prices, double visits, double read, double offers) {
    return prices.fixed
        + visits * (prices.visit + prices.attribute * d)
        + read * (cached ? prices.cachedByte : 1)
        + offers * prices.offer;
  }

  /**
   * A count of the sample that goes on to grow as from few to many, but neither falls nor outgrows
   * n, nor what is as near in the sample, times n / size.
   *
   * @param looked few, many, whole and near, as in {@link #tree}
   */
  private double grown(SearchStats[] looked, ToLongFunction<SearchStats> counter, int size) {
    double whole = counter.applyAsLong(looked[2]);
    double near = counter.applyAsLong(looked[3]);
    double larger = (double) n / size;
    double factor = growth(counter.applyAsLong(looked[0]), counter.applyAsLong(looked[1]), larger);
    return Math.min(whole * factor, Math.max(whole, near * larger));
  }

  /** By what a count grows that goes like a power, from few to many in one {@link #STEP}. */
  private static double growth(long few, long many, double larger) {
    double factor = Math.clamp((double) Math.max(1, many) / Math.max(1, few), 1.0, STEP);
    return Math.pow(factor, Math.log(larger) / Math.log(STEP));
  }

  /** How often an item is among the k best so far. */
  private static double offers(int k, double scored) {
    return k * (1 + Math.log(Math.max(1, scored / k)));
  }
}

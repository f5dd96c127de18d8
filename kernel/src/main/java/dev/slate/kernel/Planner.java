package dev.slate.kernel;

import dev.slate.kernel.simd.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses a strategy by trying: indexes a sample of the items each way, searches it for items that
 * were left out of it, and compares the bytes that had to be read.
 *
 * <p>What a strategy reads of a sample says little of what it reads of all items, because pruning
 * gets better with n. So each strategy is tried at two sizes, m / 4 and m; the power of n between
 * the two is taken to go on up to n. The counters, not a clock, decide: the same items give the
 * same plan on every run and machine. How many items a query will want is not known either: the
 * strategy is taken that is never far behind the best one for any of several numbers (minimax
 * regret). Deciding by a trial on a sample is the idea of OPTIMUS (Abuzaid et al., arXiv
 * 1706.01449).
 */
final class Planner {
  /** Below this many items a plan is not worth a trial. */
  private static final int SMALL = 2_048;

  /** Of this many items all are a sample, of more one in {@link #SAMPLED}. */
  private static final int FEW = 1 << 14;

  private static final int SAMPLED = 16;
  private static final int MAX_SAMPLE = 1 << 16;
  private static final int SAMPLE_FLOATS = 1 << 21;

  /** Rows that are read together. */
  private static final int RUN = 16;

  private static final int QUERIES = 16;

  /** Pruning depends on how many items are wanted; a plan has to do for one and for a few. */
  private static final int[] WANTED = {1, 10};

  /** From here on boxes are hopeless. */
  private static final int MAX_TREE = 32;

  /** Below this a code is hardly smaller than what comes with it. */
  private static final int MIN_PLANES = 8;

  /** A scan of so many bytes finds them in the caches of a core, and is much the faster for it. */
  private static final long CACHED = 2L << 20;

  /** What a byte of a tree, which is jumped to, costs where a scan streams from a cache. */
  private static final double CACHED_TREE_BYTE = 2;

  /** What a byte of codes, which costs more work than floats, costs where a scan does so. */
  private static final double CACHED_CODE_BYTE = 4;

  /** What an item costs planes besides its codes, in attributes. */
  private static final double CODE_ITEM = 24;

  /** Planes look at each of their cells: they cost as much as one item in so many, at least. */
  private static final double CELL_ITEMS = 64;

  /** What a search of planes costs before the first code is read, in bytes of a scan. */
  private static final double PREPARED = 1 << 16;

  /** What a query costs in a batch that is scored in tiles, at least, in units of a scan. */
  private static final double TILES = 0.2;

  /** Planes must cost at most so much of what others do, since they are slow to build. */
  private static final double WORTH = 0.8;

  private static final String STREAMED =
      "so every item is streamed for a query on its own, and scored in tiles for a batch";

  private final Catalog items;
  private final Metric metric;

  /** Floats of a sampled row: the attributes, and the bias where there is one. */
  private final int width;

  Planner(Catalog items, Metric metric) {
    this.items = items;
    this.metric = metric;
    this.width = items.dimensions() + (items.hasBias() ? 1 : 0);
  }

  /**
   * What was chosen.
   *
   * @param plan the strategy, and why
   * @param tiles whether a batch is better scored whole, in tiles
   */
  record Choice(Plan plan, boolean tiles) {}

  Choice choose() {
    int n = items.size();
    int d = items.dimensions();
    if (n < SMALL) {
      return tiles(n + " items are too few to prune", STREAMED);
    }
    int most = Math.clamp(n / SAMPLED, FEW, MAX_SAMPLE);
    int m = Math.min(n - QUERIES, Math.clamp(SAMPLE_FLOATS / d, SMALL, most)) / 4 * 4;
    float[] rows = sample(m + QUERIES);
    List<String> reasons = new ArrayList<>();
    if (!Simd.rows().finite(rows, rows.length)) {
      return tiles("a sample of the items is not finite");
    }
    List<Costs> costs = new ArrayList<>();
    costs.add(new Costs(Strategy.TILE, new double[] {1, 1}));
    if (d <= MAX_TREE) {
      double[] shares = shares(Strategy.TREE, rows, m);
      reasons.add(said("a tree", shares));
      costs.add(new Costs(Strategy.TREE, tree(shares)));
    }
    if (d >= MIN_PLANES) {
      double[] shares = shares(Strategy.PLANES, rows, m);
      reasons.add(said("planes", shares));
      costs.add(new Costs(Strategy.PLANES, planes(shares)));
    }
    Costs best = leastRegret(costs);
    boolean tiles =
        best.strategy == Strategy.TILE || (best.strategy == Strategy.PLANES && best.last() > TILES);
    if (best.strategy == Strategy.TILE) {
      reasons.add(STREAMED);
    } else if (tiles) {
      reasons.add("a batch is scored in tiles");
    }
    reasons.add("estimated from " + m + " of " + n + " items");
    return new Choice(new Plan(best.strategy, reasons), tiles);
  }

  private static Choice tiles(String... reasons) {
    return new Choice(new Plan(Strategy.TILE, List.of(reasons)), true);
  }

  /**
   * What a strategy costs.
   *
   * @param each in units of a scan, for each number of items {@link #WANTED}
   */
  private record Costs(Strategy strategy, double[] each) {
    double last() {
      return each[each.length - 1];
    }

    /** How many times the lowest costs it costs, at worst. */
    double regret(double[] lowest) {
      return IntStream.range(0, each.length)
          .mapToDouble(w -> each[w] / lowest[w])
          .max()
          .orElseThrow();
    }
  }

  private double[] tree(double[] shares) {
    double perByte = cached() ? CACHED_TREE_BYTE : 1;
    return Arrays.stream(shares).map(share -> share * perByte).toArray();
  }

  private double[] planes(double[] shares) {
    double perByte = cached() ? CACHED_CODE_BYTE : 1 + CODE_ITEM / items.dimensions();
    double before = PREPARED / bytes();
    return Arrays.stream(shares)
        .map(share -> (Math.max(share, 1 / CELL_ITEMS) * perByte + before) / WORTH)
        .toArray();
  }

  private boolean cached() {
    return bytes() <= CACHED;
  }

  private double bytes() {
    return (double) items.size() * items.dimensions() * Float.BYTES;
  }

  /** The strategy that is never much slower than the best one, whichever that is. */
  private static Costs leastRegret(List<Costs> costs) {
    double[] lowest = new double[WANTED.length];
    Arrays.setAll(lowest, w -> costs.stream().mapToDouble(c -> c.each[w]).min().orElseThrow());
    return Collections.min(costs, Comparator.comparingDouble(c -> c.regret(lowest)));
  }

  private static String said(String strategy, double[] shares) {
    return String.format(
        Locale.ROOT,
        "%s would read %.3g %% of the bytes of a scan",
        strategy,
        100 * shares[shares.length - 1]);
  }

  /** The bytes that a strategy would read of all items, in units of what a scan reads. */
  private double[] shares(Strategy strategy, float[] rows, int m) {
    double[] quarter = trial(strategy, rows, m, m / 4);
    double[] whole = trial(strategy, rows, m, m);
    double[] shares = new double[WANTED.length];
    for (int w = 0; w < shares.length; w++) {
      double power = Math.clamp(Math.log(quarter[w] / whole[w]) / Math.log(4), 0.0, 1.0);
      shares[w] = Math.min(quarter[w], whole[w]) * Math.pow((double) m / items.size(), power);
    }
    return shares;
  }

  private double[] trial(Strategy strategy, float[] rows, int m, int size) {
    int d = items.dimensions();
    float[] row = new float[d];
    CatalogBuilder some = Catalog.builder(d);
    for (int i = 0; i < size; i++) {
      int at = (int) ((long) i * m / size) * width;
      System.arraycopy(rows, at, row, 0, d);
      some.add(row);
      if (width > d) {
        some.bias(rows[at + d]);
      }
    }
    Searcher searcher =
        Index.builder(some.build()).metric(metric).strategy(strategy).build().searcher();
    double[] shares = new double[WANTED.length];
    for (int w = 0; w < shares.length; w++) {
      Slate slate = new Slate(WANTED[w]);
      long bytes = 0;
      for (int i = 0; i < QUERIES; i++) {
        System.arraycopy(rows, (m + i) * width, row, 0, d);
        searcher.search(row, slate);
        bytes += searcher.stats().bytesRead();
      }
      shares[w] = bytes / ((double) QUERIES * size * d * Float.BYTES);
    }
    return shares;
  }

  /** Rows from all over the catalogue, in random order. */
  private float[] sample(int count) {
    int d = items.dimensions();
    int n = items.size();
    float[] rows = new float[count * width];
    float[] read = new float[RUN * d];
    SplittableRandom random = new SplittableRandom(n);
    for (int at = 0; at < count; at += RUN) {
      int run = Math.min(RUN, count - at);
      long lowest = (long) at * (n - run) / count;
      long highest = (long) (at + run) * (n - run) / count;
      int first = (int) (lowest + random.nextLong(Math.max(1, highest - lowest)));
      items.copyRows(first, run, read, 0);
      for (int i = 0; i < run; i++) {
        System.arraycopy(read, i * d, rows, (at + i) * width, d);
        if (width > d) {
          rows[(at + i) * width + d] = items.bias(first + i);
        }
      }
    }
    float[] swap = new float[width];
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      System.arraycopy(rows, i * width, swap, 0, width);
      System.arraycopy(rows, other * width, rows, i * width, width);
      System.arraycopy(swap, 0, rows, other * width, width);
    }
    return rows;
  }
}

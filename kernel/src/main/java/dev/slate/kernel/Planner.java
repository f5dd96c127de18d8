package dev.slate.kernel;

import dev.slate.kernel.simd.Simd;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Chooses a strategy by trying: indexes a sample of the items each way, searches it for items that
 * were left out of it, and compares the bytes that had to be read.
 *
 * <p>What a strategy reads of a sample says little of what it reads of all items, because pruning
 * gets better with n. So each strategy is tried at two sizes, m / 4 and m; the power of n between
 * the two is taken to go on up to n. The counters, not a clock, decide: the same items give the
 * same plan on every run and machine. Deciding by a trial on a sample is the idea of OPTIMUS
 * (Abuzaid et al., arXiv 1706.01449).
 */
final class Planner {
  /** Below this many items a plan is not worth a trial. */
  private static final int SMALL = 2_048;

  private static final int MAX_SAMPLE = 1 << 14;
  private static final int SAMPLE_FLOATS = 1 << 21;

  /** Rows that are read together. */
  private static final int RUN = 16;

  private static final int QUERIES = 16;
  private static final int K = 10;

  /** From here on boxes are hopeless. */
  private static final int MAX_TREE = 32;

  /** Below this a code is hardly smaller than what comes with it. */
  private static final int MIN_PLANES = 12;

  /** A byte that is jumped to costs more than one that is streamed. */
  private static final double JUMP = 1.3;

  /** A byte of codes costs more work than a byte of floats. */
  private static final double CODES = 2.2;

  /** What a search of planes costs before the first code is read, in bytes of a scan. */
  private static final double PREPARED = 1 << 18;

  /** What a query costs in a batch that is scored in tiles, at least, in units of a scan. */
  private static final double TILES = 0.25;

  /** Planes must come below this, since they are slow to build. */
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
    int m = Math.min(n - QUERIES, Math.clamp(SAMPLE_FLOATS / d, SMALL, MAX_SAMPLE)) / 4 * 4;
    float[] rows = sample(m + QUERIES);
    List<String> reasons = new ArrayList<>();
    if (!Simd.rows().finite(rows, rows.length)) {
      return tiles("a sample of the items is not finite");
    }
    Strategy best = Strategy.TILE;
    boolean tiles = true;
    double least = 1;
    if (d <= MAX_TREE) {
      double share = share(Strategy.TREE, rows, m);
      reasons.add(said("a tree", share));
      if (JUMP * share < least) {
        best = Strategy.TREE;
        tiles = false;
        least = JUMP * share;
      }
    }
    if (d >= MIN_PLANES) {
      double share = share(Strategy.PLANES, rows, m);
      reasons.add(said("planes", share));
      double cost = CODES * share + PREPARED / ((double) n * d * Float.BYTES);
      if (cost < Math.min(least, WORTH)) {
        best = Strategy.PLANES;
        tiles = cost > TILES;
      }
    }
    if (best == Strategy.TILE) {
      reasons.add(STREAMED);
    } else if (tiles) {
      reasons.add("a batch is scored in tiles");
    }
    reasons.add("estimated from " + m + " of " + n + " items");
    return new Choice(new Plan(best, reasons), tiles);
  }

  private static Choice tiles(String... reasons) {
    return new Choice(new Plan(Strategy.TILE, List.of(reasons)), true);
  }

  private static String said(String strategy, double share) {
    return String.format(
        Locale.ROOT, "%s would read %.3g %% of the bytes of a scan", strategy, 100 * share);
  }

  /** The bytes that a strategy would read of all items, in units of what a scan reads. */
  private double share(Strategy strategy, float[] rows, int m) {
    double quarter = trial(strategy, rows, m, m / 4);
    double whole = trial(strategy, rows, m, m);
    double power = Math.clamp(Math.log(quarter / whole) / Math.log(4), 0.0, 1.0);
    return Math.min(quarter, whole) * Math.pow((double) m / items.size(), power);
  }

  private double trial(Strategy strategy, float[] rows, int m, int size) {
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
    Slate slate = new Slate(K);
    long bytes = 0;
    for (int i = 0; i < QUERIES; i++) {
      System.arraycopy(rows, (m + i) * width, row, 0, d);
      searcher.search(row, slate);
      bytes += searcher.stats().bytesRead();
    }
    return bytes / ((double) QUERIES * size * d * Float.BYTES);
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

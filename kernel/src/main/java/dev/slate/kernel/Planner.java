package dev.slate.kernel;

import dev.slate.kernel.simd.Simd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Chooses a strategy by trying: indexes a sample of the items each way, searches it for items that
 * were left out of it, and estimates from what was looked at what a search of all items costs.
 *
 * <p>{@link CostModel} knows how pruning gets better with n. The counters, not a clock, decide: the
 * same items give the same plan on every run and machine. Where it is not known how many items a
 * query will want, the strategy is taken that is never far behind the best one for any of several
 * numbers (minimax regret). Deciding by a trial on a sample is the idea of OPTIMUS (Abuzaid et al.,
 * arXiv 1706.01449).
 */
final class Planner {
  /** Planes never answer by a scan. */
  static final int NEVER = Integer.MAX_VALUE;

  /** Below this many items a plan is not worth a trial. */
  private static final int SMALL = 2_048;

  /** Pruning depends on how many items are wanted; a plan has to do for all of these. */
  private static final int[] WANTED = {1, 10, 100, 1_000};

  /** More than one item in so many is rarely wanted. */
  private static final int SHARE = 10;

  /** Which of several numbers a batch is expected to want. */
  private static final int TYPICAL = 1;

  /** From here on boxes are hopeless. */
  private static final int MAX_TREE = 32;

  /** Below this a code is hardly smaller than what comes with it. */
  private static final int MIN_PLANES = 8;

  /** What a query costs in a batch that is scored in tiles, at least, in units of a scan. */
  private static final double TILES = 0.2;

  /**
   * What prunes must cost at most so much of a scan, since it is slower to build and to search in
   * batches.
   */
  private static final double WORTH = 0.96;

  private static final String STREAMED =
      "so every item is streamed for a query on its own, and scored in tiles for a batch";

  private final Catalog items;
  private final Metric metric;
  private final int[] wanted;

  /**
   * Prepares to plan.
   *
   * @param items what will be searched
   * @param metric how items are scored
   * @param k how many items queries will want; 0 if that is not known
   */
  Planner(Catalog items, Metric metric, int k) {
    this.items = items;
    this.metric = metric;
    this.wanted =
        k > 0
            ? new int[] {Math.min(k, Math.max(1, items.size()))}
            : Arrays.stream(WANTED).filter(w -> w <= items.size() / SHARE).toArray();
  }

  /**
   * What was chosen.
   *
   * @param plan the strategy, and why
   * @param tiles whether a batch is better scored whole, in tiles
   * @param scanFrom planes answer a query for so many items or more by a scan; {@link #NEVER}
   */
  record Choice(Plan plan, boolean tiles, int scanFrom) {}

  Choice choose() {
    int n = items.size();
    int d = items.dimensions();
    if (n < SMALL) {
      return tiles(n + " items are too few to prune", STREAMED);
    }
    boolean boxes = d <= MAX_TREE;
    Trial trial = new Trial(items, metric, boxes);
    if (!Simd.rows().finite(trial.rows, trial.rows.length)) {
      return tiles("a sample of the items is not finite");
    }
    CostModel model = new CostModel(n, d);
    double[] scan = model.scan(wanted);
    List<String> reasons = new ArrayList<>();
    List<Costs> costs = new ArrayList<>();
    costs.add(new Costs(Strategy.TILE, scan));
    if (boxes) {
      double[] each = tree(trial, model);
      reasons.add(said("a tree", each, scan));
      costs.add(new Costs(Strategy.TREE, each));
    }
    int scanFrom = NEVER;
    String fewer = "";
    if (d >= MIN_PLANES) {
      double[] each = planes(trial, model);
      reasons.add(said("planes", each, scan));
      scanFrom = scanFrom(each, scan);
      fewer = trial.few < trial.size ? ", planes from " + trial.few : "";
      for (int w = 0; w < wanted.length; w++) {
        each[w] = wanted[w] < scanFrom ? each[w] : scan[w];
      }
      costs.add(new Costs(Strategy.PLANES, each));
    }
    Costs best = leastRegret(costs);
    boolean streamed = best.strategy == Strategy.TILE;
    int typical = Math.min(TYPICAL, wanted.length - 1);
    boolean tiles =
        streamed
            || (best.strategy == Strategy.PLANES && best.each[typical] > TILES * scan[typical]);
    if (streamed) {
      reasons.add(STREAMED);
    } else if (tiles) {
      reasons.add("a batch is scored in tiles");
    }
    if (best.strategy == Strategy.PLANES && scanFrom < NEVER) {
      reasons.add("a query for k = " + scanFrom + " or more is a scan");
    }
    reasons.add("estimated from " + trial.size + " of " + n + " items" + fewer);
    return new Choice(new Plan(best.strategy, reasons), tiles, scanFrom);
  }

  private static Choice tiles(String... reasons) {
    return new Choice(new Plan(Strategy.TILE, List.of(reasons)), true, NEVER);
  }

  /**
   * What a strategy costs.
   *
   * @param each for each number of items
   */
  private record Costs(Strategy strategy, double[] each) {
    /** How many times the lowest costs it costs, at worst. */
    double regret(double[] lowest) {
      double worst =
          IntStream.range(0, each.length).mapToDouble(w -> each[w] / lowest[w]).max().orElseThrow();
      return strategy == Strategy.TILE ? worst : worst / WORTH;
    }
  }

  /** From which of the numbers on a scan costs less. */
  private int scanFrom(double[] each, double[] scan) {
    return IntStream.range(0, wanted.length)
        .filter(w -> each[w] > scan[w])
        .map(w -> wanted[w])
        .findFirst()
        .orElse(NEVER);
  }

  private double[] tree(Trial trial, CostModel model) {
    int count = wanted.length;
    int[] halfway = halfway(trial.size);
    int[] all = Arrays.copyOf(wanted, 3 * count);
    System.arraycopy(share(trial.size), 0, all, count, count);
    System.arraycopy(halfway, 0, all, 2 * count, count);
    SearchStats[] few = trial.run(Strategy.TREE, trial.size / CostModel.STEP, halfway);
    SearchStats[] each = trial.run(Strategy.TREE, trial.size, all);
    SearchStats[] near = Arrays.copyOfRange(each, count, 2 * count);
    SearchStats[] many = Arrays.copyOfRange(each, 2 * count, 3 * count);
    return model.tree(few, many, each, near, trial.size, wanted);
  }

  private double[] planes(Trial trial, CostModel model) {
    int count = wanted.length;
    int[] all = Arrays.copyOf(share(trial.few), count + 1);
    all[count] = CostModel.STEP;
    SearchStats[] each = trial.run(Strategy.PLANES, trial.few, all);
    return model.planes(each, each[count], trial.few, wanted);
  }

  /**
   * As many items of a sample as are the share that is wanted halfway from the sample to the
   * catalogue, by their ratio: at the end of a {@link CostModel#STEP} around that size.
   */
  private int[] halfway(int size) {
    double share = Math.sqrt((double) size / items.size() / CostModel.STEP);
    return Arrays.stream(wanted).map(k -> (int) Math.max(1, Math.round(k * share))).toArray();
  }

  /** As many items as are the same share of a sample, but at least one. */
  private int[] share(int size) {
    return Arrays.stream(wanted)
        .map(k -> (int) Math.max(1, (long) k * size / items.size()))
        .toArray();
  }

  /** The strategy that is never much slower than the best one, whichever that is. */
  private Costs leastRegret(List<Costs> costs) {
    double[] lowest = new double[wanted.length];
    Arrays.setAll(lowest, w -> costs.stream().mapToDouble(c -> c.each[w]).min().orElseThrow());
    return Collections.min(costs, Comparator.comparingDouble(c -> c.regret(lowest)));
  }

  private String said(String strategy, double[] each, double[] scan) {
    List<String> shares = new ArrayList<>();
    for (int w = 0; w < wanted.length; w++) {
      double percent = 100 * each[w] / scan[w];
      String of = w == 0 ? " of a scan" : "";
      shares.add(String.format(Locale.ROOT, "%.3g %%%s for k = %d", percent, of, wanted[w]));
    }
    return strategy + " would cost " + String.join(", ", shares);
  }
}
